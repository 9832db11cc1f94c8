"""The same queries in PostgreSQL's words."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from app.services.search.tokens import document, query
from tests.postgresql import server

pytestmark = pytest.mark.postgresql


@pytest.fixture(scope="module")
def connection() -> Iterator[Any]:
    name = server().create()
    with psycopg.connect(server().url(name)) as connection:
        connection.execute("CREATE TEMPORARY TABLE s (id INTEGER, t TSVECTOR)")
        orders = (
            document("20261123-000042", "4021-99", "重庆伟", "138****2065", ["张裕 750ml O'Brien\\ extraordinarily"]),
            document("", "", "李行", "+86 13912345678", ["五粮液 张裕"], "tb_老顾客"),
            document("", "", "", "", []),
        )
        for row, tokens in enumerate(orders):
            connection.execute("INSERT INTO s VALUES (%s, array_to_tsvector(string_to_array(%s, ' ')))", (row, tokens))
        yield connection
    server().drop(name)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("张裕", [0, 1]),
        ("裕", [0, 1]),
        ("张裕 2065", [0]),
        ("cqw", [0]),
        ("wly", [1]),
        ("lx", [1]),
        ("20261123-000042", [0]),
        ("139 1234 5678", [1]),
        ("O'Brien\\", [0]),
        ("extraordinar", [0]),
        ("extraordinarz", []),
        ("'); DROP TABLE s; --", []),
        ("老顾客", [1]),
    ],
)
def test_postgresql_finds_the_same(connection: Any, text: str, rows: list[int]) -> None:
    found = connection.execute("SELECT id FROM s WHERE t @@ %s::tsquery ORDER BY id", (query(text).tsquery,))
    assert [row for (row,) in found] == rows
