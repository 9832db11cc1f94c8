"""Who works here: names, accounts with posts and levels, signing in, passwords."""
