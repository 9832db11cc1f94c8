"""Nobody is in two posts at once: a need of two posts together asks for as many people as both of them (rule D2).

Somebody who holds two posts, or acts in one beside their own, counts in each post's need; a shift that both needs name
would else be filled twice by one person.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations

from app.services.duty.roster.problem import Cover
from app.services.duty.rules import Demand

Asked = tuple[Demand, Cover]  # a need of a day, and how the planner is asked for it


def together(asked: Sequence[Asked], under: int) -> Iterator[Cover]:
    """What a day's needs ask for together, where they name the same shifts, share no post, and share a person.

    Needs with a post in common are left out: who is in that post answers both. One missing costs `under`.
    """
    by_shifts: dict[frozenset[int], list[Asked]] = {}
    for demand, cover in asked:
        if demand.posts and (cover.least or cover.wanted):
            by_shifts.setdefault(cover.shifts, []).append((demand, cover))
    for group in by_shifts.values():
        shared = [(one, other) for one, other in combinations(group, 2) if _shares_a_person(one, other)]
        yield from (_sum([one[1], other[1]], under) for one, other in shared)
        if len(group) > 2 and shared and all(_are_apart(one, other) for one, other in combinations(group, 2)):
            yield _sum([cover for _demand, cover in group], under)


def _are_apart(one: Asked, other: Asked) -> bool:
    return not set(one[0].posts) & set(other[0].posts)


def _shares_a_person(one: Asked, other: Asked) -> bool:
    return _are_apart(one, other) and bool(_workers(one[1]) & _workers(other[1]))


def _workers(cover: Cover) -> frozenset[int]:
    return cover.workers or frozenset()


def _sum(covers: Sequence[Cover], under: int) -> Cover:
    return Cover(
        covers[0].day,
        covers[0].shifts,
        frozenset().union(*map(_workers, covers)),
        sum(cover.least for cover in covers),
        wanted=sum(cover.wanted or 0 for cover in covers),
        under=under,
        parts=tuple(cover.name for cover in covers),
    )
