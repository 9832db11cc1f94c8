"""The sample office: a believable month of work, to look around in. Every person, number and order is invented."""
