"""What an order's steps ask for: each dialog runs its step itself, and keeps what was typed where it is refused."""
