"""The duty panel (值班): the roster, what binds it, and what people ask of it."""
