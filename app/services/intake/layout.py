"""Where each column of a file stands in the cells that a format works with, and how made columns are made.

Rows are worked on in batches, column by column: one step for a thousand cells costs less than a thousand steps.
"""

import html
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from app.services.intake.formats import Field, Make
from app.services.intake.names import fold, meanings, positions

Column = list[str]
Columns = list[Column]  # "" at 0, then the columns of the file that are used, then the made ones
Cells = Sequence[str]  # one row of such columns
Step = Callable[[Columns], Iterable[Column]]  # the made columns of one Make

MAX_SPLIT = 500  # characters; patterns are not let loose on longer cells


@dataclass(frozen=True, slots=True)
class Amount:
    """Where an amount stands in the cells: the sum of `plus` less the sum of `less`; nowhere when `plus` is empty."""

    plus: tuple[int, ...] = ()
    less: tuple[int, ...] = ()
    absolute: bool = False
    only: int = 0  # the one cell that it stands in, where it is that simple
    by_row: bool = False  # each row carries its part of it


class Layout:
    """The cells of one file's rows, built up column by column."""

    def __init__(self, header: Sequence[str], columns: Iterable[str]) -> None:
        self.places = positions(header)
        self.raw: list[int] = []
        self.names = [""]
        self.steps: list[Step] = []
        self._slots: dict[str, int] = {}
        for name in columns:
            if fold(name) in self.places and fold(name) not in self._slots:
                self.raw.append(self.places[fold(name)])
                self._add(name)

    def _add(self, name: str) -> int:
        self._slots.setdefault(fold(name), len(self.names))
        self.names.append(name)
        return len(self.names) - 1

    def slot(self, name: str) -> int:
        """The cell of a column, 0 where the file does not have it."""
        return self._slots.get(fold(name), 0) if name else 0

    def slots(self, names: Iterable[str]) -> list[int]:
        """The cells of those columns that are there."""
        return [slot for slot in dict.fromkeys(map(self.slot, names)) if slot]

    def first(self, names: Sequence[str]) -> int:
        """The cell that will hold the first non-empty of the columns; 0 where none is there."""
        slots = self.slots(names)
        if len(slots) < 2:
            return slots[0] if slots else 0
        self.steps.append(lambda columns: [_first(columns, slots)])
        return self._add(self.names[slots[0]])

    def amount(self, spec: Field | None, *, by_row: bool) -> Amount:
        """Where an amount will stand."""
        if spec is None:
            return Amount()
        if spec.summed:
            plus, less = tuple(self.slots(spec.columns)), tuple(self.slots(spec.less))
        else:
            plus, less = tuple(filter(None, [self.first(spec.columns)])), ()
        simple = len(plus) == 1 and not less and not spec.absolute
        return Amount(plus, less, spec.absolute, plus[0] if simple else 0, by_row)

    def make(self, make: Make) -> None:
        """Add the columns that `make` makes, unless the file has nothing to make them from."""
        slots = self.slots(make.columns)
        if not slots:
            return
        self.steps.append(_step(make, slots, self.slot(make.when)))
        for name in make.made:
            self._add(name)


def _first(columns: Columns, slots: Sequence[int]) -> Column:
    found = columns[slots[0]]
    for slot in slots[1:]:
        found = [text or other for text, other in zip(found, columns[slot], strict=True)]
    return found


def _step(make: Make, slots: list[int], when: int) -> Step:
    if make.kind == "split":
        return _split(make, slots)
    if make.kind == "join":
        separator = make.separator
        return lambda columns: [
            [separator.join(filter(None, texts)) for texts in zip(*(columns[slot] for slot in slots), strict=True)]
        ]
    if make.kind == "html":
        return lambda columns: [[html.unescape(text) for text in columns[slots[0]]]]
    wanted = meanings((word, True) for word in make.words)
    return lambda columns: [
        [text if wanted[word] else "" for text, word in zip(columns[slots[0]], columns[when], strict=True)]
    ]


def _split(make: Make, slots: list[int]) -> Step:
    groups = [name.removeprefix(make.into + ".") for name in make.made]
    nothing = ("",) * len(groups)
    readers = [(pattern.fullmatch, _arrange(pattern, groups)) for pattern in make.patterns]

    def split(text: str) -> Sequence[str]:
        if text and len(text) <= MAX_SPLIT:
            for match, arrange in readers:
                found = match(text)
                if found:
                    return arrange((*found.groups(""), ""))
        return nothing

    def step(columns: Columns) -> Iterable[Column]:
        return map(list, zip(*map(split, _first(columns, slots)), strict=True))

    return step


def _arrange(pattern: re.Pattern[str], groups: Sequence[str]) -> Callable[[Sequence[str]], Sequence[str]]:
    """Puts what a pattern's groups found in the order of `groups`; the groups that it lacks are ""."""
    order = [pattern.groupindex.get(group, 0) - 1 for group in groups]
    return itemgetter(*order) if len(order) > 1 else itemgetter(slice(order[0], order[0] + 1 or None))
