"""A format laid over one file's header: each row becomes clean cells by field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from app.services.catalog.files.errors import FormulaError
from app.services.catalog.files.formats import ProductFormat
from app.services.catalog.files.values import degree_of, is_formula_error, read_money, volume_of
from app.services.intake.names import fold, meanings, positions
from app.services.intake.values import Memo, clean

Cells: TypeAlias = Mapping[str, str]  # field → text; fields without a column or text are not there

_YES = (
    *("active", "published", "publish", "yes", "true", "1", "y", "是", "有", "√", "✓"),
    *("在售", "在售中", "销售中", "正常", "启用", "上架", "已上架", "在线", "已发布"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the file as cells, and what makes it unusable if anything does."""

    row: int
    cells: Cells
    error: FormulaError | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """Where a field stands in the rows of one file."""

    field: str
    places: tuple[int, ...]
    name: str  # as the file writes it
    joined: str | None
    until: str
    only: int  # the place where the cell is the whole of it; -1 where there is more to do
    cleaned: Memo[str]  # one a column: what repeats itself is not pushed out by what does not


@dataclass(frozen=True, slots=True)
class Plan:
    """How the rows of one file become drafts."""

    format: ProductFormat
    columns: tuple[Column, ...]
    width: int
    names: Mapping[str, str]  # field → the name of its column
    yes: Memo[bool | None]
    money: Memo[Memo[int | None]]  # currency → text → amount
    degrees: Memo[int | None]
    volumes: Memo[int | None]

    def entry(self, number: int, row: Sequence[str]) -> Entry:
        """The cells of a row."""
        if len(row) < self.width:
            row = [*row, *[""] * (self.width - len(row))]
        found: dict[str, str] = {}
        wrong: FormulaError | None = None
        for column in self.columns:
            try:
                text = column.cleaned[row[column.only]] if column.only >= 0 else _text(column, row)
            except FormulaError as error:
                error.params["column"] = column.name
                wrong = wrong or error
            else:
                if text:
                    found[column.field] = text
        return Entry(number, found, wrong)


def _text(column: Column, row: Sequence[str]) -> str:
    if column.joined is not None:
        return column.joined.join(filter(None, [column.cleaned[row[place]] for place in column.places]))
    for place in column.places:
        if row[place]:
            text = column.cleaned[row[place]]
            if text:
                return text.partition(column.until)[0] if column.until else text
    return ""


def _cleaned(text: str, empty: frozenset[str]) -> str:
    text = clean(text, empty)
    if text[:1] == "#" and is_formula_error(text):
        raise FormulaError(text=text)
    return text


def _cleaned_lines(text: str, empty: frozenset[str]) -> str:
    return "\n".join(_cleaned(line, empty) for line in text.splitlines()).strip()


def compile_plan(made: ProductFormat, header: Sequence[str]) -> Plan:
    """Lay the format over a header."""
    standing = positions(header)
    columns = []
    for field, place in made.fields.items():
        found = (standing[fold(name)] for name in place.columns if fold(name) in standing)
        places = tuple(dict.fromkeys(found))
        if places:
            memo = Memo(partial(_cleaned_lines if field == "text" else _cleaned, empty=made.empty))
            only = places[0] if len(places) == 1 and place.joined is None and not place.until else -1
            columns.append(Column(field, places, header[places[0]].strip(), place.joined, place.until, only, memo))
    return Plan(
        format=made,
        columns=tuple(columns),
        width=max(place for column in columns for place in column.places) + 1,
        names={column.field: column.name for column in columns},
        yes=meanings((word, True) for word in _YES),
        money=Memo(lambda currency: Memo(partial(read_money, currency=currency))),
        degrees=Memo(degree_of),
        volumes=Memo(volume_of),
    )
