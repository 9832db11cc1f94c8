"""Backups of the office: copying, what a copy says of itself, which copies are kept, and putting one back."""
