"""The log: one rotating file."""

import logging
import logging.handlers
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text as sql
from sqlalchemy.exc import DBAPIError

from app import log
from app.errors import AppError
from app.models.people import Level, Post
from app.services.db import Database
from app.services.orders.amend import amend_order
from app.services.orders.export import show_as_data
from app.services.orders.rows import AmendDraft
from app.services.orders.steps import claim_order, confirm_order
from app.services.people.accounts import change_person
from app.services.people.sign_in import sign_in
from tests.services.conftest import crew, file_crew, office_template
from tests.services.orders.making import PERSON, Crew, accept, draft

__all__ = ["crew", "file_crew", "office_template"]


@pytest.fixture(autouse=True)
def root() -> Iterator[logging.Logger]:
    """The root logger, put back as it was."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield root
    for handler in [one for one in root.handlers if one not in before]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def test_what_is_logged_stands_in_the_folder(tmp_path: Path) -> None:
    log.set_up(tmp_path / "log")
    logging.getLogger("app.test").info("订单 %s 已确认", 7)
    logging.getLogger("app.test").debug("not this")
    text = (tmp_path / "log" / "zhanggui.log").read_text(encoding="utf-8")
    assert "INFO app.test: 订单 7 已确认" in text
    assert "not this" not in text


def test_setting_up_twice_writes_once(tmp_path: Path, root: logging.Logger) -> None:
    log.set_up(tmp_path)
    log.set_up(tmp_path)
    logging.getLogger("app.test").info("once")
    assert (tmp_path / "zhanggui.log").read_text(encoding="utf-8").count("once") == 1


def test_the_log_never_fills_the_disk(tmp_path: Path, root: logging.Logger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "SIZE", 2_000)
    log.set_up(tmp_path)
    for n in range(500):
        logging.getLogger("app.test").info("line %s", n)
    files = list(tmp_path.iterdir())
    assert len(files) == log.KEPT + 1
    assert sum(file.stat().st_size for file in files) <= 2_000 * (log.KEPT + 1)
    assert "line 499" in (tmp_path / "zhanggui.log").read_text(encoding="utf-8")


def test_an_error_is_told_without_what_it_says(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    log.set_up(tmp_path)
    try:
        fail_over("慕容婉仪")
    except ValueError:
        logging.getLogger("app.test").exception("reading order %s failed", 7)
    text = (tmp_path / "zhanggui.log").read_text(encoding="utf-8")
    assert "慕容婉仪" not in text
    assert "reading order 7 failed\nbuiltins.ValueError\n  tests/test_log.py:" in text
    assert "builtins.KeyError" in text
    assert "fail_over" in text


def fail_over(name: str) -> None:
    try:
        raise KeyError(name)
    except KeyError as error:
        raise ValueError(f"no phone for {name}") from error


def test_a_statement_that_failed_keeps_its_values_to_itself(
    db: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    log.set_up(tmp_path)
    with pytest.raises(DBAPIError) as caught, db.writing() as conn:
        conn.execute(sql("INSERT INTO nowhere VALUES (:name)"), {"name": "慕容婉仪"})
    assert "慕容婉仪" not in str(caught.value)
    logging.getLogger("app.test").error("failed", exc_info=caught.value)
    assert "慕容婉仪" not in (tmp_path / "zhanggui.log").read_text(encoding="utf-8")


def test_a_day_of_work_with_errors_names_nobody(crew: Crew, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    log.set_up(tmp_path, logging.DEBUG)
    ids = accept(crew, [draft(1), draft(2, paid=1), draft(3)])
    claim_order(crew.clerk, ids[0])
    presses: list[Callable[[], object]] = [
        lambda: claim_order(crew.colleague, ids[0]),
        lambda: confirm_order(crew.packer, ids[0]),
        lambda: amend_order(crew.clerk, ids[0], AmendDraft("x", name=PERSON.name)),
        lambda: sign_in(crew.db, crew.clock, "王敏", None, "Wrong#11"),
        lambda: show_as_data(crew.lead, PERSON.phone),
        lambda: change_person(crew.program, 999, posts=[Post.IT], level=Level.ORDINARY, active=True, reason="陈立群"),
    ]
    for press in presses:
        try:
            press()
        except AppError as error:
            logging.getLogger("app.views").error("failed after its panel was closed", exc_info=error)
    text = (tmp_path / "zhanggui.log").read_text(encoding="utf-8")
    assert text.count("failed after its panel was closed") == len(presses)
    secrets = [PERSON.name, PERSON.phone, PERSON.address, "13900000001", "王敏", "李娜", "secret#1", "Wrong#11"]
    assert [word for word in secrets if word in text] == []
