"""Approvals (审批): one engine for everything that somebody else has to decide."""
