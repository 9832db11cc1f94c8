"""What people know of a roster, in plain Python: whatever is done, the office has to say the same (rule D2)."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, timedelta

from app.services.duty.rules import ON_CALL
from app.services.duty.weeks import WEEK

Rows = dict[str, list[str]]  # a week's cells by line
Cell = tuple[str, int]
MARKED = 3  # changes named in one line


def cells_of(rows: Mapping[str, list[str]], keys: Sequence[str]) -> dict[Cell, str]:
    """The cells of some lines in which something stands."""
    return {(key, day): code for key in keys for day, code in enumerate(rows.get(key, ())) if code}


@dataclass
class Told:
    """A week after a publication or a swap: its cells, whose deed it was, and which cells were swapped."""

    deed: int
    by: str
    rows: Rows
    swapped: tuple[Cell, ...] = ()


@dataclass
class WeekModel:
    """A week: what is drafted, and all that was ever told of it."""

    draft: Rows = field(default_factory=dict)
    told: list[Told] = field(default_factory=list)

    @property
    def known(self) -> Rows | None:
        """What is published; None: nothing."""
        return self.told[-1].rows if self.told else None

    @property
    def is_new(self) -> bool:
        """Whether publishing would change anything."""
        if self.known is None:
            return bool(cells_of(self.draft, list(self.draft)))
        return cells_of(self.draft, list(self.draft)) != cells_of(self.known, list(self.known))


@dataclass
class Knowing:
    """The office as each of its people knows it; `lines` are people's lines by name."""

    lines: Mapping[str, Sequence[str]]
    weeks: dict[date, WeekModel]
    deeds: list[tuple[str, bool, dict[date, Rows]]] = field(default_factory=list)  # by whom, a swap, known before
    looked: dict[tuple[str, date], int] = field(default_factory=dict)  # how many entries somebody has seen of a week
    deed: int = 0

    def publish(self, who: str, mondays: Sequence[date]) -> list[date]:
        """What is drafted otherwise is known from now on."""
        fresh = [monday for monday in mondays if self.weeks[monday].is_new]
        self._begin(who, fresh, swap=False)
        for monday in fresh:
            week = self.weeks[monday]
            week.told.append(Told(self.deed, who, deepcopy(week.draft)))
        return fresh

    def swap(self, who: str, monday: date, day: int, keys: tuple[str, str]) -> None:
        """Two cells of a day change places for everybody, and in the draft where it says the same."""
        week = self.weeks[monday]
        assert week.known is not None
        self._begin(who, [monday], swap=True)
        rows = deepcopy(week.known)
        for mine, theirs in (keys, keys[::-1]):
            code = week.known.get(theirs, [""] * WEEK)[day]
            before = rows.setdefault(mine, [""] * WEEK)[day]
            rows[mine][day] = code
            drafted = week.draft.setdefault(mine, [""] * WEEK)
            if drafted[day] == before:
                drafted[day] = code
        week.told.append(Told(self.deed, who, rows, ((keys[0], day), (keys[1], day))))

    def look(self, who: str, shown: Mapping[date, int]) -> None:
        """Somebody has seen so many of the things told of each week; what is no news to them is not kept."""
        for monday, count in shown.items():
            if count > self.looked.get((who, monday), 0) and self.news(who, monday, count) is not None:
                self.looked[who, monday] = count

    def shown(self) -> dict[date, int]:
        """How many things were told of each week until now."""
        return {monday: len(week.told) for monday, week in self.weeks.items() if week.told}

    def news(self, who: str, monday: date, count: int | None = None) -> str | None:
        """What the bell says of a week, after so many of the things told; None: they know all of it."""
        told, keys = self.weeks[monday].told[:count], self.lines[who]
        if not told:
            return None
        known, fresh = self._known(who, monday, told)
        now = cells_of(told[-1].rows, keys)
        changed = sorted(
            {cell for cell in {*known, *now} if known.get(cell) != now.get(cell)}, key=lambda one: one[::-1]
        )
        if not changed:
            return None
        if fresh:
            return f"{monday:%m-%d} — {monday + timedelta(days=WEEK - 1):%m-%d}"
        words = [
            f"{monday + timedelta(days=cell[1]):%m-%d} {_word(cell, known)} → {_word(cell, now)}"
            for cell in changed[:MARKED]
        ]
        return ", ".join(words) + (" …" if len(changed) > MARKED else "")

    def _known(self, who: str, monday: date, told: Sequence[Told]) -> tuple[dict[Cell, str], bool]:
        """What somebody knows after it, and whether the week is new to them."""
        keys, seen = self.lines[who], self.looked.get((who, monday), 0)
        whole = [place for place, one in enumerate(told) if not one.swapped and (place < seen or one.by == who)]
        if whole:
            known, later = cells_of(told[whole[-1]].rows, keys), told[whole[-1] + 1 :]
        else:
            known, later = {}, told
        for one in later:
            for cell in one.swapped:
                code = one.rows[cell[0]][cell[1]]
                if cell[0] in keys and code:
                    known[cell] = code
                elif cell[0] in keys:
                    known.pop(cell, None)
        return known, not whole and bool(cells_of(told[0].rows, keys))

    def _begin(self, who: str, mondays: Sequence[date], *, swap: bool) -> None:
        if mondays:
            self.deed += 1
            if any(self.weeks[monday].told for monday in mondays):
                before = {monday: deepcopy(week.known) for monday, week in self.weeks.items() if week.known is not None}
                self.deeds.append((who, swap, before))


def _word(cell: Cell, rows: Mapping[Cell, str]) -> str:
    code = rows.get(cell, "")
    if cell[0].endswith(ON_CALL):
        return "on call" if code else "not on call"
    return code or "off"
