"""The dialog of settings: the office's, and the person's own at this computer."""
