"""Every word on every paper goes through the catalog: in a language of full-width letters no plain letter is left."""

import gettext
import re
from pathlib import Path

import pytest

from app import i18n
from app.services.papers.content import CountLine, CountSheet
from app.services.papers.count_sheet import write_count_sheet
from app.services.papers.daily_record import write_daily_record
from app.services.papers.delivery_note import write_delivery_note
from app.services.papers.pick_list import write_pick_list
from tests.services.papers.reading import text_of
from tests.services.papers.samples import IMPRINT, at, daily_record, delivery_note, pick_order, title

WIDE = {code: code + 0xFEE0 for code in (*range(65, 91), *range(97, 123))}
OWN = re.compile(r"[0-9a-f]{16,}|CNY|ZG-|IT|ml|kg|zgb|[0-9a-f]{4}")  # letters that samples and seals bring along


class Wide(gettext.NullTranslations):
    """Says everything in full-width letters, the {named} holes aside."""

    def gettext(self, message: str) -> str:
        return re.sub(r"[^{}]+(?![^{}]*\})", lambda match: match[0].translate(WIDE), message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


@pytest.mark.usefixtures("wide")
def test_no_word_is_left_in_english(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    write_daily_record(daily_record(30), path)
    papers = [text_of(path)]
    write_daily_record(daily_record(0), path)
    papers.append(text_of(path))
    write_pick_list([pick_order(index) for index in range(8)], path, IMPRINT)
    papers.append(text_of(path))
    write_delivery_note([delivery_note(0), delivery_note(1, lines=30)], path, IMPRINT)
    papers.append(text_of(path))
    lines = tuple(CountLine(f"ZG-{place}", title(place), "货架") for place in range(30))
    write_count_sheet(CountSheet(20_481, at(1), "吴迪", "", lines), path, IMPRINT)
    papers.append(text_of(path))
    for text in papers:
        assert re.findall("[A-Za-z]+", OWN.sub("", text)) == []
        assert "Ｐａｇｅ" in text


@pytest.fixture
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "_translations", Wide())
