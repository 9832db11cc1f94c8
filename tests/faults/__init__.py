"""Faults: the process killed at any moment; what was acknowledged is there, the rest has left nothing behind."""
