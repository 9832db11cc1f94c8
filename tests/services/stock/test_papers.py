"""A count on paper: blind, and on record."""

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from app.errors import NotFoundError, PermissionDeniedError
from app.models.ledger import entries
from app.models.stock import Movement
from app.services.stock.counts import begin_count, enter_count
from app.services.stock.movements import move_stock
from app.services.stock.papers import count_sheet_for
from app.services.verify import verify
from tests.services.catalog.making import add
from tests.services.orders.making import Crew
from tests.services.papers.reading import text_of


def test_the_sheet_is_printed_blind_and_on_record(crew: Crew, tmp_path: Path) -> None:
    add(crew)
    move_stock(crew.packer, Movement.OPENING, [("BJ-1003", 7_773)])
    count = begin_count(crew.packer, ["BJ-1003", "X-1"], "两人一组")
    enter_count(crew.packer, count, {"BJ-1003": 8_884})
    count_sheet_for(crew.lead, count, tmp_path / "count.pdf")
    text = text_of(tmp_path / "count.pdf")
    for wanted in ("BJ-1003", "剑南春水晶剑52度500ml单瓶", "A-03", "X-1", "两人一组", "吴迪", "赵倩", f"Count{count}"):
        assert wanted in text, wanted
    assert "7773" not in text
    assert "8884" not in text
    with crew.db.reading() as conn:
        told = conn.execute(select(entries.c.content).where(entries.c.kind == "paper.printed")).scalars().all()
    assert [json.loads(one) for one in told] == [{"paper": "count_sheet", "count": count}]
    assert verify(crew.program).ok


def test_what_is_not_there_or_not_allowed_is_not_printed(crew: Crew, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        count_sheet_for(crew.packer, 99_999, tmp_path / "count.pdf")
    count = begin_count(crew.packer, ["X-1"])
    with pytest.raises(PermissionDeniedError):
        count_sheet_for(crew.clerk, count, tmp_path / "count.pdf")
    assert not (tmp_path / "count.pdf").exists()
