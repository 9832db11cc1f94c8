"""The duty rules in words: for the form, the history of settings, and what a plan is explained with."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from app.errors import RuleError
from app.i18n import N_, _
from app.models.people import POST_WORDS, Post
from app.services.duty.hours import HoursUnreadableError, hours_text, read_hours, weekday_word
from app.services.duty.rules import HOUR, Contract, DayKind, Demand, DutyRules, Shade, ShiftKind, shown
from app.services.duty.service_calendar import DAY_MINUTES, OverlappingWindowsError, WindowOrderError, Windows

Told = tuple[str, str, str]  # what, before, after
Sign = Callable[[str], str]  # of a kind's code

WEIGHT_WORDS = {
    "under": N_("One fewer than wanted"),
    "over": N_("One more than wanted"),
    "weekends": N_("Unequal weekends"),
    "evenings": N_("Unequal evenings"),
    "holidays": N_("Unequal holidays"),
    "on_call": N_("Unequal turns on call"),
    "changed": N_("A published cell that changes"),
}
SHADE_WORDS = {Shade.INFO: N_("Blue"), Shade.WARN: N_("Amber"), Shade.DANGER: N_("Red"), Shade.OK: N_("Green")}

_BETWEEN, _NOTHING = " · ", "–"
_LAST = re.compile(r"(.*\d)[^\d:：]+([\d:：]+)\s*", re.DOTALL)  # the time at the end of a line of hours, and the rest


class ShiftOverlapError(RuleError):
    """Two windows of a shift share minutes."""

    message = N_("{one} and {other} overlap.")


def day_kind_word(kind: DayKind) -> str:
    """A kind of day in the language in use."""
    if kind is DayKind.HOLIDAY:
        return _("Public holiday")
    if kind is DayKind.MAKE_UP:
        return _("Weekend day that is worked")
    return weekday_word(tuple(DayKind).index(kind))


def hours_of(minutes: int) -> str:
    """ "7.5 h"."""
    return _("{hours} h").format(hours=f"{minutes / HOUR:g}")


def windows_text(windows: Windows) -> str:
    """A shift's hours as they are typed: "08:30-12:00, 22:00-06:00", the last of them into the next day."""
    return hours_text(tuple((start, end - DAY_MINUTES * (end > DAY_MINUTES)) for start, end in windows))


def read_windows(text: str) -> Windows:
    """A shift's hours as typed; the last may end on the next day. Raises HoursUnreadableError and ShiftOverlapError."""
    try:
        return read_hours(text)
    except WindowOrderError:
        return _over_midnight(text)
    except OverlappingWindowsError as error:
        raise ShiftOverlapError(one=error.params["first"], other=error.params["second"]) from error


def _over_midnight(text: str) -> Windows:
    parts = _LAST.fullmatch(text)
    if parts is None:
        raise HoursUnreadableError(text=text.strip())
    try:
        *before, (start, midnight) = read_hours(f"{parts[1]}-24:00")
        after = read_hours(f"0:00-{parts[2]}") if parts[2].strip("0:：") else ()
    except RuleError as error:
        raise HoursUnreadableError(text=text.strip()) from error
    return *before, (start, midnight + sum(end for _begin, end in after))


def kind_text(kind: ShiftKind, sign: Sign = shown) -> str:
    """Everything that a kind of shift is but its sign, in a line."""
    parts = [shown(kind.name), windows_text(kind.windows), hours_of(kind.minutes), _list(_post_words(kind.posts))]
    if kind.evening:
        parts.append(_("counts as an evening"))
    if kind.service:
        parts.append(_("answers customers"))
    if kind.never_next:
        parts.append(_("not followed by {codes}").format(codes=_list(list(map(sign, kind.never_next)))))
    parts.append(_(SHADE_WORDS[kind.shade]))
    return _BETWEEN.join(parts)


def demand_text(demand: Demand, sign: Sign = shown) -> str:
    """Everything that a need is, in a line."""
    days = [day_kind_word(day) for day in DayKind if day in demand.days]
    many = _("at least {least}, wanted {wanted}").format(least=demand.least, wanted=demand.wanted)
    if demand.most is not None:
        many = _("{many}, at most {most}").format(many=many, most=demand.most)
    parts = [
        _list(days),
        _list(list(map(sign, demand.shifts))),
        *([_list(_post_words(demand.posts))] * bool(demand.posts)),
        many,
    ]
    return _BETWEEN.join(parts)


def contract_text(contract: Contract) -> str:
    """Everything that a contract binds, in a line."""
    c = contract
    parts = [
        _("{least} to {most} h a week").format(least=f"{c.week_least / HOUR:g}", most=f"{c.week_most / HOUR:g}"),
        _("at most {days} days in a row").format(days=c.longest_run),
        _("{hours} h rest").format(hours=f"{c.least_rest / HOUR:g}"),
    ]
    if c.shortest_break > 1:
        parts.append(_("at least {days} days off in a row").format(days=c.shortest_break))
    if c.most_weekends is not None:
        parts.append(_("at most {count} weekends in four weeks").format(count=c.most_weekends))
    if c.off_days:
        parts.append(
            _("never on {days}").format(days=_list([day_kind_word(day) for day in DayKind if day in c.off_days]))
        )
    return _BETWEEN.join(parts)


def rule_changes(before: DutyRules, after: DutyRules, names: Mapping[int, str]) -> Iterator[Told]:
    """What differs, part by part; `names` are the people's."""

    def sign(code: str) -> str:
        """One for both sides, so that another sign is told of once and not wherever the kind is named."""
        return (after if after.kind(code) is not None or code in after.signs else before).sign(code)

    for kind in after.shifts:
        if before.kind(kind.code) is not None and before.sign(kind.code) != after.sign(kind.code):
            what = _("Sign of “{shift}”").format(shift=shown(kind.name))
            yield what, before.sign(kind.code), after.sign(kind.code)
    old_kinds, kinds = ({one.code: kind_text(one, sign) for one in rules.shifts} for rules in (before, after))
    old_needs, needs = ({one.name: demand_text(one, sign) for one in rules.demands} for rules in (before, after))
    yield from _rows(old_kinds, kinds, sign, _("Order of shifts"))
    yield from _rows(old_needs, needs, shown, _("Order of needs"))
    yield from _differ(_contracts(before, names), _contracts(after, names))
    yield from _differ(*({_("On call"): _list(_post_words(one.on_call_posts))} for one in (before, after)))
    weights = {
        _(word): (getattr(before.weights, name), getattr(after.weights, name)) for name, word in WEIGHT_WORDS.items()
    }
    yield from ((what, str(old), str(new)) for what, (old, new) in weights.items() if old != new)


def _rows(before: dict[str, str], after: dict[str, str], word: Sign, order: str) -> Iterator[Told]:
    """The rows of a list by code or name, and their order where that is all that differs."""
    yield from ((word(what), old, new) for what, old, new in _differ(before, after))
    if before.keys() == after.keys() and list(before) != list(after):
        yield order, _list(list(map(word, before))), _list(list(map(word, after)))


def _contracts(rules: DutyRules, names: Mapping[int, str]) -> dict[str, str]:
    told = {_(POST_WORDS[post]): contract_text(one) for post, one in rules.contracts.items()}
    return told | {names.get(person, str(person)): contract_text(one) for person, one in rules.own.items()}


def _differ(before: dict[str, str], after: dict[str, str]) -> Iterator[Told]:
    """Where something stays in another form, only the parts of it that are others are told."""
    for what in dict.fromkeys((*before, *after)):
        old, new = before.get(what), after.get(what)
        if old is None or new is None:
            yield what, old or _NOTHING, new or _NOTHING
        elif old != new:
            yield what, _other(old, new), _other(new, old)


def _other(text: str, than: str) -> str:
    """The parts of a line that another one does not have."""
    known = than.split(_BETWEEN)
    return _BETWEEN.join(part for part in text.split(_BETWEEN) if part not in known) or _NOTHING


def _post_words(posts: Sequence[Post]) -> list[str]:
    return [_(POST_WORDS[post]) for post in posts]


def _list(words: Sequence[str]) -> str:
    return _(", ").join(words)
