"""Words of the duty in the language in use: states of swaps, and sentences about a roster of the office."""

from datetime import timedelta

from app.i18n import _
from app.models.duty import SWAP_STATE_WORDS, SwapState
from app.services.duty.hours import weekday_word
from app.services.duty.lines import Line
from app.services.duty.roster.words import Words
from app.services.duty.rules import ON_CALL, DutyRules
from app.services.duty.span import Span
from app.services.duty.weeks import person_of


def swap_state_word(state: SwapState) -> str:
    """A swap's state."""
    return _(SWAP_STATE_WORDS[state])


def cell_word(rules: DutyRules, key: str, code: str) -> str:
    """What stands in a cell of a line."""
    if person_of(key)[1]:
        return _("on call") if code else _("not on call")
    return rules.sign(code) if code else _("off")


def line_word(line: Line) -> str:
    """Whose a line is, and that it is of their turns on call."""
    return _("{name}, on call").format(name=line.name) if line.on_call else line.name


def words_of(span: Span) -> Words:
    """The words for sentences about these weeks."""

    def day_word(number: int) -> str:
        day = span.first + timedelta(days=number)
        return _("{weekday} {day}").format(weekday=weekday_word(day.weekday()), day=f"{day:%m-%d}")

    def shift_word(code: str) -> str:
        return _("on call") if code == ON_CALL else span.rules.sign(code)

    def has_left(place: int, number: int) -> bool:
        return span.has_left(span.lines[place].person, span.first + timedelta(days=number))

    return Words(span.problem, day_word, shift_word, has_left)
