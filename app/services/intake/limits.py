"""What no order exceeds."""

MAX_LINES = 5_000
MAX_NUMBER = 64  # characters of an order number
