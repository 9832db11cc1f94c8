"""Leave with handover, and acting: the pages and their dialogs."""
