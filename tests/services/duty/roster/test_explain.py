"""Why a cell is as it is, as data and in words."""

from app.services.duty.roster.check import breaches
from app.services.duty.roster.explain import explain
from app.services.duty.roster.price import cost
from app.services.duty.roster.problem import FREE, Breach, Cover, Problem, Rule, Shift, Tally, Wish, Worker
from app.services.duty.roster.words import Words

SHIFTS = (Shift("早", 510, 1020, 450, never_next=frozenset()), Shift("晚", 750, 1260, 450))
PROBLEM = Problem(
    3,
    0,
    SHIFTS,
    (Worker("李雷", frozenset({0, 1}), away=frozenset({2})), Worker("韩梅梅", frozenset({0}))),
    covers=(Cover(0, frozenset({0}), least=1, wanted=2, under=5, over=1),),
    wishes=(Wish(0, 1, frozenset({0, 1}), on=False, weight=4), Wish(1, 1, frozenset({0}), on=True, weight=2)),
    tallies=(Tally("早", frozenset({0, 1, 2}), frozenset({0}), (0, 1), (0, 0), weight=3),),
    published=((0, FREE, FREE), (0, FREE, FREE)),
    change_weight=1,
)
CELLS = ((0, FREE, FREE), (FREE, 0, FREE))
WORDS = Words(PROBLEM, lambda day: f"day {day + 1}")


def test_the_price_has_its_parts() -> None:
    price = cost(PROBLEM, CELLS)
    assert (price.cover, price.wishes, price.fairness, price.changes) == (5, 0, (0,), 2)
    assert price.total == 7
    worse = cost(PROBLEM, ((1, 0, FREE), (FREE, FREE, FREE)))
    assert (worse.cover, worse.wishes, worse.fairness, worse.changes) == (10, 6, (3,), 3)


def test_each_other_content_is_told_with_what_it_breaks_or_costs() -> None:
    found = explain(PROBLEM, CELLS, 0, 0)
    assert (found.worker, found.day, found.shift) == (0, 0, 0)
    assert [(one.shift, [breach.rule for breach in one.broken]) for one in found.alternatives] == [
        (FREE, [Rule.TOO_FEW]),
        (1, [Rule.TOO_FEW]),
    ]
    leave = explain(PROBLEM, CELLS, 0, 2).alternatives
    assert all(one.broken == (Breach(Rule.AWAY, 0, 2, 2, shift=one.shift),) for one in leave)
    better = explain(PROBLEM, CELLS, 1, 0).alternatives[0]
    assert (better.shift, better.broken, better.more) == (0, (), -3)


def test_breaches_that_are_there_anyway_do_not_count() -> None:
    broken = ((FREE, FREE, 0), (FREE, FREE, FREE))
    assert len(breaches(PROBLEM, broken)) == 2
    assert explain(PROBLEM, broken, 1, 1).alternatives[0].broken == ()


def test_explanations_are_sentences() -> None:
    found = {one.shift: WORDS.alternative(one) for one in explain(PROBLEM, CELLS, 1, 1).alternatives}
    assert found[FREE] == "“off” would be possible and 4 points worse."
    assert found[1] == "“晚” is not possible: 韩梅梅 does not do the shift 晚 (day 2)."
    assert WORDS.alternative(explain(PROBLEM, CELLS, 1, 0).alternatives[0]) == (
        "“早” would be possible and 3 points better."
    )


def test_every_rule_has_its_sentences() -> None:
    for rule in Rule:
        breach = Breach(rule, None if rule in {Rule.TOO_FEW, Rule.TOO_MANY} else 1, 0, 2, 90, 120, shift=0, cover=0)
        for sentence in (WORDS.broken(breach), WORDS.rule(breach)):
            assert "{" not in sentence
            assert "韩梅梅" in sentence or breach.worker is None


def test_minutes_are_said_in_hours() -> None:
    assert WORDS.broken(Breach(Rule.WEEK_MOST, 0, 0, 6, 2670, 2640)) == (
        "李雷 works 44.5 h in the week from day 1 to day 7; at most 44 h are allowed."
    )
    assert WORDS.rule(Breach(Rule.TOO_FEW, None, 0, 0, limit=1, cover=0)) == "day 1, 早: at least 1 needed."
