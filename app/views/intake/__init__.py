"""Orders coming in on the screen: preview, mapping, watched folder (rule O1)."""
