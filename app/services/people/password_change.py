"""Another password: a temporary one given by the administrator, or one's own choice (rule A3)."""

from sqlalchemy import select, update

from app.clock import to_ms
from app.errors import NotFoundError, RuleError
from app.i18n import N_
from app.models.people import credentials, people
from app.services.access import Context, Permission, requires
from app.services.ledger import fingerprint, open_ledger
from app.services.people.passwords import check_password, hash_password
from app.services.people.sign_in import credentials_of, try_password


class SamePasswordError(RuleError):
    """A changed password is another one."""

    message = N_("Choose a password that is not the one you have.")


@requires(Permission.PEOPLE_MANAGE)
def reset_password(ctx: Context, person: int, temporary: str) -> None:
    """Give somebody a temporary password that must be changed at the next sign-in."""
    _set_password(ctx, person, temporary, must_change=True)


@requires(Permission.ORDER_READ)
def change_own_password(ctx: Context, old: str, new: str) -> None:
    """Change one's own password; a wrong old one counts as a wrong try at signing in."""
    with ctx.reading() as conn:
        found = credentials_of(conn, people.c.id == ctx.person)
    if found is None:
        raise NotFoundError(what=ctx.name)
    try_password(ctx.db, found, old, to_ms(ctx.clock.now()))
    if old == new:
        raise SamePasswordError
    _set_password(ctx, ctx.person, new, must_change=False)


def _set_password(ctx: Context, person: int, password: str, *, must_change: bool) -> None:
    hashed = hash_password(password)  # before the transaction: it takes its time on purpose
    with ctx.writing() as conn:
        name = conn.execute(select(people.c.name).where(people.c.id == person)).scalar()
        if name is None:
            raise NotFoundError(what=person)
        check_password(password, name)
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        pen.write("password.reset" if must_change else "password.changed", person, {"password": fingerprint(hashed)})
        conn.execute(
            update(credentials)
            .where(credentials.c.person == person)
            .values(
                password_hash=hashed,
                changed_at=pen.at,
                must_change=int(must_change),
                failed=0,
                locked_until=0,
            )
        )
