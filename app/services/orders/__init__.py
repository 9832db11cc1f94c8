"""The order desk: acceptance, the clock, the contact, confirmation and what follows (rules O1–O9)."""
