"""A format laid over one file's header: names are looked up once, rows are then read by position."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from app.services.intake.dates import Reader, date_reader
from app.services.intake.draft import PlatformState
from app.services.intake.errors import ZoneError
from app.services.intake.formats import DATES, LINE, PERSON, Format, StateRule
from app.services.intake.layout import Amount, Cells, Layout, Step
from app.services.intake.names import first_present, fold, meanings, positions
from app.services.intake.purse import Purse, open_purse
from app.services.intake.values import Memo, clean, clean_id, read_quantity

IDS = ("source_number", "person.phone", "person.postcode", "person.buyer", "waybill")
TEXTS = ("source_number", "currency", "shop", "waybill", "carrier", *DATES, *PERSON)
TOTALS = ("payable", "paid", "freight", "discount")

_MAX_REPEAT = 500


@dataclass(frozen=True, slots=True)
class LinePlan:
    """Where a line stands in the cells; 0 where the file does not have it."""

    sku: int
    title: int
    variant: int
    quantity: int
    price: int
    amount: int


@dataclass(frozen=True, slots=True)
class States:
    """What the words of one column mean."""

    slot: int
    words: Memo[PlatformState | None]


@dataclass(frozen=True, slots=True)
class Parts:
    """Cells that name several goods at once."""

    separator: str
    slots: tuple[int, ...]
    count: int
    quantity: int
    prices: tuple[int, ...]  # cells that mean none of several goods
    goods: tuple[int, ...]  # cells that mean all goods together
    sums: tuple[int, ...]  # cells that count once an order


@dataclass(frozen=True, slots=True)
class Plan:
    """How the rows of one file become drafts."""

    format: Format
    key: int  # position of the order number in the row
    width: int
    pick: Callable[[Sequence[str]], Sequence[str]]
    names: tuple[str, ...]  # of the cells
    steps: tuple[Step, ...]
    ids: tuple[int, ...]
    texts: dict[str, int]  # field → cell
    person: Callable[[Cells], tuple[str, ...]]
    totals: tuple[Amount, ...]  # in the order of TOTALS
    lines: tuple[LinePlan, ...]
    states: tuple[States, ...]
    line_states: tuple[States, ...]
    parts: Parts | None
    zone: int
    readers: dict[str, Reader]
    purses: dict[str, Purse]
    quantities: Memo[int]

    def key_of(self, row: Sequence[str]) -> str:
        """The order number that the row carries, "" where none; raises SpoiledNumberError."""
        text = row[self.key] if self.key < len(row) else ""
        if text[:2] == '="':
            text = text[2:-1]
        if text.isalnum() and text not in self.format.empty:
            return text
        return clean_id(clean(row[self.key], self.format.empty)) if text else ""

    def purse(self, code: str) -> Purse:
        """The reader of amounts of a currency; raises CurrencyError."""
        code = code.upper() or self.format.currency
        if code not in self.purses:
            self.purses[code] = open_purse(code)
        return self.purses[code]

    def reader(self, zone: str) -> Reader:
        """The reader of dates at the place that the file names; raises ZoneError."""
        if zone not in self.readers:
            name = self.format.zones.get(zone, zone if "/" in zone else "")
            if not name:
                raise ZoneError(text=zone)
            self.readers[zone] = date_reader(self.format.dates, name)
        return self.readers[zone]


def compile_plan(made: Format, header: Sequence[str], *, with_lines: bool = True) -> Plan:
    """Lay the format over a header; without lines where another file brings the goods."""
    key = first_present(made.fields["source_number"].columns, positions(header)) or ""
    suffixes = list(_suffixes(made, header)) if with_lines else []
    layout = Layout(header, _columns(made, suffixes))
    parts = _parts(made, layout) if with_lines else None
    for make in made.makes:
        layout.make(make)
    texts = {name: layout.first(made.fields[name].columns) if name in made.fields else 0 for name in TEXTS}
    texts["source_number"] = layout.slot(key)  # one column alone, the one that rows are grouped by
    totals = tuple(layout.amount(made.fields.get(name), by_row=name in made.row_sums) for name in TOTALS)
    lines = tuple(_line(made, layout, suffix) for suffix in suffixes)
    ids = dict.fromkeys([texts[name] for name in IDS] + [line.sku for line in lines])
    return Plan(
        format=made,
        key=layout.places[fold(key)],
        width=max(layout.raw) + 1,
        pick=itemgetter(*layout.raw) if len(layout.raw) > 1 else lambda row: [row[layout.raw[0]]],
        names=tuple(layout.names),
        steps=tuple(layout.steps),
        ids=tuple(slot for slot in ids if slot),
        texts=texts,
        person=itemgetter(*(texts[name] for name in PERSON)),
        totals=totals,
        lines=lines,
        states=tuple(_states(layout, rule) for rule in made.states if layout.slot(rule.column)),
        line_states=tuple(_states(layout, rule) for rule in made.line_states if layout.slot(rule.column)),
        parts=parts,
        zone=layout.slot(made.zone_column),
        readers={"": date_reader(made.dates, made.timezone)},
        purses={},
        quantities=Memo(read_quantity),
    )


def _suffixes(made: Format, header: Sequence[str]) -> Iterator[str]:
    if "line.quantity" not in made.fields:
        return
    if not made.repeat:
        yield ""
        return
    places = positions(header)
    for number in range(1, _MAX_REPEAT):
        suffix = made.repeat.replace("{n}", str(number))
        if not any(fold(name + suffix) in places for name in made.fields["line.quantity"].columns):
            return
        yield suffix


def _columns(made: Format, suffixes: Sequence[str]) -> Iterator[str]:
    yield from made.columns()
    for suffix in filter(None, suffixes):
        for field, spec in made.fields.items():
            if field.startswith("line."):
                yield from (name + suffix for name in spec.columns)


def _line(made: Format, layout: Layout, suffix: str) -> LinePlan:
    def names(field: str) -> list[str]:
        return [name + suffix for name in made.fields[field].columns] if field in made.fields else []

    return LinePlan(*(layout.first(names(field)) for field in (*LINE, "line.price", "line.amount")))


def _states(layout: Layout, rule: StateRule) -> States:
    return States(layout.slot(rule.column), meanings(rule.words))


def state_of(rules: Sequence[States], cells: Cells) -> PlatformState | None:
    """The state that the first rule with something to say finds; None where the words are unknown."""
    for rule in rules:
        state = rule.words[cells[rule.slot]]
        if state is not None:
            return state
    return None


def _parts(made: Format, layout: Layout) -> Parts | None:
    explode = made.explode
    if explode is None or not layout.slots(explode.columns):
        return None

    def money(names: Sequence[str]) -> tuple[int, ...]:
        specs = [made.fields[name] for name in names if name in made.fields]
        return tuple(layout.slots(column for spec in specs for column in spec.columns + spec.less))

    return Parts(
        explode.separator,
        tuple(layout.slots(explode.columns)),
        layout.slot(explode.count),
        layout.slots(made.fields["line.quantity"].columns)[0],
        money(["line.price"]),
        money(["line.amount"]),
        money(list(made.row_sums)),
    )
