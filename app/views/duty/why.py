"""Why a cell is as it is, and which rules leave no plan, in sentences for beside the roster."""

from collections.abc import Sequence
from typing import TypeAlias

from app.i18n import _
from app.services.duty.roster.explain import explain
from app.services.duty.roster.problem import Breach
from app.services.duty.words import words_of
from app.views.duty.sheet import Sheet

Told: TypeAlias = tuple[str, list[str]]  # a heading and sentences
NOTHING: Told = ("", [])


def why(sheet: Sheet, place: int, column: int) -> Told:
    """What every other shift that the person does would break or cost; nothing where nothing is told of the day."""
    words = words_of(sheet.span)
    if not sheet.tells(column):
        return words.day(column), [_("Not published yet")]
    told = explain(sheet.span.problem, sheet.cells, place, column)
    title = _("Why {name} has “{shift}” on {day}").format(
        name=sheet.span.lines[place].name, shift=words.shift(told.shift), day=words.day(column)
    )
    others = [other for other in told.alternatives if sheet.may(place, column, other.shift)]
    return title, [words.alternative(other) for other in others]


def no_plan(sheet: Sheet, clash: Sequence[Breach]) -> Told:
    """The rules that cannot all be met."""
    told = [words_of(sheet.span).rule(breach) for breach in clash]
    several = _("These rules cannot all be met; relax one of them:")
    return several if len(told) > 1 else _("This rule cannot be met; relax it:"), told
