"""The settings' words, in the language in use: what each is called, and its value as a person reads it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from app.i18n import N_, _, ngettext
from app.models.people import Post
from app.money import format_amount
from app.services.approvals.kinds import KINDS
from app.services.duty.hours import DaySpan, day_spans, hours_text, span_days_text, special_days, weekday_word
from app.services.duty.rule_words import rule_changes
from app.services.duty.rules import rules_of
from app.services.duty.service_calendar import ServiceCalendar, Windows
from app.services.people.names import post_word

_WORDS = {
    "name": N_("Office name"),
    "service_calendar": N_("Service hours"),
    "contact_minutes": N_("Contact the customer within (minutes)"),
    "remind_minutes": N_("Remind the desk after (minutes)"),
    "lead_minutes": N_("Tell the lead after (minutes)"),
    "unusual_quantity": N_("Unusually many from (pieces of one item)"),
    "doubled_minutes": N_("Doubled order within (minutes)"),
    "record_time": N_("Time of the daily record"),
    "backup_folder": N_("Folder for records and backups"),
    "keep_days": N_("Keep each day's backup for (days)"),
    "keep_weeks": N_("After that one a week for (weeks)"),
    "release_posts": N_("Held orders are released by"),
    "concession_authority": N_("Price concession on one order, up to"),
    "approval_rules": N_("Who must approve"),
    "duty_rules": N_("Duty rules"),
    "holiday_years": N_("Public holidays"),
    "hotline": N_("Telephone numbers for the hotline"),
}
IN_PARTS = frozenset(
    {"service_calendar", "concession_authority", "approval_rules", "duty_rules", "holiday_years", "hotline"}
)

Told = tuple[str, str, str]  # what, before, after
_NOBODY: Mapping[int, str] = {}


def setting_word(name: str) -> str:
    """What a setting is called."""
    return _(_WORDS[name])


def told_changes(name: str, before: Any, after: Any, people: Mapping[int, str] = _NOBODY) -> Iterator[Told]:
    """A changed setting as people read it; one that has parts tells only of those that changed."""
    if name == "service_calendar":
        yield from _calendar_changes(ServiceCalendar.from_json(before), ServiceCalendar.from_json(after))
    elif name == "concession_authority":
        yield from _concession_changes(before, after)
    elif name == "approval_rules":
        yield from _rule_changes(before, after)
    elif name == "duty_rules":
        what = setting_word(name)
        for part, old, new in rule_changes(rules_of(before), rules_of(after), people):
            yield _("{what}: {which}").format(what=what, which=part), old, new
    elif name in {"holiday_years", "hotline"}:
        yield from _entry_changes(name, before, after, people)
    else:
        yield setting_word(name), value_text(name, before), value_text(name, after)


def now_text(name: str, now: Any, known: Any) -> str:
    """What a setting is now, to somebody who knew it otherwise; of one with parts only those that differ."""
    if name in IN_PARTS:
        return _(", ").join(f"{what} {after}" for what, _before, after in told_changes(name, known, now))
    return value_text(name, now)


def value_text(name: str, value: Any) -> str:
    """The value of a setting without parts."""
    if name == "release_posts":
        return _(", ").join(post_word(Post(post)) for post in value)
    if name == "backup_folder" and not value:
        return _("the program's own folder")
    return str(value)


def _rule_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Told]:
    what = setting_word("approval_rules")
    for name, kind in KINDS.items():
        old, new = before.get(name, ()), after.get(name, ())
        if old != new:
            yield _("{what}: {which}").format(what=what, which=_(kind.word)), _steps_text(old), _steps_text(new)


def _entry_changes(
    name: str, before: Mapping[str, Any], after: Mapping[str, Any], people: Mapping[int, str]
) -> Iterator[Told]:
    """A setting with an entry for each year or person."""
    what = setting_word(name)
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key, ""), after.get(key, "")
        if old != new:
            which = people.get(int(key), key) if name == "hotline" and key else key or _("the office")
            texts = (old, new) if name == "hotline" else (_days_text(old), _days_text(new))
            yield _("{what}: {which}").format(what=what, which=which), *texts


def _days_text(year: Any) -> str:
    days = year["days"] if year else []
    return ngettext("{count} day", "{count} days", len(days)).format(count=len(days)) if days else _("not published")


def _steps_text(steps: Iterable[Iterable[Any]]) -> str:
    told = []
    for post, above in steps:
        word = post_word(Post(post))
        told.append(_("{post} above {amount}").format(post=word, amount=format_amount(above)) if above else word)
    return _(", ").join(told)


def _calendar_changes(before: ServiceCalendar, after: ServiceCalendar) -> Iterator[Told]:
    what = setting_word("service_calendar")
    for weekday, (old, new) in enumerate(zip(before.weekly, after.weekly, strict=True)):
        if old != new:
            yield _("{what}: {which}").format(what=what, which=weekday_word(weekday)), _hours(old), _hours(new)
    for span, old_hours, new_hours in _day_changes(special_days(before), special_days(after)):
        yield _("{what}: {which}").format(what=what, which=span_days_text(span)), old_hours, new_hours


def _day_changes(before: Mapping[date, Windows], after: Mapping[date, Windows]) -> list[tuple[DaySpan, str, str]]:
    """The days that changed, those in a row that changed alike together."""
    alike: dict[tuple[str, str], dict[date, Windows]] = {}
    for day in before.keys() | after.keys():
        pair = tuple(_hours(days[day]) if day in days else _("as in the week") for days in (before, after))
        if pair[0] != pair[1]:
            alike.setdefault((pair[0], pair[1]), {})[day] = ()
    told = [(span, *pair) for pair, days in alike.items() for span in day_spans(days)]
    return sorted(told, key=lambda one: one[0].first)


def _hours(windows: Windows) -> str:
    return hours_text(windows) or _("closed")


def _concession_changes(before: Mapping[str, int], after: Mapping[str, int]) -> Iterator[Told]:
    what = setting_word("concession_authority")
    for post in Post:
        old, new = before.get(post, 0), after.get(post, 0)
        if old != new:
            which = _("{what}: {which}").format(what=what, which=post_word(post))
            yield which, format_amount(old), format_amount(new)
