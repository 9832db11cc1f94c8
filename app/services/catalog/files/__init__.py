"""Reading product files: lists of shops and of shop systems become drafts."""
