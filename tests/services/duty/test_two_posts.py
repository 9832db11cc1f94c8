"""Somebody with two posts is counted in one of them: red where one person fills two posts' needs, planned otherwise."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.i18n import set_language
from app.models.people import Post
from app.services.duty.papers import wall_sheet_for
from app.services.duty.roster.check import breaches
from app.services.duty.roster.outcome import Status
from app.services.duty.roster.price import cost
from app.services.duty.roster.process import Planner
from app.services.duty.rosters import read_roster
from app.services.duty.rules import DEFAULT_RULES, WORKED, Demand, written
from app.services.duty.solve import plan_span
from app.services.duty.span import Span
from app.services.duty.words import words_of
from app.services.leave.acting import ActingDraft, begin_acting
from app.services.office import change_settings, office_settings
from app.views.duty.sheet import Sheet
from tests.services.duty.making import MONDAY, drawn
from tests.services.orders.making import Crew
from tests.services.papers.reading import text_of

NEXT = MONDAY + timedelta(weeks=1)
FRIDAY = NEXT + timedelta(days=4)
EARLY, LATE = 0, 1  # the places of these shifts among the rules
PLANNERS = Demand("策划早班", WORKED, ("8:30",), (Post.PLANNER,), 1, 1)
DESK = replace(DEFAULT_RULES.demands[0], posts=(Post.SERVICE,))


@pytest.fixture
def acting(crew: Crew) -> Crew:
    """The planner acts at the service desk for a week in which both posts need somebody early."""
    change_rules(crew, DESK, PLANNERS)
    begin_acting(crew.manager, ActingDraft(crew.planner.person, Post.SERVICE, None, NEXT, FRIDAY, "空缺"))
    return crew


def change_rules(crew: Crew, *needs: Demand, without: int = 1) -> None:
    """Let these needs stand for so many of the usual ones."""
    seen = office_settings(crew.manager)
    rules = replace(DEFAULT_RULES, demands=(*needs, *DEFAULT_RULES.demands[without:]))
    change_settings(crew.manager, replace(seen, duty_rules=written(rules)), seen)


def told(span: Span) -> list[str]:
    """What is broken of needs on the week's Monday."""
    found = [one for one in breaches(span.problem, span.cells()) if one.cover is not None and one.first_day == 0]
    return [words_of(span).broken(one) for one in found]


def test_one_person_does_not_fill_two_posts_needs(acting: Crew) -> None:
    crew = acting
    drawn(crew.lead, {crew.planner.person: "8:30 - - - - - -", crew.clerk.person: "12:30 - - - - - -"}, monday=NEXT)
    span = read_roster(crew.lead, NEXT, 1)
    both = "Service, early + 策划早班 (nobody is in two posts at once): 1 planned; at least 2 needed."
    assert [one.partition(", ")[2] for one in told(span) if "on call" not in one] == [both]
    sheet = Sheet(span, now=crew.clock.now())
    assert sheet.is_short(0)
    assert sheet.service(0) == (2, 3)
    drawn(crew.lead, {crew.colleague.person: "8:30 - - - - - -"}, monday=NEXT)
    again = read_roster(crew.lead, NEXT, 1)
    assert not [one for one in told(again) if "two posts" in one]
    assert Sheet(again, now=crew.clock.now()).service(0) == (3, 3)


def test_the_planner_puts_a_second_person_there(acting: Crew) -> None:
    with Planner() as planner:
        outcome = plan_span(acting.lead, planner, read_roster(acting.lead, NEXT, 1), seconds=20).outcome
    assert outcome.status is Status.PROVEN
    assert outcome.cells is not None
    early = [sum(row[day] == EARLY for row in outcome.cells) for day in range(5)]
    assert min(early) >= 2


def test_who_is_in_a_post_that_both_needs_name_fills_both(acting: Crew) -> None:
    crew = acting
    change_rules(crew, replace(DESK, posts=(Post.SERVICE, Post.PLANNER)), PLANNERS)
    drawn(crew.lead, {crew.planner.person: "8:30 - - - - - -"}, monday=NEXT)
    span = read_roster(crew.lead, NEXT, 1)
    assert not [cover for cover in span.problem.covers if cover.parts]


def test_three_posts_ask_for_three(acting: Crew) -> None:
    crew = acting
    listing = Demand("专员早班", WORKED, ("8:30",), (Post.LISTING,), 1, 1)
    shifts = tuple(
        replace(kind, posts=(*kind.posts, Post.LISTING)) if kind.code == "8:30" else kind
        for kind in DEFAULT_RULES.shifts
    )
    begin_acting(crew.manager, ActingDraft(crew.specialist.person, Post.SERVICE, None, NEXT, FRIDAY, "空缺"))
    seen = office_settings(crew.manager)
    rules = replace(DEFAULT_RULES, shifts=shifts, demands=(DESK, PLANNERS, listing, *DEFAULT_RULES.demands[1:]))
    change_settings(crew.manager, replace(seen, duty_rules=written(rules)), seen)
    assert sums(crew) == {
        (DESK.name, "策划早班"): 2,
        (DESK.name, "专员早班"): 2,
        (DESK.name, "策划早班", "专员早班"): 3,
    }


def sums(crew: Crew) -> dict[tuple[str, ...], int]:
    """What Monday's needs ask for together."""
    covers = read_roster(crew.lead, NEXT, 1).problem.covers
    return {
        tuple(covers[part].name for part in cover.parts): cover.least
        for cover in covers
        if cover.parts and cover.day == 0
    }


def test_needs_that_share_one_of_their_shifts_are_asked_for_together(acting: Crew) -> None:
    crew = acting
    desk = replace(DESK, name="客服", shifts=("8:30", "12:30"), least=2, wanted=2)
    change_rules(crew, desk, PLANNERS, without=2)
    assert sums(crew) == {("客服", "策划早班"): 3}
    drawn(crew.lead, {crew.planner.person: "8:30 - - - - - -", crew.clerk.person: "12:30 - - - - - -"}, monday=NEXT)
    both = "客服 + 策划早班 (nobody is in two posts at once): 2 planned; at least 3 needed."
    assert both in [one.partition(", ")[2] for one in told(read_roster(crew.lead, NEXT, 1))]
    drawn(crew.lead, {crew.colleague.person: "8:30 - - - - - -"}, monday=NEXT)
    assert not [one for one in told(read_roster(crew.lead, NEXT, 1)) if "two posts" in one]


def test_needs_of_one_post_in_different_shifts_count_together_with_another_post_s(acting: Crew) -> None:
    crew = acting
    early, late = DEFAULT_RULES.demands[:2]
    anywhere = replace(PLANNERS, name="策划", shifts=("8:30", "12:30"))
    change_rules(crew, early, late, anywhere, without=2)
    assert sums(crew) == {(early.name, "策划"): 2, (late.name, "策划"): 2, (early.name, late.name, "策划"): 3}


def test_who_does_a_shift_that_only_another_s_need_names_is_not_counted_for_their_own(acting: Crew) -> None:
    crew = acting
    change_rules(crew, DESK, replace(PLANNERS, name="策划", shifts=("8:30", "12:30")), without=2)
    assert sums(crew) == {(DESK.name, "策划"): 2}
    drawn(crew.lead, {crew.planner.person: "8:30 - - - - - -", crew.clerk.person: "12:30 - - - - - -"}, monday=NEXT)
    both = "Service, early + 策划 (nobody is in two posts at once): 1 planned; at least 2 needed."
    assert both in [one.partition(", ")[2] for one in told(read_roster(crew.lead, NEXT, 1))]
    assert Sheet(read_roster(crew.lead, NEXT, 1), now=crew.clock.now()).service(0) == (
        1,
        2,
    )  # the desk's late shift is not the early one
    drawn(crew.lead, {crew.colleague.person: "8:30 - - - - - -"}, monday=NEXT)
    assert not [one for one in told(read_roster(crew.lead, NEXT, 1)) if "two posts" in one]


def test_the_planner_does_not_fill_two_needs_by_one_person_on_the_shift_they_share(acting: Crew) -> None:
    crew = acting
    desk = replace(DESK, name="客服", shifts=("8:30", "12:30"), least=2, wanted=2)
    change_rules(crew, desk, PLANNERS, without=2)
    with Planner() as planner:
        outcome = plan_span(crew.lead, planner, read_roster(crew.lead, NEXT, 1), seconds=20).outcome
    assert outcome.cells is not None
    span = read_roster(crew.lead, NEXT, 1)
    places = [number for number, line in enumerate(span.lines) if set(line.posts) & {Post.SERVICE, Post.PLANNER}]
    for day in range(5):
        assert sum(outcome.cells[place][day] in (EARLY, LATE) for place in places) >= 3


def test_who_is_in_a_post_that_answers_two_needs_counts_for_both_and_who_is_not_for_one(acting: Crew) -> None:
    crew = acting
    change_rules(
        crew,
        replace(DESK, name="客服早班", posts=(Post.SERVICE, Post.LISTING)),
        replace(PLANNERS, posts=(Post.PLANNER, Post.LISTING)),
    )
    drawn(crew.lead, {crew.planner.person: "8:30 - - - - - -"}, monday=NEXT)
    set_language("zh_CN")
    both = "：客服早班 + 策划早班（一人不能同时顶两个岗；所在岗位同时满足两项需求的，按两人计）只有 1 人，至少需 2 人。"
    assert [one for one in told(read_roster(crew.lead, NEXT, 1)) if one.endswith(both)]
    drawn(crew.lead, {crew.specialist.person: "8:30 - - - - - -"}, monday=NEXT)
    assert not [one for one in told(read_roster(crew.lead, NEXT, 1)) if "两个岗" in one]


def test_one_person_too_few_in_two_posts_costs_once(acting: Crew) -> None:
    crew = acting
    prices = []
    for row in ("- - - - - - -", "8:30 - - - - - -"):
        drawn(crew.lead, {crew.planner.person: row}, monday=NEXT)
        span = read_roster(crew.lead, NEXT, 1)
        prices.append(cost(span.problem, span.cells()).cover)
    assert prices[0] - prices[1] == DEFAULT_RULES.weights.under  # of the two that are asked for


def test_the_paper_says_as_many_as_the_panel(acting: Crew, tmp_path: Path) -> None:
    crew = acting
    drawn(crew.lead, {crew.planner.person: "8:30 - - - - - -", crew.clerk.person: "12:30 - - - - - -"}, monday=NEXT)
    wall_sheet_for(crew.lead, NEXT, 1, tmp_path / "wall.pdf")
    assert Sheet(read_roster(crew.lead, NEXT, 1), now=crew.clock.now()).service(0) == (2, 3)
    assert "2/30/3" in text_of(tmp_path / "wall.pdf")
