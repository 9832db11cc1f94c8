"""掌柜 Zhanggui: the desk of a small e-commerce office."""

__version__ = "0.1.0"
