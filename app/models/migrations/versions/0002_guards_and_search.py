"""Facts that cannot be changed, and the full-text index."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# (table, what is refused): entries are never changed; personal fields may be erased but not rewritten.
GUARDS = (("entries", "UPDATE"), ("entries", "DELETE"), ("personal", "UPDATE"))

SQLITE_SEARCH = (
    "CREATE VIRTUAL TABLE order_search USING fts5("
    "tokens, content='', contentless_delete=1, detail=none, tokenize='unicode61 remove_diacritics 0')"
)
# The rank is written once at the end of the merge of small segments; larger ones keep an import fast.
SQLITE_SEARCH_SETTINGS = "INSERT INTO order_search(order_search, rank) VALUES ('automerge', 8)"

POSTGRESQL_SEARCH = (
    "CREATE TABLE order_search (id BIGINT PRIMARY KEY, tokens TSVECTOR NOT NULL)",
    "CREATE INDEX ix_order_search_tokens ON order_search USING GIN (tokens)",
)

POSTGRESQL_REFUSE = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'facts are added, never changed (%)', TG_TABLE_NAME;
END $$
"""


def upgrade() -> None:
    """Add the guards and the index in the dialect's own words."""
    if op.get_bind().dialect.name == "sqlite":
        for table, change in GUARDS:
            op.execute(
                f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'facts are added, never changed ({table})'); END"
            )
        op.execute(SQLITE_SEARCH)
        op.execute(SQLITE_SEARCH_SETTINGS)
        return
    op.execute(POSTGRESQL_REFUSE)
    for table, change in GUARDS:
        op.execute(
            f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
    op.execute("CREATE TRIGGER entries_no_truncate BEFORE TRUNCATE ON entries EXECUTE FUNCTION refuse_change()")
    for statement in POSTGRESQL_SEARCH:
        op.execute(statement)
