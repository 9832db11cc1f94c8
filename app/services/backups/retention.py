"""Which backups are kept (rule A4): each day's for some days, then one a week for some weeks, then one a month."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from app.clock import OFFICE_ZONE, from_ms
from app.services.backups.manifest import NoManifestError, manifest_path, read_manifest

DAYS = 30  # where the office has not set it otherwise
WEEKS = 26


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that the program made."""

    path: Path
    at: datetime
    good: bool


@dataclass(frozen=True, slots=True)
class Keeping:
    """For how many days each day's backup is kept, and for how many weeks after that one a week."""

    days: int = DAYS
    weeks: int = WEEKS


def to_drop(made: Iterable[Made], today: date, keeping: Keeping = Keeping()) -> list[Made]:
    """The backups that are no longer needed; of each day, week or month the last good one stays, today all."""
    groups: dict[Hashable, list[Made]] = defaultdict(list)
    for one in made:
        groups[_group(one, today, keeping)].append(one)
    dropped: list[Made] = []
    for group, of_group in groups.items():
        if group != today:
            stays = max(of_group, key=lambda one: (one.good, one.at))
            dropped += [one for one in of_group if one is not stays]
    return dropped


def _group(made: Made, today: date, keeping: Keeping) -> Hashable:
    day = made.at.astimezone(OFFICE_ZONE).date()
    age = (today - day).days
    if age <= 0:
        return today
    if age < keeping.days:
        return day
    if age < keeping.days + 7 * keeping.weeks:
        return day.isocalendar()[:2]
    return ("month", day.year, day.month)


def drop_old(folder: Path, office: str, today: date, keeping: Keeping = Keeping()) -> list[Path]:
    """Delete what is no longer needed of this office's backups in `folder`; only files whose manifest names them."""
    dropped = to_drop(_made_in(folder, office), today, keeping)
    for one in dropped:
        # The manifest last: a backup without one would never be found again.
        one.path.unlink(missing_ok=True)
        manifest_path(one.path).unlink(missing_ok=True)
    return [one.path for one in dropped]


def _made_in(folder: Path, office: str) -> Iterable[Made]:
    for path in sorted(folder.glob("*.json")):
        try:
            manifest = read_manifest(path)
        except NoManifestError:
            continue  # somebody else's file
        backup = folder / manifest.file
        if manifest.office == office and path == manifest_path(backup) and backup.parent == folder:
            yield Made(backup, from_ms(manifest.made_at), manifest.proof == "ok")
