"""One tokeniser of our own over what people type, for the database's own full-text index."""
