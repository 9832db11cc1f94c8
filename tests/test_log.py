"""The log: one rotating file."""

import logging
import logging.handlers
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import log


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
