"""Leave with handover, resignation and acting (rules D3, D4)."""
