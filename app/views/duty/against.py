"""What the roster is compared with: what people know now, or knew before a publication or a swap."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.services.duty.rules import ON_CALL
from app.services.duty.span import Span
from app.services.duty.versions import FREE_WEEK, Version
from app.services.duty.weeks import monday_of


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that is otherwise than in what it is compared with; codes, "" where free."""

    line: str
    column: int
    was: str
    now: str


class Against:
    """The codes that stood in the cells, once and for all: they are asked for with each cell that is painted."""

    def __init__(self, span: Span, version: Version | None) -> None:
        self.version = version
        self._span = span
        if version is None:
            weeks = {monday: week.published for monday, week in span.weeks.items()}
            self._known = {monday: codes for monday, codes in weeks.items() if codes is not None}
        else:
            self._known = dict(version.known)
        self._rows = [self._row(line.key) for line in span.lines]

    def was(self, place: int, column: int, now: str) -> str | None:
        """What stood in a cell, where it is not what stands there now; of an unknown week nothing is said."""
        before = self._rows[place][column]
        return None if before is None or before == now else before

    def others(self, place: int, now: Sequence[str]) -> Iterator[tuple[int, str, str]]:
        """Column, what stood there and what stands there now, of each cell of a line that is otherwise."""
        before = self._rows[place]
        if before != now:
            pairs = enumerate(zip(before, now, strict=True))
            yield from ((column, was, code) for column, (was, code) in pairs if was is not None and was != code)

    def gone(self) -> Iterator[Difference]:
        """What those had who have no line any more."""
        here = {line.key for line in self._span.lines}
        for key in dict.fromkeys(key for codes in self._known.values() for key in codes if key not in here):
            for column, code in enumerate(self._row(key)):
                if code:
                    yield Difference(key, column, code, "")

    def name(self, key: str) -> str:
        """Whose a line was that is there no more."""
        return "" if self.version is None else self.version.lines.get(key, "")

    def _row(self, key: str) -> list[str | None]:
        """A kind that the office has no longer counts as free, as it does in the cells."""
        kept = {"", ON_CALL, *(kind.code for kind in self._span.rules.shifts)}
        row: list[str | None] = []
        for day in self._span.days:
            codes = self._known.get(monday_of(day))
            code = None if codes is None else codes.get(key, FREE_WEEK)[day.weekday()]
            row.append(code if code is None or code in kept else "")
        return row
