"""What an office can set, and how it is kept: a row a setting, its value as JSON."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from app import config
from app.models.office import settings
from app.models.people import Post
from app.services.approvals.rules import DEFAULT_RULES, written
from app.services.backups.retention import DAYS, WEEKS
from app.services.duty.service_calendar import ServiceCalendar

# What a post may concede on one order (rule O9), in minor units.
CONCESSIONS = {"service": 1_000, "lead": 5_000, "manager": 20_000, "director": 100_000}

# Which of the posts that rule A2 lets release a held order do so in this office (rule O3).
RELEASERS = (Post.SERVICE, Post.LEAD, Post.FINANCE, Post.MANAGER, Post.DIRECTOR)


@dataclass(frozen=True, slots=True)
class Settings:
    """The office's settings; minutes are service minutes, money is in minor units."""

    name: str = ""
    service_calendar: str = field(default_factory=lambda: ServiceCalendar().to_json())
    contact_minutes: int = 10
    remind_minutes: int = 6
    lead_minutes: int = 8
    unusual_quantity: int = 50
    doubled_minutes: int = 30
    record_time: str = "18:00"
    backup_folder: str = ""  # empty: in the program's own data folder, on whichever computer makes the record
    keep_days: int = DAYS
    keep_weeks: int = WEEKS
    release_posts: list[str] = field(default_factory=lambda: [post.value for post in RELEASERS])
    concession_authority: Mapping[str, int] = field(default_factory=lambda: dict(CONCESSIONS))
    approval_rules: Mapping[str, list[list[str | int]]] = field(default_factory=lambda: written(DEFAULT_RULES))
    duty_rules: Mapping[str, Any] = field(default_factory=dict)  # empty: those an office begins with
    holiday_years: Mapping[str, Any] = field(default_factory=dict)  # by year, beside those the program came with
    hotline: Mapping[str, str] = field(default_factory=dict)  # telephone numbers by person; "" is the office's own


NAMES = tuple(one.name for one in fields(Settings))


def load_settings(conn: Connection) -> Settings:
    """The settings in force."""
    rows = conn.execute(select(settings.c.key, settings.c.value).where(settings.c.key.in_(NAMES)))
    return Settings(**{row.key: json.loads(row.value) for row in rows})


def put_setting(conn: Connection, key: str, value: Any) -> None:
    """Keep a setting; the caller writes the entry that says so."""
    conn.execute(delete(settings).where(settings.c.key == key))
    conn.execute(insert(settings).values(key=key, value=setting_text(value)))


def setting_text(value: Any) -> str:
    """A setting's value as it stands in the database."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def records_folder(chosen: Settings) -> Path:
    """Where sealed records and backups go."""
    return Path(chosen.backup_folder) if chosen.backup_folder else config.records_folder()
