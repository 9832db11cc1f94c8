"""Which backups stay: every one of today, thirty days, half a year of weeks, a month for good; nobody else's file."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.clock import OFFICE_ZONE, to_ms
from app.services.backups.manifest import FORMAT, manifest_path
from app.services.backups.retention import DAYS, WEEKS, Keeping, Made, drop_old, to_drop

TODAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


def made(days: float, good: bool = True) -> Made:
    return Made(Path(f"{days}-{good}"), NOON - timedelta(days=days), good)


def kept(*all_made: Made) -> list[Made]:
    dropped = to_drop(all_made, TODAY)
    return [one for one in all_made if one not in dropped]


def test_all_of_today_stay() -> None:
    assert len(kept(made(0), made(0.1), made(0.2))) == 3


def test_of_a_past_day_the_last_one_stays() -> None:
    assert kept(made(3.2), made(3), made(3.1)) == [made(3)]


def test_a_good_one_goes_before_a_later_bad_one() -> None:
    assert kept(made(3.2), made(3, good=False)) == [made(3.2)]


def test_a_day_with_nothing_good_keeps_what_there_is() -> None:
    assert kept(made(3.2, good=False), made(3, good=False)) == [made(3, good=False)]


def test_a_year_of_daily_backups_thins_out() -> None:
    staying = kept(*(made(day) for day in range(400)))
    ages = [(NOON - one.at).days for one in staying]
    assert ages[:DAYS] == list(range(DAYS))
    weekly = [age for age in ages if DAYS <= age < DAYS + 7 * WEEKS]
    assert len(weekly) in {WEEKS, WEEKS + 1}
    monthly = [age for age in ages if age >= DAYS + 7 * WEEKS]
    assert 5 <= len(monthly) <= 8


@given(st.lists(st.builds(made, st.floats(-1, 2000), st.booleans()), max_size=60, unique_by=lambda one: one.path))
def test_whatever_there_is_the_last_good_one_stays(all_made: list[Made]) -> None:
    staying = kept(*all_made)
    good = [one for one in all_made if one.good]
    assert not good or max(good, key=lambda one: one.at) in staying
    days = {one.at.astimezone(OFFICE_ZONE).date() for one in all_made}
    assert len({one.at.astimezone(OFFICE_ZONE).date() for one in staying}) <= len(days)
    assert bool(staying) == bool(all_made)


@given(
    st.lists(st.builds(made, st.floats(0, 900), st.booleans()), max_size=60, unique_by=lambda one: one.path),
    st.integers(1, 400),
)
def test_thinning_out_day_by_day_leaves_no_gap(all_made: list[Made], days: int) -> None:
    """Whatever was dropped on the way, one within a day, a week and a month of it stays."""
    staying = list(all_made)
    for today in (TODAY + timedelta(days=one) for one in range(0, days, 13)):
        staying = [one for one in staying if one not in to_drop(staying, today)]
    for one in all_made:
        assert min(abs(other.at - one.at) for other in staying) <= timedelta(days=1 + 7 + 31)


def write(folder: Path, name: str, days: int, **changes: Any) -> Path:
    backup = folder / name
    backup.write_bytes(b"backup")
    content = {
        "format": FORMAT, "file": name, "kind": "sqlite", "encrypted": False, "sha256": "", "size": 6,
        "office": "ours", "rows": {}, "entries": 1, "head": "", "revision": "0002", "program": "0.1.0",
        "made_at": to_ms(NOON - timedelta(days=days)), "proof": "ok", "first_bad": None,
    }  # fmt: skip
    manifest_path(backup).write_text(json.dumps(content | changes), encoding="utf-8")
    return backup


def test_only_what_the_program_made_of_this_office_is_deleted(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    precious = elsewhere / "precious"
    precious.write_bytes(b"")
    folder = tmp_path / "backups"
    folder.mkdir()
    old, last = write(folder, "a.zhanggui", 800), write(folder, "b.zhanggui", 799)
    others = [
        write(folder, "c.zhanggui", 800, office="another"),
        write(folder, "d.zhanggui", 800, format="something else"),
        write(folder, "e.zhanggui", 800, file="../elsewhere/precious"),
        write(folder, "f.zhanggui", 800, file=str(precious)),
        write(folder, "g.zhanggui", 800, file="b.zhanggui"),
    ]
    (folder / "notes.json").write_text("[]", encoding="utf-8")
    (folder / "deep.json").write_text("[" * 100_000, encoding="utf-8")
    (folder / "unlisted.zhanggui").write_bytes(b"")
    assert drop_old(folder, "ours", TODAY) == [old]
    assert not old.exists()
    assert not manifest_path(old).exists()
    assert all(path.exists() for path in (last, precious, folder / "unlisted.zhanggui", *others))


def test_an_office_keeps_for_as_long_as_it_has_set() -> None:
    all_made = [made(day) for day in range(60)]
    dropped = to_drop(all_made, TODAY, Keeping(days=5, weeks=0))
    ages = [(NOON - one.at).days for one in all_made if one not in dropped]
    assert ages[:5] == [0, 1, 2, 3, 4]
    assert len(ages) in {7, 8}  # then one of each month
