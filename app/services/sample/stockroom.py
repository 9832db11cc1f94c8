"""The sample office's stockroom: two counts that are done, one that is half entered, goods that were asked for."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from sqlalchemy import Connection

from app.clock import Clock, day_bounds, office_day, office_time, to_ms
from app.models.people import Post
from app.models.stock import AskedOf
from app.services import subjects
from app.services.ledger import Pen
from app.services.sample import material
from app.services.sample.month import MINUTE, Happens
from app.services.stock import sums
from app.services.stock.counts import begin_within, close_within, enter_within
from app.services.stock.wishes import WishDraft, make_within

STEP = "stockroom"
NO_ORDER = -1
PACKER, SPECIALIST = "吴迪", "刘洋"
CODES = tuple(code for code, *_rest in material.GOODS)
SPIRITS = tuple(code for code in CODES if code.startswith("BJ"))
OTHERS = tuple(code for code in CODES if code not in SPIRITS)
TODAY = ("HJ-2003", "HJ-2004", "HJ-4001", "PJ-3001", "SP-5003", "SP-5004")

# days back, minute of the day, what happens then
_PLAN = (
    (9, 610, "others counted"),
    (5, 905, "spirits asked for"),
    (4, 940, "wine answered"),
    (2, 615, "spirits counted"),
    (1, 880, "spirits ordered"),
)
# minutes back from now
_TODAY = ((95, "begun"), (70, "half entered"), (40, "beer asked for"))


def plan_stockroom(clock: Clock, days: int) -> Iterator[Happens]:
    """What happens in the stockroom in the last `days` days."""
    now = to_ms(clock.now())
    today = office_day(clock)
    for back, minute, what in _PLAN if days > _PLAN[0][0] else ():
        yield Happens(day_bounds(today - timedelta(days=back))[0] + minute * MINUTE, NO_ORDER, STEP, {"what": what})
    for minutes, what in _TODAY:
        yield Happens(now - minutes * MINUTE, NO_ORDER, STEP, {"what": what})


class Stockroom:
    """Does what was planned, each step with the pen's time."""

    def __init__(self, conn: Connection, pen: Pen, people: Mapping[str, int]) -> None:
        self._conn, self._pen, self._people = conn, pen, people
        self._made: dict[str, int] = {}  # counts and wishes by what they are called here

    def take(self, what: str) -> None:
        """One step."""
        self._pen.person = self._people[PACKER]
        steps = {
            "others counted": lambda: self._count(OTHERS, {"SP-5001": 2}, "食品、葡萄酒区"),
            "spirits counted": lambda: self._count(SPIRITS, {"BJ-1005": -1}, "白酒区，两人一组"),
            "spirits asked for": self._ask_spirits,
            "wine answered": self._answer_wine,
            "spirits ordered": self._order_spirits,
            "begun": self._begin_today,
            "half entered": self._enter_half,
            "beer asked for": self._ask_beer,
        }
        steps[what]()

    def _there(self, codes: tuple[str, ...]) -> dict[str, int]:
        found = sums.held(self._conn, codes)
        return {code: max(found[code].on_hand, 0) for code in codes}

    def _count(self, codes: tuple[str, ...], off: Mapping[str, int], note: str) -> None:
        conn, pen = self._conn, self._pen
        count = begin_within(conn, pen, codes, note)
        there = self._there(codes)
        enter_within(conn, pen, count, {code: pieces + off.get(code, 0) for code, pieces in there.items()})
        close_within(conn, pen, Post.DELIVERY, count, {code: "破损" if off[code] < 0 else "未入账" for code in off})

    def _begin_today(self) -> None:
        self._made["today"] = begin_within(self._conn, self._pen, TODAY, "畅销品")

    def _enter_half(self) -> None:
        there = self._there(TODAY[:3])
        enter_within(self._conn, self._pen, self._made["today"], there | {"HJ-2004": there["HJ-2004"] - 1})

    def _wish(self, code: str, quantity: int, asked_of: AskedOf, note: str) -> None:
        self._pen.person = self._people[SPECIALIST]
        self._made[code] = make_within(self._conn, self._pen, WishDraft(code, quantity, asked_of, note=note))

    def _ask_spirits(self) -> None:
        self._wish("BJ-1004", 120, AskedOf.PURCHASING, "双十二备货")
        self._wish("HJ-2004", 120, AskedOf.PARTNER, "门店先调一批")

    def _answer_wine(self) -> None:
        content = {"note": "门店周日前送到", "expected_on": self._day(3)}
        subjects.advance(self._conn, self._pen, self._made["HJ-2004"], "wish.answered", content)

    def _order_spirits(self) -> None:
        content = {"note": "采购单 CG-1126", "expected_on": self._day(4)}
        subjects.advance(self._conn, self._pen, self._made["BJ-1004"], "wish.ordered", content)

    def _ask_beer(self) -> None:
        self._wish("PJ-3001", 60, AskedOf.WAREHOUSE, "")

    def _day(self, after: int) -> str:
        day: date = office_time(self._pen.at).date() + timedelta(days=after)
        return day.isoformat()
