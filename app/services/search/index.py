"""A full-text index: FTS5 on SQLite, tsvector with GIN on PostgreSQL, the same tokens in both."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, text

from app.services.db import Database
from app.services.search.tokens import Query

MERGED_PAGES = 500  # at a time: a fifth of a second


@dataclass(frozen=True, slots=True)
class FullText:
    """The index named `table`, which a migration has made."""

    table: str

    def add(self, conn: Connection, documents: Sequence[tuple[int, str]]) -> None:
        """Index what is new: numbers and their tokens."""
        if not documents:
            return
        if conn.dialect.name == "sqlite":
            sql = f"INSERT INTO {self.table}(rowid, tokens) VALUES (?, ?)"  # noqa: S608 (a name of our own)
        else:
            sql = f"INSERT INTO {self.table}(id, tokens) VALUES (%s, array_to_tsvector(string_to_array(%s, ' ')))"  # noqa: S608
        conn.exec_driver_sql(sql, list(documents))

    def replace(self, conn: Connection, number: int, tokens: str) -> None:
        """Index something anew after its words have changed."""
        self.remove(conn, number)
        self.add(conn, [(number, tokens)])

    def remove(self, conn: Connection, number: int) -> None:
        """Forget something's words."""
        key = "rowid" if conn.dialect.name == "sqlite" else "id"
        conn.execute(text(f"DELETE FROM {self.table} WHERE {key} = :id"), {"id": number})  # noqa: S608

    def matching(self, conn: Connection, query: Query, limit: int) -> list[int]:
        """The newest whose words match, newest first, at most `limit`."""
        name = self.table
        if conn.dialect.name == "sqlite":
            sql = f"SELECT rowid FROM {name} WHERE {name} MATCH :q ORDER BY rowid DESC LIMIT :n"  # noqa: S608
            rows = conn.execute(text(sql), {"q": query.fts, "n": limit})
        else:
            # Materialised, or the planner walks the primary key backwards and tests every row.
            sql = (
                f"WITH found AS MATERIALIZED (SELECT id FROM {name} WHERE tokens @@ CAST(:q AS tsquery)) "  # noqa: S608
                "SELECT id FROM found ORDER BY id DESC LIMIT :n"
            )
            rows = conn.execute(text(sql), {"q": query.tsquery, "n": limit})
        return [row[0] for row in rows]

    def purge(self, db: Database) -> None:
        """Take the words of what was removed out of the index itself, a piece at a time so that nobody waits long.

        FTS5 only marks a row as removed until its segment is merged; PostgreSQL's vacuum does the same by itself.
        """
        if not db.is_sqlite:
            return
        name, pages = self.table, -MERGED_PAGES  # negative: begin a merge of everything
        while True:
            with db.writing() as conn:
                before = conn.exec_driver_sql("SELECT total_changes()").scalar_one()
                conn.exec_driver_sql(f"INSERT INTO {name}({name}, rank) VALUES ('merge', ?)", (pages,))  # noqa: S608
                after = conn.exec_driver_sql("SELECT total_changes()").scalar_one()
            if after - before < 2 and pages > 0:  # so FTS5 says that nothing was left to do
                return
            pages = MERGED_PAGES
