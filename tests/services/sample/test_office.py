"""The sample office: a month that looks like work, sealed day by day, and provable like any other office."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from app.clock import OFFICE_ZONE, from_ms
from app.models.office import seals
from app.models.stock import CountState
from app.services.access import program
from app.services.catalog.commit import preview_products
from app.services.catalog.export import export_products
from app.services.catalog.files.read import detect_products, read_products
from app.services.catalog.rows import ProductFilter
from app.services.db import Database
from app.services.duty.now import who_is_on
from app.services.opening import open_database
from app.services.people.sign_in import sign_in
from app.services.records.record import record_due
from app.services.sample.office import create_sample_office
from app.services.status import office_status
from app.services.stock.count_rows import count_differences, list_counts
from app.services.stock.wishes import list_wishes
from app.services.verify import verify
from tests.factories import FixedClock

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "sample.zhanggui"
    create_sample_office(str(path), FixedClock(NOON), days=10)
    return path


@pytest.fixture
def sample(sample_file: Path, tmp_path: Path) -> Iterator[Database]:
    """Ten days of the sample office, as they stand at noon."""
    db = open_database(str(shutil.copy(sample_file, tmp_path)))
    yield db
    db.close()


@pytest.mark.parametrize("now", [NOON, NOON + timedelta(hours=8)])
def test_a_month_is_sealed_and_nothing_is_due(empty_place: str, tmp_path: Path, now: datetime) -> None:
    clock = FixedClock(now)
    first, *_ = create_sample_office(empty_place, clock, days=6)
    db = open_database(empty_place)
    ctx = sign_in(db, clock, first.name, first.post, first.password)
    today = now.astimezone(OFFICE_ZONE).date()
    last = today if now > NOON else today - timedelta(days=1)
    with db.reading() as conn:
        days = [row.day for row in conn.execute(select(seals).order_by(seals.c.day))]
    assert days == [str(today - timedelta(days=back)) for back in range(5, (today - last).days - 1, -1)]
    assert record_due(program(db, clock), tmp_path) == []
    assert verify(ctx).ok
    backed_up = office_status(ctx).backup_at
    assert backed_up is not None
    assert from_ms(backed_up).astimezone(OFFICE_ZONE).date() == today
    db.close()


def test_who_is_on_call_can_be_rung_up(tmp_path: Path) -> None:
    clock = FixedClock(NOON + timedelta(hours=12))  # at 0:00, when the desk is closed
    where = str(tmp_path / "sample.zhanggui")
    first, *_ = create_sample_office(where, clock, days=3)
    db = open_database(where)
    now = who_is_on(sign_in(db, clock, first.name, first.post, first.password))
    assert not now.hotline.to_desk
    assert now.hotline.name
    assert now.hotline.number
    db.close()


def test_a_seal_from_the_sample_holds(sample: Database) -> None:
    ctx = program(sample, FixedClock(NOON))
    with sample.reading() as conn:
        texts = list(conn.execute(select(seals.c.seal)).scalars())
    assert texts
    assert all(verify(ctx, seal=text).ok for text in texts)


@pytest.mark.parametrize("ending", ["csv", "xls", "xlsx"])
def test_its_goods_come_back_unchanged(sample: Database, tmp_path: Path, ending: str) -> None:
    ctx = program(sample, FixedClock(NOON))
    path = tmp_path / f"goods.{ending}"
    count = export_products(ctx, path, ProductFilter())
    found = preview_products(ctx, read_products(detect_products(path)))
    assert (dict(found.kinds), found.rejects) == ({"unchanged": count}, [])


def test_the_stockroom_is_at_work(sample: Database) -> None:
    ctx = program(sample, FixedClock(NOON))
    today, *closed = list_counts(ctx, open_only=False)
    assert (today.state, today.counted, today.lines) == (CountState.OPEN, 3, 6)
    assert [one.state for one in closed] == [CountState.CLOSED, CountState.CLOSED]
    assert all(one.reason for count in closed for one in count_differences(ctx, count.id))
    promised = [one.expected_on for one in list_wishes(ctx)]
    assert len(promised) == 3
    assert any(day is not None and day < NOON.date() for day in promised)  # something is late
    assert verify(ctx).ok
