"""Orders come in: platform files become drafts, drafts become facts (rules O1, O6)."""
