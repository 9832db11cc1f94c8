"""The words for who is on: in the window's bar and beside the roster."""

from app.services.duty.now import Hotline, Now
from app.views.duty.on_now import bar_text, hint_text, hotline_text

TO_LEAD = Hotline(False, "赵倩", "", 1_795_912_200_000)


def test_last_weeks_person_on_call_is_told_on_monday_before_the_office_opens() -> None:
    assert bar_text(Now(False, (), 7, "赵倩", "", TO_LEAD)) == "On call 赵倩"
    assert bar_text(Now(False, (), None, "", "", TO_LEAD)) == ""


def test_a_number_that_nobody_entered_is_said_to_be_missing() -> None:
    assert hotline_text(Now(True, (), 7, "赵倩", "", TO_LEAD)).endswith("→ 赵倩 no number known")


def test_the_bars_hint_tells_where_the_hotline_goes_and_until_when() -> None:
    told = hint_text(Now(True, (), 7, "赵倩", "13900002210", Hotline(True, "", "0719-118", 1_795_912_200_000)))
    called, hotline = told.splitlines()
    assert called == "On call: 赵倩 13900002210"
    assert hotline.startswith("Hotline: Until ")
    assert hotline.endswith("the desk 0719-118")
