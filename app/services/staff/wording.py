"""What notes, tasks and notices share: a heading, a text, and attached files that are kept."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from app.errors import NotFoundError, RuleError
from app.i18n import N_
from app.models.files import blobs

LONGEST_TITLE = 200
LONGEST_TEXT = 10_000
MOST_FILES = 20


class HeadingError(RuleError):
    """Whatever is given, posted or noted is found by its heading."""

    message = N_("Write a heading of at most {most} characters.")


class LongTextError(RuleError):
    """What is longer belongs into an attached file."""

    message = N_("Write at most {most} characters, and attach what is longer.")


class EmptyTextError(RuleError):
    """There must be something to read."""

    message = N_("Write what it is about.")


class ManyFilesError(RuleError):
    """More files than anybody looks at."""

    message = N_("Attach at most {most} files.")


def need_title(title: str) -> str:
    """The heading without blanks at its ends; raises HeadingError."""
    cleaned = title.strip()
    if not 0 < len(cleaned) <= LONGEST_TITLE:
        raise HeadingError(most=LONGEST_TITLE)
    return cleaned


def tidy_text(text: str, *, needed: bool = False) -> str:
    """The text without blanks at its ends; raises LongTextError, and EmptyTextError where one is needed."""
    cleaned = text.strip()
    if len(cleaned) > LONGEST_TEXT:
        raise LongTextError(most=LONGEST_TEXT)
    if needed and not cleaned:
        raise EmptyTextError
    return cleaned


def kept_files(conn: Connection, digests: Sequence[str]) -> list[str]:
    """The digests, each once; raises ManyFilesError, and NotFoundError for a file that is not kept."""
    wanted = list(dict.fromkeys(digests))
    if len(wanted) > MOST_FILES:
        raise ManyFilesError(most=MOST_FILES)
    known = set(conn.execute(select(blobs.c.digest).where(blobs.c.digest.in_(wanted))).scalars())
    for digest in wanted:
        if digest not in known:
            raise NotFoundError(what=digest)
    return wanted
