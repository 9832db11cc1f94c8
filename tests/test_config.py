"""What the program remembers on this computer."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app import config
from app.services.opening import _server
from tests.factories import ROOT


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the program's own, not made yet."""
    monkeypatch.setenv("ZHANGGUI_HOME", str(tmp_path / "家"))
    return tmp_path / "家"


def test_everything_lies_in_the_one_folder(home: Path) -> None:
    places = [config.default_office(), config.sample_office(), config.log_folder(), config.records_folder()]
    assert all(place.is_relative_to(home) for place in places)
    assert len(set(places)) == len(places)
    assert not home.exists()


def test_without_a_wish_it_is_the_users_own_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ZHANGGUI_HOME")
    assert config.data_folder().is_absolute()
    assert config.data_folder().name == "zhanggui"


def test_the_language_is_chinese_until_somebody_chooses() -> None:
    assert config.language() == "zh_CN"
    config.choose_language("en")
    assert config.language() == "en"
    config.choose_language("zh_CN")
    assert config.language() == "zh_CN"


def test_the_last_office_is_the_first_and_old_ones_are_forgotten() -> None:
    assert config.known_offices() == []
    for n in range(10):
        config.remember_office(f"店{n}")
    config.remember_office("店5")
    assert config.known_offices() == [f"店{n}" for n in (5, 9, 8, 7, 6, 4, 3, 2)]


def test_choices_do_not_wipe_out_each_other() -> None:
    config.remember_office("店")
    config.choose_language("en")
    assert (config.known_offices(), config.language()) == (["店"], "en")


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff\xfe\x00", b'{"offices": "x", "language": 7}'])
def test_a_broken_file_is_as_good_as_none(home: Path, content: bytes) -> None:
    home.mkdir()
    (home / "program.json").write_bytes(content)
    assert (config.known_offices(), config.language()) == ([], "zh_CN")
    config.remember_office("店")
    assert json.loads((home / "program.json").read_text(encoding="utf-8"))["offices"] == ["店"]


def test_a_servers_password_is_not_remembered(home: Path) -> None:
    db = _server("postgresql://zhang:geheim@example.invalid/office")
    config.remember_office(db.place)
    db.close()
    assert config.known_offices() == ["postgresql://zhang@example.invalid/office"]
    assert b"geheim" not in (home / "program.json").read_bytes()


def test_it_costs_nothing_to_import() -> None:
    code = "import sys, app.config, app.log; print(sorted(n for n in sys.modules if n.startswith(('PySide', 'sqlal'))))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
