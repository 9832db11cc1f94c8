"""Saved views: a list's filter, columns and sort under a name, one's own or shared with a post (rule A2)."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, or_, select

from app.errors import NotFoundError, RuleError
from app.i18n import N_
from app.models.office import saved_views
from app.models.people import Post
from app.services.access import Context, Permission, requires


class NameNeededError(RuleError):
    """A view is chosen by its name."""

    message = N_("Give the view a name.")


@dataclass(frozen=True, slots=True)
class SavedView:
    """A view of one panel; `post` is whom it is shared with, "" nobody, "all" everybody."""

    id: int
    name: str
    post: str
    mine: bool
    removable: bool  # by who looks at it
    definition: dict[str, Any]


EVERYBODY = "all"
_SHARE = Permission.VIEW_SHARE


@requires(Permission.ORDER_READ)
def list_views(ctx: Context, panel: str) -> list[SavedView]:
    """One's own views and those shared with one's post, by name."""
    c = saved_views.c
    with ctx.reading() as conn:
        rows = conn.execute(
            select(saved_views)
            .where(c.panel == panel, or_(c.person == ctx.person, c.post == ctx.post.value, c.post == EVERYBODY))
            .order_by(c.name, c.id)
        ).all()
    return [_view(ctx, row) for row in rows]


def _view(ctx: Context, row: Any) -> SavedView:
    mine = row.person == ctx.person
    removable = mine or ctx.may(_SHARE)
    return SavedView(row.id, row.name, row.post or "", mine, removable, json.loads(row.definition))


@requires(Permission.ORDER_READ)
def save_view(ctx: Context, panel: str, name: str, definition: dict[str, Any], share: Post | str | None = None) -> None:
    """Keep a view under a name, replacing one's own of that name; sharing it needs the right to."""
    if not name.strip():
        raise NameNeededError
    if share is not None:
        ctx.demand(_SHARE)
    c = saved_views.c
    post = share if share is None or share == EVERYBODY else Post(share).value
    with ctx.writing() as conn:
        conn.execute(delete(saved_views).where(c.panel == panel, c.name == name.strip(), c.person == ctx.person))
        text = json.dumps(definition, ensure_ascii=False, sort_keys=True)
        conn.execute(
            insert(saved_views).values(panel=panel, name=name.strip(), person=ctx.person, post=post, definition=text)
        )


@requires(Permission.ORDER_READ)
def delete_view(ctx: Context, view: int) -> None:
    """Throw away one's own view; who may share views may also throw away a shared one, as its maker may have left."""
    c = saved_views.c
    allowed = or_(c.person == ctx.person, c.post.is_not(None)) if ctx.may(_SHARE) else c.person == ctx.person
    with ctx.writing() as conn:
        done = conn.execute(delete(saved_views).where(c.id == view, allowed))
        if done.rowcount == 0:
            raise NotFoundError(what=view)
