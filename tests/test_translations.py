"""Every sentence a person sees is there in both languages, with the same holes."""

import ast
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from app import i18n
from app.models.orders import OrderState
from app.services.orders.words import state_word

ROOT = Path(__file__).resolve().parents[1]
CATALOG = ROOT / "resources/locale/zh_CN/LC_MESSAGES/zhanggui.po"
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
HOLE = re.compile(r"\{(\w*)[^{}]*\}")  # how a hole is filled, as with a leading zero, is the language's own
SHOWS = {
    "setText",
    "setToolTip",
    "setWindowTitle",
    "setPlaceholderText",
    "QLabel",
    "QPushButton",
    "QCheckBox",
    "QRadioButton",
}
SOURCES = sorted((ROOT / "app").rglob("*.py"))


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    with CATALOG.open("rb") as file:
        return read_po(file)


@pytest.fixture(scope="module")
def used() -> set[str]:
    found = extract_from_dir(str(ROOT / "app"), [("**.py", "python")], keywords=KEYWORDS)
    return {text if isinstance(text, str) else text[0] for _file, _line, text, _notes, _context in found}


def translated(message: Message) -> str:
    return message.string if isinstance(message.string, str) else (message.string or [""])[0]


def source(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def test_nothing_is_untranslated(catalog: Catalog, used: set[str]) -> None:
    known = {source(message) for message in catalog if message.id and translated(message) and not message.fuzzy}
    assert sorted(used - known) == []


def test_nothing_is_left_over(catalog: Catalog, used: set[str]) -> None:
    assert sorted({source(message) for message in catalog if message.id} - used) == []


def test_the_holes_are_the_same(catalog: Catalog) -> None:
    wrong = [
        source(message)
        for message in catalog
        if message.id and set(HOLE.findall(source(message))) != set(HOLE.findall(translated(message)))
    ]
    assert wrong == []


def test_each_sentence_has_one_translation() -> None:
    """Two branches that both add at the end meet there; a second translation would be dropped without a word."""
    lines = CATALOG.read_text(encoding="utf-8").splitlines()
    heads = [(number, line.split()[0]) for number, line in enumerate(lines, 1) if line.startswith("msg")]
    assert [at for (_at, before), (at, head) in pairwise(heads) if before == head and "[" not in head] == []


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            yield name, node


def test_no_sentence_is_built_before_it_is_translated() -> None:
    wrong = [
        f"{path.name}:{call.lineno}"
        for path in SOURCES
        for name, call in calls(path)
        if name in {"_", "N_", "ngettext"} and any(isinstance(arg, ast.JoinedStr) for arg in call.args)
    ]
    assert wrong == []


def test_no_sentence_hides_within_an_f_string() -> None:
    """What stands inside an f-string is not found by the extraction, so it would stay English."""
    wrong = [
        f"{path.name}:{inner.lineno}"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.JoinedStr)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Call) and getattr(inner.func, "id", "") in {"_", "ngettext", "pgettext"}
    ]
    assert wrong == []


def test_no_widget_shows_a_bare_literal() -> None:
    wrong = [
        f"{path.name}:{call.lineno} {arg.value!r}"
        for path in SOURCES
        if "views" in path.parts
        for name, call in calls(path)
        if name in SHOWS
        for arg in call.args[:1]
        if isinstance(arg, ast.Constant) and isinstance(arg.value, str) and re.search("[A-Za-z一-鿿]{2}", arg.value)
    ]
    assert wrong == []


def test_the_language_is_switched_there_and_back() -> None:
    before = i18n.language()
    try:
        i18n.set_language("zh_CN")
        assert state_word(OrderState.ACCEPTED) == "待联系"
        i18n.set_language("en")
        assert state_word(OrderState.ACCEPTED) == "To contact"
    finally:
        i18n.set_language(before)
