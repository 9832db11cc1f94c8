"""The only place where the parts are put together: database, keyring, clock and person become a context."""

from app.clock import Clock, SystemClock
from app.models.people import Post
from app.services.access import Context
from app.services.db import Database
from app.services.opening import open_database
from app.services.people.sign_in import sign_in


def open_office(where: str) -> tuple[Database, Clock]:
    """The office at `where` and the clock it goes by; raises OutsideError or NotFoundError."""
    return open_database(where), SystemClock()


def enter(where: str, name: str, password: str, post: Post | None = None) -> Context:
    """Open the office and sign in; the database is closed again where the person is refused."""
    db, clock = open_office(where)
    try:
        return sign_in(db, clock, name, post, password)
    except BaseException:
        db.close()
        raise
