"""Customers: the orders they made, the mark on a bad one (rule C3), and being forgotten."""
