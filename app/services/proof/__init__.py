"""Proving the ledger: every value of every fact read again and compared with what the chain of entries says."""
