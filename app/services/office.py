"""The office itself: its settings, its making, and the key that its keyed hashes are made with."""

import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from app.clock import Clock, SystemClock, to_ms
from app.errors import RuleError
from app.i18n import N_
from app.models.office import settings
from app.models.people import SYSTEM, Level, Post
from app.services.access import Context, Permission, requires
from app.services.db import Database
from app.services.duty.clock import ServiceCalendar
from app.services.ledger import Pen, begin_chain, fingerprint, open_ledger
from app.services.opening import create_database
from app.services.passwords import check_password
from app.services.people import add_person_to

PEPPER = "pepper"
SAMPLE = "sample"

# What a post may concede on one order (rule O9), in minor units.
CONCESSIONS = {"service": 1_000, "lead": 5_000, "manager": 20_000, "director": 100_000}


RECORD_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")  # of the office's day


class NonsenseSettingError(RuleError):
    """A setting that cannot be meant."""

    message = N_("“{name}” cannot be {value}.")


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
    concession_authority: Mapping[str, int] = field(default_factory=lambda: dict(CONCESSIONS))


NAMES = frozenset(one.name for one in fields(Settings))


def load_settings(conn: Connection) -> Settings:
    """The settings in force."""
    rows = conn.execute(select(settings.c.key, settings.c.value).where(settings.c.key.in_(NAMES)))
    return Settings(**{row.key: json.loads(row.value) for row in rows})


@requires(Permission.ORDER_READ)
def office_settings(ctx: Context) -> Settings:
    """The settings in force."""
    with ctx.reading() as conn:
        return load_settings(conn)


@requires(Permission.OFFICE_SET)
def change_settings(ctx: Context, wanted: Settings) -> None:
    """Put these settings in force; what changed goes on record."""
    _check(wanted)
    with ctx.writing() as conn:
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        before, after = asdict(load_settings(conn)), asdict(wanted)
        changes = {name: [before[name], after[name]] for name in sorted(NAMES) if before[name] != after[name]}
        if not changes:
            return
        pen.write("office.changed", None, {"changes": changes})
        for name in changes:
            _put(conn, name, after[name])


def _check(wanted: Settings) -> None:
    ServiceCalendar.from_json(wanted.service_calendar)
    stages = (0, wanted.remind_minutes, wanted.lead_minutes, wanted.contact_minutes)
    if not all(a < b for a, b in pairwise(stages)):
        raise NonsenseSettingError(name="contact_minutes", value=stages[1:])
    for name in ("unusual_quantity", "doubled_minutes"):
        if getattr(wanted, name) < 1:
            raise NonsenseSettingError(name=name, value=getattr(wanted, name))
    if not wanted.name.strip():
        raise NonsenseSettingError(name="name", value="“”")
    if not RECORD_TIME.fullmatch(wanted.record_time):
        raise NonsenseSettingError(name="record_time", value=wanted.record_time)
    for post, limit in wanted.concession_authority.items():
        if post not in set(Post) or limit < 0:
            raise NonsenseSettingError(name="concession_authority", value=f"{post}: {limit}")


def _put(conn: Connection, key: str, value: Any) -> None:
    conn.execute(delete(settings).where(settings.c.key == key))
    conn.execute(insert(settings).values(key=key, value=setting_text(value)))


def setting_text(value: Any) -> str:
    """A setting's value as it stands in the database."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _get(conn: Connection, key: str) -> Any:
    value = conn.execute(select(settings.c.value).where(settings.c.key == key)).scalar()
    return None if value is None else json.loads(value)


def pepper(conn: Connection) -> bytes:
    """The office's own key for keyed hashes (who is the same customer, what a file said last)."""
    return bytes.fromhex(_get(conn, PEPPER))


def mark_sample(pen: Pen) -> None:
    """Say that this is the sample office, whose sign-in screen shows its people and passwords."""
    pen.write("office.changed", None, {"changes": {SAMPLE: [None, True]}})
    _put(pen.conn, SAMPLE, value=True)


def is_sample(db: Database) -> bool:
    """Whether this is the sample office."""
    with db.reading() as conn:
        return bool(_get(conn, SAMPLE))


def office_name(db: Database) -> str:
    """The office's name, for the sign-in screen."""
    with db.reading() as conn:
        return load_settings(conn).name


def create_office(
    where: str, name: str, admin: str, password: str, encrypt: bool = False, clock: Clock | None = None
) -> Database:
    """Make a new office with its first person, the database administrator; leaves nothing where it fails."""
    check_password(password, admin)
    chosen = replace(Settings(), name=name.strip())
    _check(chosen)
    now = to_ms((clock or SystemClock()).now())

    def fill(conn: Connection) -> None:
        begin_chain(conn)
        pen = open_ledger(conn, now, SYSTEM)
        own_key, put = secrets.token_hex(32), asdict(chosen)
        named = {"id": secrets.token_hex(16), "name": chosen.name}
        pen.write("office.created", None, named | {"settings": put, "pepper": fingerprint(setting_text(own_key))})
        add_person_to(conn, pen, admin, [Post.MANAGER, Post.IT], Level.DATABASE, password)
        for key, value in (put | {PEPPER: own_key}).items():
            _put(conn, key, value)

    return create_database(where, fill, encrypt)
