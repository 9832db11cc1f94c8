"""Where a parcel goes: administrative divisions, pasted addresses, telephone numbers (rule O3)."""
