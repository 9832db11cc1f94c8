"""Nobody is in two posts at once: needs of several posts together ask for as many people as all of them (rule D2).

Somebody who holds two posts, or acts in one beside their own, counts in each post's need; a shift that both needs name
would else be filled twice by one person. By Hall's theorem it is enough to ask for each group of needs that hang
together by such people as many as the needs of the group ask for. In a group each counts for as many needs as one of
their posts answers at once: for one, unless needs of one shift have a post in common.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from app.models.people import Post
from app.services.duty.roster.problem import Cover, Reach
from app.services.duty.rules import Demand

Posts = frozenset[Post]


@dataclass(frozen=True, slots=True)
class Asked:
    """A need of a day, and how the planner is asked for it: the cover at this place among all."""

    place: int
    demand: Demand
    cover: Cover


@dataclass(frozen=True, slots=True)
class Kind:
    """All who are in the same posts on a day, and the shifts that they do."""

    posts: Posts
    shifts: frozenset[int]
    workers: frozenset[int]


def kinds(posts: Iterable[Posts], does: Callable[[Posts], frozenset[int]]) -> list[Kind]:
    """Those in the same posts put together: the posts of each worker on that day, and the shifts that posts do."""
    alike: dict[Posts, set[int]] = defaultdict(set)
    for worker, held in enumerate(posts):
        alike[held].add(worker)
    return [Kind(held, does(held), frozenset(who)) for held, who in alike.items()]


def together(asked: Sequence[Asked], people: Sequence[Kind]) -> Iterator[Cover]:
    """What a day's needs ask for together, where one person could fill two of them.

    What is wanted, and not a must, is asked for together by needs alone that no post answers at once: only of those can
    be told how many of them one shortage is.
    """
    needs = [one for one in asked if one.demand.posts and (one.cover.least or one.cover.wanted)]
    pairs = combinations(range(len(needs)), 2)
    linked = {(one, other) for one, other in pairs if _is_filled_twice(needs[one], needs[other], people)}
    places = sorted({place for pair in linked for place in pair})
    apart = list[int]()
    for place in places:
        if not any(_is_answered_at_once(needs[place], needs[other], people) for other in apart):
            apart.append(place)
    for size in range(2, len(places) + 1):
        for chosen in combinations(places, size):
            if _hangs_together(chosen, linked):
                group = [needs[place] for place in chosen]
                yield from _sum(group, people, is_priced=frozenset(apart).issuperset(chosen))


def _is_filled_twice(one: Asked, other: Asked, people: Sequence[Kind]) -> bool:
    """Whether somebody in two posts can be put into a shift that counts for both needs, and is no post of both."""
    shifts, posts = one.cover.shifts & other.cover.shifts, (set(one.demand.posts), set(other.demand.posts))
    return any(
        shifts & kind.shifts and all(kind.posts & of for of in posts) and not kind.posts & posts[0] & posts[1]
        for kind in people
    )


def _is_answered_at_once(one: Asked, other: Asked, people: Sequence[Kind]) -> bool:
    """Whether somebody is in a post that answers both needs in one shift."""
    posts = set(one.demand.posts) & set(other.demand.posts)
    return bool(one.cover.shifts & other.cover.shifts) and any(kind.posts & posts for kind in people)


def _hangs_together(chosen: Sequence[int], linked: set[tuple[int, int]]) -> bool:
    """Whether there is a way from each to each; a group in two parts asks for nothing that its parts do not."""
    reached, waiting = {chosen[0]}, [chosen[0]]
    while waiting:
        here = waiting.pop()
        fresh = {to for to in chosen if to not in reached and (min(here, to), max(here, to)) in linked}
        reached |= fresh
        waiting += fresh
    return len(reached) == len(chosen)


def _sum(group: Sequence[Asked], people: Sequence[Kind], *, is_priced: bool) -> Iterator[Cover]:
    """The group's sum; nothing where some need asks for nobody, as the others ask for the same without it."""
    covers = [one.cover for one in group]
    least, wanted = ([one.least for one in covers], [one.wanted or 0 for one in covers])
    if all(least) or (is_priced and all(wanted)):
        reach = tuple(_reach(group, people))
        yield Cover(
            covers[0].day,
            frozenset().union(*(shifts for _workers, shifts in reach)),
            frozenset().union(*(workers or () for workers, _shifts in reach)),
            sum(least) if all(least) else 0,
            wanted=sum(wanted) if is_priced and all(wanted) else None,
            under=max(one.under for one in covers),
            parts=tuple(one.place for one in group),
            reach=reach,
        )


def _reach(group: Sequence[Asked], people: Sequence[Kind]) -> Iterator[Reach]:
    """Who counts in which shifts; who counts for more than one need is told so many times."""
    found: dict[tuple[int, frozenset[int]], frozenset[int]] = {}
    for kind in people:
        counts = {
            shift: max((_answered(group, post, shift) for post in kind.posts), default=0)
            for shift in frozenset[int]().union(*(one.cover.shifts for one in group))
        }
        for times in range(1, max(counts.values()) + 1):
            key = times, frozenset(shift for shift, many in counts.items() if many >= times)
            found[key] = found.get(key, frozenset()) | kind.workers
    for (_times, shifts), workers in found.items():
        yield workers, shifts


def _answered(group: Sequence[Asked], post: Post, shift: int) -> int:
    """How many of the needs who is in a post answers in a shift."""
    return sum(post in one.demand.posts and shift in one.cover.shifts for one in group)
