"""PostgreSQL's own programs are needed, and rights; what is missing is told."""

from pathlib import Path

import pytest
from sqlalchemy import text

from app.i18n import set_language
from app.services.access import program
from app.services.backups.backup import backup
from app.services.backups.server import NoScratchError, NoToolError, ToolFailedError, dump
from app.services.opening import open_database
from app.services.progress import silent
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
        set_language("zh_CN")
        with pytest.raises(NoScratchError) as told:
            backup(program(db, FixedClock()), tmp_path / "backups")
        assert str(told.value) == ("备份要恢复到临时数据库里核验，而此账号不能新建数据库。请给账号 CREATEDB 权限。")
        assert "permission denied" in told.value.said
    finally:
        db.close()
        with server_crew.db.writing() as conn:
            conn.execute(text("DROP OWNED BY small"))
            conn.execute(text("DROP ROLE small"))
    assert list((tmp_path / "backups").iterdir()) == []


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (
            "pg_dump: error: aborting because of server version mismatch",
            "它的版本比服务器旧，请安装与服务器同版本的 PostgreSQL 客户端。",
        ),
        (
            "pg_restore: error: unsupported version (1.16) in file header",
            "它的版本比服务器旧，请安装与服务器同版本的 PostgreSQL 客户端。",
        ),
        (
            "pg_dump: error: query failed: ERROR:  permission denied for table orders",
            "此账号无权读写数据库里的全部内容。",
        ),
        ("pg_dump: error: could not write to file: No space left on device", "磁盘已满。"),
        ("pg_dump: error: connection to server at 10.0.0.7 failed: timeout expired", "与数据库服务器的连接失败。"),
        ("pg_dump: something else", "它以错误码 3 退出。"),
    ],
)
def test_what_a_program_said_is_told_in_ones_own_language(said: str, why: str) -> None:
    set_language("zh_CN")
    error = ToolFailedError("pg_dump", said, 3)
    assert str(error) == f"pg_dump 没有成功：{why}"
    assert error.said == said


def test_a_real_pg_dump_that_fails_is_told_so(server_crew: Crew, tmp_path: Path) -> None:
    set_language("zh_CN")
    with pytest.raises(ToolFailedError) as told:
        dump(server_crew.db.engine.url, tmp_path / "dump", "no such snapshot", silent)
    assert str(told.value) == "pg_dump 没有成功：它以错误码 1 退出。"
    assert "snapshot" in told.value.said
