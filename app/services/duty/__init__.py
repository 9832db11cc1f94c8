"""Who is on duty, and when the office serves (rules D1, D2)."""
