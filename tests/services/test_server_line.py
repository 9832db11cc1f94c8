"""A server that does not answer: why, in our own words, and how one leaves a server that hangs."""

import socket
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from app.i18n import set_language
from app.services.backups.server import restored_scratch
from app.services.db import SERVER_PATIENCE, Database, ServerGoneError, postgresql_engine
from app.services.opening import open_database
from tests.factories import Office
from tests.postgresql import server


@pytest.mark.parametrize(
    ("said", "state", "why"),
    [
        ("connection timeout expired", "", "等待超时。"),
        ("could not receive data from server: Connection timed out", "", "等待超时。"),
        ('connection failed: FATAL:  password authentication failed for user "office"', "", "请核对账号和密码。"),
        ("so it is", "28P01", "请核对账号和密码。"),
        ('FATAL:  database "shop" does not exist', "", "服务器上没有这个数据库。"),
        ("FATAL:  sorry, too many clients already", "53300", "请稍后再试。"),
        ("the database system is starting up", "", "正在关闭或启动。"),
        ("terminating connection due to administrator command", "57P01", "正在关闭或启动。"),
        ("connection to server at 10.0.0.7, port 5432 failed: Connection refused", "", "可能未开机或网络中断。"),
        ("server closed the connection unexpectedly", "", "连接已中断。"),
    ],
)
def test_why_is_said_in_ones_own_language(said: str, state: str, why: str) -> None:
    set_language("zh_CN")
    error = ServerGoneError(said, state)
    assert str(error).startswith("数据库服务器没有响应：")
    assert str(error).endswith(why)
    assert said not in str(error)
    assert error.said == said


@pytest.mark.postgresql
def test_a_database_that_is_not_there_is_told_from_a_server_that_is_not() -> None:
    with pytest.raises(ServerGoneError, match="no such database") as told:
        open_database(server().url("nowhere"))
    assert "nowhere" in told.value.said


def test_what_a_backup_asks_of_a_server_that_says_nothing_is_given_up(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(SERVER_PATIENCE, "connect_timeout", 2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = make_url(f"postgresql+psycopg://office@127.0.0.1:{silent.getsockname()[1]}/office")
        begin = time.monotonic()
        with pytest.raises(ServerGoneError), restored_scratch(url, tmp_path / "dump"):
            pytest.fail("nobody has answered")
        assert time.monotonic() - begin < 20


@pytest.mark.postgresql
def test_who_waits_for_a_server_that_hangs_is_woken(server_office: Office) -> None:
    place = str(server_office.db.engine.url.render_as_string(hide_password=False))
    db = Database(postgresql_engine(place.replace("+psycopg", "")), "")
    errors: list[BaseException] = []

    def ask() -> None:
        try:
            with db.reading() as conn:
                conn.execute(text("SELECT pg_sleep(60)"))
        except ServerGoneError as error:
            errors.append(error)

    assert db.answers(2)
    waiting = threading.Thread(target=ask)
    begin = time.monotonic()
    waiting.start()
    time.sleep(0.5)
    db.cut()
    waiting.join()
    assert time.monotonic() - begin < 10
    assert len(errors) == 1
    with pytest.raises(ServerGoneError), db.reading():  # nor does a new connection wait for it
        pass
    db.close()


def test_a_file_is_never_cut(file_office: Office) -> None:
    file_office.db.cut()
    assert file_office.db.answers(2)
    with file_office.db.reading() as conn:
        assert conn.execute(text("SELECT 1")).scalar_one() == 1
