"""People, posts and levels on the screen (rule A2)."""
