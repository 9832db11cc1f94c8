"""Planning the counts (rule P5): every second day a portion that is doable, fast movers more often, all in a period."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, func, select

from app.clock import day_bounds, office_time, to_ms
from app.models.catalog import products, variants
from app.models.ledger import entries
from app.models.stock import CountState, count_lines, counts, movements, stock
from app.services.access import Context, Permission, requires
from app.services.stock.articles import article_named
from app.services.stock.sales import DAY_MS, sales_of

EVERY_DAYS = 2  # rule P5
PERIOD_DAYS = 14  # every article at least once
FAST_DAYS = 4  # fast movers
FAST_SHARE = 0.5  # the articles that make the first half of what is sold
PORTIONS = PERIOD_DAYS // EVERY_DAYS


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """An article to be counted, not how many there should be; `days` since it was counted last, None: never."""

    code: str
    name: str
    kind: str
    shelf: str
    days: int | None
    fast: bool


@dataclass(frozen=True, slots=True)
class CountPlan:
    """What to count on a day, besides what is `counted_now`; `due_on` is the day by which the next count is due."""

    day: date
    due_on: date
    lines: tuple[PlannedLine, ...]
    counted_now: frozenset[str]


@dataclass(frozen=True, slots=True)
class OverdueCounts:
    """What should have been counted: days that the next count is late, articles past their time, counts left open."""

    late_days: int
    articles: tuple[PlannedLine, ...]
    left_open: tuple[int, ...]


@dataclass(slots=True)
class _Article:
    code: str
    name: str
    kind: str
    shelf: str
    known_since: int
    counted_at: int | None = None
    fast: bool = False

    def line(self, until: int) -> PlannedLine:
        days = None if self.counted_at is None else _days(self.counted_at, until)
        return PlannedLine(self.code, self.name, self.kind, self.shelf, days, self.fast)

    def age(self, until: int) -> int:
        """Days since it was counted, or since the office has known it."""
        return _days(self.known_since if self.counted_at is None else self.counted_at, until)


@requires(Permission.STOCK_COUNT)
def plan_count(ctx: Context, day: date) -> CountPlan:
    """Which articles to count on a day, by class and shelf.

    Fast movers that were not counted for FAST_DAYS, and of the others a seventh of all, those first that were not
    counted for longest, shelf by shelf; where days were missed, a seventh of what is overdue besides. What an open
    count has already is left out.
    """
    with ctx.reading() as conn:
        articles = _articles(conn, to_ms(ctx.clock.now()))
        due_on = _due_on(conn, day)
        counted_now = frozenset(conn.execute(_COUNTED_NOW).scalars())
    until = day_bounds(day)[1]
    fast = [one for one in articles if one.fast and (one.counted_at is None or one.age(until) >= FAST_DAYS)]
    others = [one for one in articles if not one.fast]
    chosen = [one for one in (*fast, *_portion(others, until)) if one.code not in counted_now]
    lines = tuple(one.line(until) for one in sorted(chosen, key=lambda one: (one.kind, one.shelf, one.code)))
    return CountPlan(day, due_on, lines, counted_now)


@requires(Permission.STOCK_COUNT)
def plan_article(ctx: Context, text: str) -> PlannedLine:
    """One article besides, by its code or a barcode; raises UnknownScanError."""
    now = to_ms(ctx.clock.now())
    with ctx.reading() as conn:
        found = article_named(conn, text)
        one = _Article(found.code, found.name, found.kind, found.shelf, now)
        last = _LAST_COUNTED.where(count_lines.c.code == one.code)
        one.counted_at = next((at for _code, at in conn.execute(last)), None)
        _mark_fast({one.code: one}, sales_of(conn, now))
    return one.line(day_bounds(office_time(now).date())[1])


@requires(Permission.STOCK_READ)
def overdue_counts(ctx: Context) -> OverdueCounts:
    """What is behind at this moment."""
    now = to_ms(ctx.clock.now())
    today = office_time(now).date()
    until = day_bounds(today)[1]
    c = counts.c
    with ctx.reading() as conn:
        articles = _articles(conn, now)
        late = max((today - _due_on(conn, today)).days, 0) if articles else 0
        old = select(c.id).where(c.state == CountState.OPEN.value, c.begun_at < now - DAY_MS).order_by(c.id)
        left_open = tuple(conn.execute(old).scalars())
    behind = [one for one in articles if one.age(until) > (FAST_DAYS + EVERY_DAYS if one.fast else PERIOD_DAYS)]
    behind.sort(key=lambda one: (-one.age(until), one.shelf, one.code))
    return OverdueCounts(late, tuple(one.line(until) for one in behind), left_open)


def _portion(articles: list[_Article], until: int) -> list[_Article]:
    """Shelves in the order of what was not counted there for longest, until the portion is full."""
    behind = sum(one.counted_at is not None and one.age(until) > PERIOD_DAYS for one in articles)
    size = math.ceil(len(articles) / PORTIONS) + math.ceil(behind / PORTIONS)
    oldest: dict[tuple[str, str], int] = {}
    for one in articles:
        shelf = (one.kind, one.shelf)
        oldest[shelf] = min(oldest.get(shelf, until), one.counted_at or 0)
    ripe = [one for one in articles if one.counted_at is None or one.age(until) >= PERIOD_DAYS // 2]
    ripe.sort(key=lambda one: (oldest[one.kind, one.shelf], one.kind, one.shelf, one.counted_at or 0, one.code))
    urgent = [one for one in ripe if one.counted_at is not None and one.age(until) >= PERIOD_DAYS]
    chosen = {one.code: one for one in [*urgent[:size], *ripe]}
    return list(chosen.values())[:size]


def _articles(conn: Connection, now: int) -> list[_Article]:
    """Single articles on offer, and those that the catalog does not know but whose stock is kept."""
    v, found = variants.c, dict[str, _Article]()
    known = (
        select(v.code, v.name, v.shelf, products.c.name.label("product"), products.c.kind, entries.c.at)
        .join(products, products.c.id == v.product)
        .join(entries, entries.c.seq == v.id)
        .where(v.active == 1, v.pack_of.is_(None))
    )
    for row in conn.execute(known):
        found[row.code] = _Article(row.code, f"{row.product} {row.name}".strip(), row.kind, row.shelf, row.at)
    strange = (
        select(movements.c.code, func.min(entries.c.at).label("at"))
        .join(entries, entries.c.seq == movements.c.entry)
        .join(stock, stock.c.code == movements.c.code)
        .where(stock.c.kept == 1, movements.c.code.not_in(select(v.code)))
        .group_by(movements.c.code)
    )
    for code, at in conn.execute(strange):
        found[code] = _Article(code, "", "", "", at)
    for code, at in conn.execute(_LAST_COUNTED):
        if code in found:
            found[code].counted_at = at
    _mark_fast(found, sales_of(conn, now))
    return sorted(found.values(), key=lambda one: one.code)


_LAST_COUNTED = (
    select(count_lines.c.code, func.max(counts.c.closed_at))
    .join(counts, counts.c.id == count_lines.c.count)
    .where(count_lines.c.counted.is_not(None), counts.c.closed_at.is_not(None))
    .group_by(count_lines.c.code)
)


_COUNTED_NOW = (
    select(count_lines.c.code)
    .join(counts, counts.c.id == count_lines.c.count)
    .where(counts.c.state == CountState.OPEN.value)
)


def _mark_fast(articles: Mapping[str, _Article], sold: Mapping[str, int]) -> None:
    """Those that sell most, until they make up half of all that was sold."""
    half = sum(sold.values()) * FAST_SHARE
    for code in sorted(sold, key=lambda code: (-sold[code], code)):
        if half <= 0:
            return
        half -= sold[code]
        if code in articles:
            articles[code].fast = True


def _due_on(conn: Connection, day: date) -> date:
    """The day by which the next count is due: two days after the last one, or at once."""
    wanted = select(func.max(counts.c.begun_at)).where(counts.c.state != CountState.DROPPED.value)
    last: int | None = conn.execute(wanted).scalar()
    return day if last is None else office_time(last).date() + timedelta(days=EVERY_DAYS)


def _days(since: int, until: int) -> int:
    return max((until - since) // DAY_MS, 0)
