"""Which settings make no sense, in the words of the form; asked while somebody types, and again at the door."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from app.errors import RuleError
from app.i18n import N_, _
from app.models.people import Post
from app.money import format_amount
from app.services.access import POSTS, Permission
from app.services.approvals.rules import DECIDERS
from app.services.duty.holiday_file import year_of
from app.services.duty.rule_check import rule_problems
from app.services.duty.rules import rules_of
from app.services.duty.service_calendar import ServiceCalendar
from app.services.settings.values import Settings
from app.services.settings.words import setting_word, value_text

NUMBER = re.compile(r"\+?\d[\d -]{2,19}", re.ASCII)  # of a telephone
RECORD_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")  # of the office's day

# The least and the most that a number may be.
LIMITS = {
    "remind_minutes": (1, 1_440),
    "lead_minutes": (1, 1_440),
    "contact_minutes": (1, 1_440),
    "unusual_quantity": (1, 99_999),
    "doubled_minutes": (1, 10_080),
    "keep_days": (1, 3_650),
    "keep_weeks": (0, 520),
}
MOST_CONCEDED = 100_000_000  # minor units

# Who could be let release: the table of rule A2 has the last word, the office may only narrow it.
MAY_RELEASE = tuple(post for post in Post if Permission.ORDER_RELEASE in POSTS[post])
MAY_CONCEDE = tuple(post for post in Post if Permission.ORDER_AMEND in POSTS[post])


class NonsenseSettingError(RuleError):
    """A setting that cannot be meant; `params["name"]` is the field it stands in."""

    message = N_("{setting}: {reason}")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one setting: its name in Settings, and a sentence."""

    setting: str
    reason: str


def problems_of(wanted: Settings) -> list[Problem]:
    """Everything that makes no sense, in the order of the form; raises InputError for a calendar that is none."""
    return [problem for rule in _RULES for problem in rule(wanted)]


def refuse_nonsense(wanted: Settings) -> None:
    """Raise NonsenseSettingError with the first thing that makes no sense."""
    for problem in problems_of(wanted):
        word = setting_word(problem.setting)
        raise NonsenseSettingError(name=problem.setting, setting=word, reason=problem.reason)


def _name(wanted: Settings) -> Iterator[Problem]:
    if not wanted.name.strip():
        yield Problem("name", _("Give the office a name."))


def _calendar(wanted: Settings) -> Iterator[Problem]:
    try:
        ServiceCalendar.from_json(wanted.service_calendar)
    except RuleError as error:
        yield Problem("service_calendar", str(error))


def _numbers(wanted: Settings) -> Iterator[Problem]:
    for name, (least, most) in LIMITS.items():
        if not least <= getattr(wanted, name) <= most:
            yield Problem(name, _("Choose a number from {least} to {most}.").format(least=least, most=most))


def _stages(wanted: Settings) -> Iterator[Problem]:
    if wanted.lead_minutes <= wanted.remind_minutes:
        reason = _("The lead is told after the reminder: more than {minutes} minutes.")
        yield Problem("lead_minutes", reason.format(minutes=wanted.remind_minutes))
    if wanted.contact_minutes <= wanted.lead_minutes:
        reason = _("An order is late after the lead was told: more than {minutes} minutes.")
        yield Problem("contact_minutes", reason.format(minutes=wanted.lead_minutes))


def _record(wanted: Settings) -> Iterator[Problem]:
    if not RECORD_TIME.fullmatch(wanted.record_time):
        yield Problem("record_time", _("Write a time of the day as 18:00."))
    if wanted.backup_folder and not Path(wanted.backup_folder).is_absolute():
        yield Problem("backup_folder", _("Give the whole path of the folder, from the drive or the root on."))


def _authority(wanted: Settings) -> Iterator[Problem]:
    if not wanted.release_posts:
        yield Problem("release_posts", _("Somebody must be able to release a held order; choose at least one post."))
    elif not set(wanted.release_posts) <= set(MAY_RELEASE):
        reason = _("Only these posts may release held orders: {posts}.")
        yield Problem("release_posts", reason.format(posts=value_text("release_posts", MAY_RELEASE)))
    for post, limit in wanted.concession_authority.items():
        if post not in set(Post) or not 0 <= limit <= MOST_CONCEDED:
            reason = _("Choose amounts from 0 to {most}.").format(most=format_amount(MOST_CONCEDED))
            yield Problem("concession_authority", reason)
            return


def _approvals(wanted: Settings) -> Iterator[Problem]:
    for steps in wanted.approval_rules.values():
        posts = [step[0] for step in steps]
        amounts = [step[1] for step in steps]
        if not posts or not set(posts) <= set(DECIDERS) or len(set(posts)) < len(posts):
            yield Problem("approval_rules", _("Each kind needs at least one post, and no post twice."))
            return
        if any(not isinstance(amount, int) or amount < 0 for amount in amounts):
            yield Problem("approval_rules", _("An amount is not below nothing."))
            return


def _duty(wanted: Settings) -> Iterator[Problem]:
    for problem in rule_problems(rules_of(wanted.duty_rules))[:1]:
        yield Problem("duty_rules", problem.reason)


def _holidays(wanted: Settings) -> Iterator[Problem]:
    for year in wanted.holiday_years.values():
        try:
            year_of(year)
        except ValueError as error:
            yield Problem("holiday_years", str(error))
            return


def _hotline(wanted: Settings) -> Iterator[Problem]:
    if any(not NUMBER.fullmatch(number) for number in wanted.hotline.values()):
        yield Problem("hotline", _("A telephone number has 3 to 20 digits, blanks and hyphens."))


_RULES: tuple[Callable[[Settings], Iterator[Problem]], ...] = (
    _name, _calendar, _numbers, _stages, _record, _authority, _approvals, _duty, _holidays, _hotline,
)  # fmt: skip
