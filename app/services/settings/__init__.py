"""The office's settings: their values, what is nonsense, their words, who changed what."""
