"""The office itself: its settings, its making, and the key that its keyed hashes are made with."""

import json
import secrets
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import Connection, select

from app.clock import Clock, SystemClock, to_ms
from app.errors import ConflictError
from app.i18n import N_
from app.models.office import settings
from app.models.people import SYSTEM, Level, Post
from app.services.access import Context, Permission, requires
from app.services.db import Database
from app.services.ledger import Pen, begin_chain, fingerprint, open_ledger
from app.services.opening import create_database
from app.services.people.accounts import add_person_to
from app.services.people.passwords import check_password
from app.services.settings.history import CHANGED, OFFICE
from app.services.settings.rules import NonsenseSettingError, refuse_nonsense
from app.services.settings.values import NAMES, Settings, load_settings, put_setting, setting_text
from app.services.settings.words import now_text, setting_word

__all__ = [
    "NonsenseSettingError",
    "Settings",
    "SettingsChangedError",
    "change_settings",
    "create_office",
    "is_sample",
    "load_settings",
    "mark_sample",
    "office_name",
    "office_settings",
    "pepper",
    "setting_text",
]

PEPPER = "pepper"
SAMPLE = "sample"


class SettingsChangedError(ConflictError):
    """Two people at the settings: who saves second is told what the first one chose."""

    message = N_("Somebody else has set “{setting}” to “{now}” meanwhile. Save again to put yours in its place.")


@requires(Permission.ORDER_READ)
def office_settings(ctx: Context) -> Settings:
    """The settings in force."""
    with ctx.reading() as conn:
        return load_settings(conn)


@requires(Permission.OFFICE_SET)
def change_settings(ctx: Context, wanted: Settings, seen: Settings | None = None) -> None:
    """Put in force what differs from what the person has `seen` (all of it without), on record with before and after.

    Raises NonsenseSettingError, and SettingsChangedError where somebody else changed the same setting since.
    """
    with ctx.writing() as conn:
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        stands = load_settings(conn)
        before, after, known = asdict(stands), asdict(wanted), asdict(seen or stands)
        chosen = {name: after[name] for name in NAMES if after[name] != known[name]}
        refuse_nonsense(replace(stands, **chosen))
        changes = {name: [before[name], value] for name, value in sorted(chosen.items()) if before[name] != value}
        for name in changes:
            if before[name] != known[name]:
                raise SettingsChangedError(setting=setting_word(name), now=now_text(name, before[name], known[name]))
        if not changes:
            return
        pen.write(CHANGED, OFFICE, {"changes": changes})
        for name in changes:
            put_setting(conn, name, after[name])


def _get(conn: Connection, key: str) -> Any:
    value = conn.execute(select(settings.c.value).where(settings.c.key == key)).scalar()
    return None if value is None else json.loads(value)


def pepper(conn: Connection) -> bytes:
    """The office's own key for keyed hashes (who is the same customer, what a file said last)."""
    return bytes.fromhex(_get(conn, PEPPER))


def mark_sample(pen: Pen) -> None:
    """Say that this is the sample office, whose sign-in screen shows its people and passwords."""
    pen.write(CHANGED, OFFICE, {"changes": {SAMPLE: [None, True]}})
    put_setting(pen.conn, SAMPLE, value=True)


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
    refuse_nonsense(chosen)
    now = to_ms((clock or SystemClock()).now())

    def fill(conn: Connection) -> None:
        begin_chain(conn)
        pen = open_ledger(conn, now, SYSTEM)
        own_key, put = secrets.token_hex(32), asdict(chosen)
        named = {"id": secrets.token_hex(16), "name": chosen.name}
        pen.write("office.created", None, named | {"settings": put, "pepper": fingerprint(setting_text(own_key))})
        add_person_to(conn, pen, admin, [Post.MANAGER, Post.IT], Level.DATABASE, password)
        for key, value in (put | {PEPPER: own_key}).items():
            put_setting(conn, key, value)

    return create_database(where, fill, encrypt)
