"""What people, their posts and their levels are called."""

from collections.abc import Iterable

from sqlalchemy import Connection, select

from app.i18n import _
from app.models.people import LEVEL_WORDS, POST_WORDS, Level, Post, people


def name_of(conn: Connection, person: int) -> str:
    """A person's name; the program's own for 0."""
    name: str | None = conn.execute(select(people.c.name).where(people.c.id == person)).scalar()
    return name or "掌柜"


def names_of(conn: Connection, persons: Iterable[int]) -> dict[int, str]:
    """Several people's names at once; each that is asked for has one, as with `name_of`."""
    numbers = set(persons)
    named = conn.execute(select(people.c.id, people.c.name).where(people.c.id.in_(numbers))) if numbers else ()
    return dict.fromkeys(numbers, "掌柜") | {row.id: row.name for row in named}


def tidy(name: str) -> str:
    """The name without blanks at its ends and with single ones inside, so that two people never look the same."""
    return " ".join(name.split())


def post_word(post: Post) -> str:
    """A post's name in the language in use."""
    return _(POST_WORDS[post])


def posts_word(posts: Iterable[Post]) -> str:
    """Somebody's posts as they hold them: the main one, whose contract binds them, first."""
    return _(", ").join(map(post_word, posts))


def level_word(level: Level) -> str:
    """A level's name in the language in use."""
    return _(LEVEL_WORDS[level])
