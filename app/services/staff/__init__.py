"""People's files, tasks and notices (rules D5, D6, B2)."""
