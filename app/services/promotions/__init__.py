"""Promotions (促销): planned, approved, started and ended by themselves."""
