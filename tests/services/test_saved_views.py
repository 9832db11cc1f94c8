"""Saved views: one's own, a post's, everybody's."""

from typing import Any

import pytest

from app.errors import NotFoundError, PermissionDeniedError
from app.models.people import Post
from app.services.access import Context
from app.services.saved_views import EVERYBODY, NameNeededError, delete_view, list_views, save_view
from tests.factories import Office

LATE: dict[str, Any] = {"filter": {"late": True, "channel": "天猫"}, "columns": ["number", "goods"], "sort": ["due", 1]}


def shown(ctx: Context, panel: str = "orders") -> list[tuple[str, str, bool]]:
    return [(view.name, view.post, view.mine) for view in list_views(ctx, panel)]


def test_a_view_comes_back_as_it_was_saved(office: Office) -> None:
    save_view(office.ctx("service"), "orders", " 迟到 ", LATE)
    [view] = list_views(office.ctx("service"), "orders")
    assert (view.name, view.post, view.mine, view.definition) == ("迟到", "", True, LATE)


def test_ones_own_view_is_nobody_elses_and_no_other_panels(office: Office) -> None:
    save_view(office.ctx("service"), "orders", "迟到", LATE)
    assert shown(office.ctx("colleague")) == []
    assert shown(office.ctx("service"), "customers") == []


def test_a_shared_view_is_seen_by_its_post_or_by_all(office: Office) -> None:
    save_view(office.ctx("lead"), "orders", "客服", LATE, Post.SERVICE)
    save_view(office.ctx("lead"), "orders", "大家", LATE, EVERYBODY)
    assert shown(office.ctx("service")) == [("大家", "all", False), ("客服", "service", False)]
    assert shown(office.ctx("delivery")) == [("大家", "all", False)]
    assert shown(office.ctx("lead")) == [("大家", "all", True), ("客服", "service", True)]


@pytest.mark.parametrize("share", [Post.SERVICE, EVERYBODY])
def test_sharing_needs_the_right_to(office: Office, share: str) -> None:
    with pytest.raises(PermissionDeniedError, match="may not share a view"):
        save_view(office.ctx("service"), "orders", "大家", LATE, share)
    assert shown(office.ctx("service")) == []


def test_saving_again_under_a_name_replaces_ones_own_only(office: Office) -> None:
    save_view(office.ctx("lead"), "orders", "迟到", LATE, EVERYBODY)
    save_view(office.ctx("service"), "orders", "迟到", LATE)
    save_view(office.ctx("service"), "orders", "迟到", LATE | {"columns": ["number"]})
    views = list_views(office.ctx("service"), "orders")
    assert [(view.mine, view.definition["columns"]) for view in views] == [
        (False, ["number", "goods"]),
        (True, ["number"]),
    ]


def test_only_ones_own_view_is_thrown_away(office: Office) -> None:
    save_view(office.ctx("lead"), "orders", "大家", LATE, EVERYBODY)
    [view] = list_views(office.ctx("service"), "orders")
    with pytest.raises(NotFoundError):
        delete_view(office.ctx("service"), view.id)
    delete_view(office.ctx("lead"), view.id)
    assert shown(office.ctx("service")) == []
    with pytest.raises(NotFoundError):
        delete_view(office.ctx("lead"), view.id)


def test_a_shared_view_of_somebody_who_left_is_thrown_away_by_who_may_share(office: Office) -> None:
    save_view(office.ctx("lead"), "orders", "大家", LATE, EVERYBODY)
    save_view(office.ctx("lead"), "orders", "自己", LATE)
    [view] = list_views(office.ctx("manager"), "orders")
    assert (view.mine, view.removable) == (False, True)
    assert not list_views(office.ctx("service"), "orders")[0].removable
    delete_view(office.ctx("manager"), view.id)
    [own] = list_views(office.ctx("lead"), "orders")
    with pytest.raises(NotFoundError):
        delete_view(office.ctx("manager"), own.id)


def test_a_view_without_a_name_is_refused(office: Office) -> None:
    with pytest.raises(NameNeededError):
        save_view(office.ctx("service"), "orders", "  ", LATE)
