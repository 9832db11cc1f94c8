"""Tables and their invariants, one file a subject."""

REVISION = "0006"  # the newest migration; an office that says otherwise is older (migrated) or newer (refused)
