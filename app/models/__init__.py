"""Tables and their invariants, one file a subject."""

REVISION = "0007"  # the newest migration; an office that says otherwise is older (migrated) or newer (refused)
