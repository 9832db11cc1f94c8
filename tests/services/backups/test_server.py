"""PostgreSQL's own programs are needed, and rights; what is missing is told."""

from pathlib import Path

import pytest
from sqlalchemy import text

from app.services.access import program
from app.services.backups.backup import backup
from app.services.backups.server import NoScratchError, NoToolError
from app.services.opening import open_database
from tests.factories import FixedClock
from tests.services.orders.making import Crew


def test_a_missing_pg_dump_is_told(server_crew: Crew, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoToolError, match="pg_dump"):
        backup(server_crew.program, tmp_path / "backups")
    assert list((tmp_path / "backups").iterdir()) == []


def test_an_account_that_may_not_create_databases_is_told(server_crew: Crew, tmp_path: Path) -> None:
    with server_crew.db.writing() as conn:
        conn.execute(text("DROP ROLE IF EXISTS small"))
        conn.execute(text("CREATE ROLE small LOGIN"))
        conn.execute(text("GRANT ALL ON ALL TABLES IN SCHEMA public TO small"))
        conn.execute(text("GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO small"))
    url = server_crew.db.engine.url.set(drivername="postgresql", username="small")
    db = open_database(url.render_as_string(hide_password=False))
    try:
        with pytest.raises(NoScratchError, match="CREATEDB"):
            backup(program(db, FixedClock()), tmp_path / "backups")
    finally:
        db.close()
        with server_crew.db.writing() as conn:
            conn.execute(text("DROP OWNED BY small"))
            conn.execute(text("DROP ROLE small"))
    assert list((tmp_path / "backups").iterdir()) == []
