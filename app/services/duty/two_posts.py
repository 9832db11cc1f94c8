"""Nobody is in two posts at once: needs of several posts together ask for as many people as all of them (rule D2).

Somebody who holds two posts, or acts in one beside their own, counts in each post's need; a shift that both needs name
would else be filled twice by one person. By Hall's theorem it is enough to ask for each group of needs that hang
together by such people as many as the needs of the group ask for.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from app.services.duty.roster.problem import Cover
from app.services.duty.rules import Demand

Asked = tuple[Demand, Cover]  # a need of a day, and how the planner is asked for it
Does = Callable[[int], frozenset[int]]  # the shifts that a worker does on that day


def together(asked: Sequence[Asked], under: int, does: Does) -> Iterator[Cover]:
    """What a day's needs ask for together, where one person could fill two of them. One missing costs `under`.

    Needs with a post and a shift in common are not taken together: who is in that post answers both. Nor are those
    where somebody does a shift that another's need names and their own does not: a cover is workers by shifts.
    """
    needs = [(demand, cover) for demand, cover in asked if demand.posts and (cover.least or cover.wanted)]
    pairs = combinations(range(len(needs)), 2)
    linked = {(one, other) for one, other in pairs if _is_filled_twice(needs[one], needs[other], does)}
    places = sorted({place for pair in linked for place in pair})
    for size in range(2, len(places) + 1):
        for chosen in combinations(places, size):
            group = [needs[place] for place in chosen]
            if _hangs_together(chosen, linked) and _are_apart(group) and _is_told_by_a_cover(group, does):
                yield _sum([cover for _demand, cover in group], under)


def _is_filled_twice(one: Asked, other: Asked, does: Does) -> bool:
    """Whether somebody in two posts can be put into a shift that counts for both."""
    shifts = one[1].shifts & other[1].shifts
    if not shifts or not _are_apart((one, other)):
        return False
    return any(shifts & does(worker) for worker in _workers(one[1]) & _workers(other[1]))


def _hangs_together(chosen: Sequence[int], linked: set[tuple[int, int]]) -> bool:
    """Whether there is a way from each to each; a group in two parts asks for nothing that its parts do not."""
    reached, waiting = {chosen[0]}, [chosen[0]]
    while waiting:
        here = waiting.pop()
        fresh = {to for to in chosen if to not in reached and (min(here, to), max(here, to)) in linked}
        reached |= fresh
        waiting += fresh
    return len(reached) == len(chosen)


def _are_apart(group: Sequence[Asked]) -> bool:
    """Whether no post answers two of the needs in one shift."""
    return not any(
        set(one[0].posts) & set(other[0].posts) and one[1].shifts & other[1].shifts
        for one, other in combinations(group, 2)
    )


def _is_told_by_a_cover(group: Sequence[Asked], does: Does) -> bool:
    """Whether whoever is asked for one of the needs counts for one of them in each shift of the group that they do."""
    covers = [cover for _demand, cover in group]
    every = frozenset[int]().union(*(cover.shifts for cover in covers))
    for worker in frozenset[int]().union(*map(_workers, covers)):
        own = frozenset[int]().union(*(cover.shifts for cover in covers if worker in _workers(cover)))
        if not does(worker) & every <= own:
            return False
    return True


def _workers(cover: Cover) -> frozenset[int]:
    return cover.workers or frozenset()


def _sum(covers: Sequence[Cover], under: int) -> Cover:
    return Cover(
        covers[0].day,
        frozenset().union(*(cover.shifts for cover in covers)),
        frozenset().union(*map(_workers, covers)),
        sum(cover.least for cover in covers),
        wanted=sum(cover.wanted or 0 for cover in covers),
        under=under,
        parts=tuple(cover.name for cover in covers),
    )
