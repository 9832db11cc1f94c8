"""The words for posts and levels."""

from app.models.people import Level, Post
from app.services.people.names import level_word, post_word


def test_every_post_and_level_has_its_own_word() -> None:
    assert len({post_word(post) for post in Post}) == len(Post)
    assert len({level_word(level) for level in Level}) == len(Level)
