"""The catalog panel (商品): the list of products, one product, and what is proposed of it."""
