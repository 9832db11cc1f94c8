"""The full-text index of orders: FTS5 on SQLite, tsvector with GIN on PostgreSQL, the same tokens in both."""

from collections.abc import Sequence

from sqlalchemy import Connection, text

from app.services.db import Database
from app.services.orders.projection import Standing
from app.services.search.tokens import Query, document

MERGED_PAGES = 500  # at a time: a fifth of a second

_ADD = {
    "sqlite": "INSERT INTO order_search(rowid, tokens) VALUES (?, ?)",
    "postgresql": "INSERT INTO order_search(id, tokens) VALUES (%s, array_to_tsvector(string_to_array(%s, ' ')))",
}
_REMOVE = {
    "sqlite": "DELETE FROM order_search WHERE rowid = :id",
    "postgresql": "DELETE FROM order_search WHERE id = :id",
}


def document_of(order: Standing, personal: Sequence[str], titles: Sequence[str]) -> str:
    """The tokens of one order; `personal` in the order of PERSONAL_FIELDS."""
    return document(order.number, order.source_number, personal[0], personal[1], titles, personal[7])


def add(conn: Connection, documents: Sequence[tuple[int, str]]) -> None:
    """Index new orders."""
    if documents:
        conn.exec_driver_sql(_ADD[conn.dialect.name], list(documents))


def replace(conn: Connection, order: int, tokens: str) -> None:
    """Index an order anew after its words have changed."""
    remove(conn, order)
    add(conn, [(order, tokens)])


def remove(conn: Connection, order: int) -> None:
    """Forget an order's words."""
    conn.execute(text(_REMOVE[conn.dialect.name]), {"id": order})


def purge(db: Database) -> None:
    """Take the words of removed orders out of the index itself, a piece at a time so that nobody waits long.

    FTS5 only marks a row as removed until its segment is merged; PostgreSQL's vacuum does the same by itself.
    """
    if not db.is_sqlite:
        return
    pages = -MERGED_PAGES  # negative: begin a merge of everything
    while True:
        with db.writing() as conn:
            before = conn.exec_driver_sql("SELECT total_changes()").scalar_one()
            conn.exec_driver_sql("INSERT INTO order_search(order_search, rank) VALUES ('merge', ?)", (pages,))
            after = conn.exec_driver_sql("SELECT total_changes()").scalar_one()
        if after - before < 2 and pages > 0:  # so FTS5 says that nothing was left to do
            return
        pages = MERGED_PAGES


def matching(conn: Connection, query: Query, limit: int) -> list[int]:
    """The newest orders whose words match, newest first, at most `limit`."""
    if conn.dialect.name == "sqlite":
        sql = "SELECT rowid FROM order_search WHERE order_search MATCH :q ORDER BY rowid DESC LIMIT :n"
        rows = conn.execute(text(sql), {"q": query.fts, "n": limit})
    else:
        # Materialised, or the planner walks the primary key backwards and tests every row.
        sql = (
            "WITH found AS MATERIALIZED (SELECT id FROM order_search WHERE tokens @@ CAST(:q AS tsquery)) "
            "SELECT id FROM found ORDER BY id DESC LIMIT :n"
        )
        rows = conn.execute(text(sql), {"q": query.tsquery, "n": limit})
    return [row[0] for row in rows]
