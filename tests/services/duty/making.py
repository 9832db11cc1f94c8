"""Weeks of the roster for tests, drawn and published through the service."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from app.models.people import Post
from app.services.access import Context
from app.services.duty.rosters import Stroke, draw, publish, read_roster
from app.services.duty.rules import DEFAULT_RULES, Contract, written
from app.services.duty.weeks import WEEK, line_key
from app.services.office import change_settings, office_settings

MONDAY = date(2026, 11, 23)  # the day at which the tests' clock stands
ON_CALL = "+"


def strokes(person: int, codes: str, monday: date = MONDAY, *, on_call: bool = False) -> list[Stroke]:
    """A person's week: seven codes with blanks between, "-" where free."""
    key = line_key(person, on_call=on_call)
    days = [monday + timedelta(days=number) for number in range(WEEK)]
    return [
        Stroke(key, day, "", "" if code == "-" else code) for day, code in zip(days, codes.split(), strict=True)
        if code != "-"
    ]  # fmt: skip


def drawn(
    ctx: Context, weeks: Mapping[int, str], called: Mapping[int, str] | None = None, monday: date = MONDAY
) -> None:
    """Draw a week for these people, and who is on call."""
    made = [stroke for person, codes in weeks.items() for stroke in strokes(person, codes, monday)]
    for person, codes in (called or {}).items():
        made += strokes(person, codes, monday, on_call=True)
    draw(ctx, made)


def published(ctx: Context, monday: date = MONDAY, weeks: int = 1) -> list[date]:
    """Publish what is drawn, whatever it breaks."""
    seen = {week.monday: week.last_seq for week in read_roster(ctx, monday, weeks).weeks.values()}
    return publish(ctx, monday, weeks, seen, "试排")


def bind_service(ctx: Context, contract: Contract) -> None:
    """Let a contract bind those who answer customers, beside the rules that an office begins with."""
    rules = replace(DEFAULT_RULES, contracts={Post.SERVICE: contract})
    change_settings(ctx, replace(office_settings(ctx), duty_rules=written(rules)))
