"""Reading finished papers with other people's tools: poppler for pages and text, zbar for codes."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Word:
    """A word on a page and the box it takes, in points from the upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def _run(*command: str | Path) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def pages_of(path: Path) -> list[str]:
    """The text of each page, laid out as it stands there."""
    return _run("pdftotext", "-layout", path, "-").split("\f")[:-1]


def text_of(path: Path) -> str:
    """All text, without any blanks: where lines break does not matter."""
    return re.sub(r"\s", "", _run("pdftotext", "-raw", path, "-"))


def words_of(path: Path) -> list[list[Word]]:
    """The words of each page with their boxes."""
    pages = []
    for page in _run("pdftotext", "-bbox", path, "-").split("<page ")[1:]:
        found = re.findall(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>', page)
        pages.append([Word(text, *map(float, box)) for *box, text in found])
    return pages


def facts_of(path: Path) -> dict[str, str]:
    """What pdfinfo says."""
    pairs = (line.split(":", 1) for line in _run("pdfinfo", path).splitlines())
    return {key: value.strip() for key, value in pairs}


def fonts_of(path: Path) -> list[tuple[str, bool]]:
    """Name and whether embedded of each font."""
    rows = [line.split() for line in _run("pdffonts", path).splitlines()[2:]]
    return [(row[0], row[-5] == "yes") for row in rows]


def coloured(path: Path, colour: str) -> int:
    """How many lines and signs of this colour are drawn on the first page."""
    whole = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    drawing = _run("pdftocairo", "-svg", "-l", "1", path, "-")
    found = re.findall(r'(?:stroke|fill)(?::|=")rgb\((.*?)%, ?(.*?)%, ?(.*?)%\)', drawing)
    return sum([round(float(share) * 2.55) for share in one] == whole for one in found)


def codes_of(path: Path, folder: Path, page: int = 1) -> list[tuple[str, str]]:
    """Kind and content of each code on a page, as a scanner reads it; skips the test without zbar."""
    if shutil.which("zbarimg") is None:
        pytest.skip("no zbarimg here (package zbar-tools)")
    picture = folder / "page"
    _run("pdftoppm", "-r", "200", "-png", "-singlefile", "-f", str(page), "-l", str(page), path, picture)
    read = _run("zbarimg", "--quiet", picture.with_suffix(".png"))
    return [(kind, value) for kind, _, value in (line.partition(":") for line in read.splitlines())]
