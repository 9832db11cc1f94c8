"""The recovery key on the command line: shown once at the making, asked for where the keyring does not have the key."""

import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.commands import main
from tests.services.keyrings import Memory, memory

__all__ = ["memory"]

PASSWORD = "kaimen#88"


class Line:
    """Runs commands in this process, on one office, with the keyring in memory."""

    def __init__(self, office: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.office, self._capsys = office, capsys

    def run(self, *words: str, code: int = 0) -> dict[str, Any]:
        """The answer to a command."""
        assert main(["--office", str(self.office), "--json", *words]) == code
        answer = json.loads(self._capsys.readouterr().out)
        assert isinstance(answer, dict)
        return answer


@pytest.fixture
def line(
    tmp_path: Path, memory: Memory, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Line]:
    monkeypatch.setenv("ZHANGGUI_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ZHANGGUI_PASSWORD", PASSWORD)
    monkeypatch.delenv("ZHANGGUI_RECOVERY_KEY", raising=False)
    monkeypatch.setattr("sys.stdin", io.StringIO())  # no terminal to ask at
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield Line(tmp_path / "office.zhanggui", capsys)
    for handler in [one for one in root.handlers if one not in before]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def test_the_key_of_a_lost_keyring(line: Line, memory: Memory, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made = line.run("init", "--admin", "周凯", "--encrypt")
    assert made["recovery"].startswith("ZGK1-")
    backup = line.run("backup", "--out", str(tmp_path / "backups"))["backup"]
    memory.kept.clear()
    line.run("verify", code=2)
    line.run("restore", backup, "--into", str(tmp_path / "again.zhanggui"), code=2)
    monkeypatch.setenv("ZHANGGUI_RECOVERY_KEY", made["recovery"])
    assert line.run("restore", backup, "--into", str(tmp_path / "again.zhanggui"))["ok"]
    memory.kept.clear()
    assert line.run("verify")["ok"]
    monkeypatch.delenv("ZHANGGUI_RECOVERY_KEY")
    assert line.run("verify")["ok"]  # from now on this computer's keyring has it


def test_an_office_in_the_clear_has_no_key_to_write_down(line: Line) -> None:
    assert set(line.run("init", "--admin", "周凯")) == {"office", "admin"}
