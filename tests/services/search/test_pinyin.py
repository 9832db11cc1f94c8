"""The table of initials."""

import subprocess
import sys

import pytest

from app.services.search.pinyin import initials
from installer.convert_pinyin import TARGET, table


@pytest.mark.parametrize(
    ("char", "letters"),
    [("重", "zct"), ("长", "zc"), ("行", "xh"), ("乐", "ly"), ("张", "z"), ("单", "dcs"), ("〇", "lyx"), ("㵘", "m")],
)
def test_every_reading_counts(char: str, letters: str) -> None:
    assert sorted(initials(char)) == sorted(letters)


def test_what_is_not_chinese_has_none() -> None:
    assert [initials(char) for char in ("a", "7", "，", "")] == ["", "", "", ""]


def test_the_commonest_reading_stands_first() -> None:
    assert [initials(char)[0] for char in "长红酒行"] == ["c", "h", "j", "x"]


def test_the_resource_is_what_the_conversion_makes() -> None:
    assert TARGET.read_text(encoding="utf-8") == table()


def test_searching_does_not_need_the_package() -> None:
    code = "import sys; from app.services.search.tokens import query; query('zq'); print('pypinyin' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
