"""Tiny offices with people in several posts, and what their needs cost, found by putting everybody into each post."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product

from app.models.people import Post
from app.services.duty.roster.problem import Cells, Cover, Problem, Worker
from app.services.duty.rules import WORKED, Demand
from app.services.duty.two_posts import Asked, kinds, together
from tests.services.duty.roster.making import SHIFTS, hard_rows_problem

POSTS = (Post.SERVICE, Post.PLANNER, Post.LISTING, Post.DESIGN)
TOGETHER = (POSTS[:2], POSTS[2:], POSTS)  # posts of which one need asks for any
UNDER = 7

Filled = tuple[int, ...]  # how many people each need has


@dataclass(frozen=True, slots=True)
class Office:
    """A problem whose covers are these needs and their sums, and who is in which posts."""

    problem: Problem
    needs: tuple[Asked, ...]
    posts: tuple[frozenset[Post], ...]

    def of(self, day: int) -> list[Asked]:
        """The needs of a day."""
        return [need for need in self.needs if need.cover.day == day]

    def is_apart(self) -> bool:
        """Whether no post answers two needs of a day in one shift."""
        return not any(
            one.cover.day == other.cover.day
            and one.cover.shifts & other.cover.shifts
            and set(one.demand.posts) & set(other.demand.posts)
            for one, other in combinations(self.needs, 2)
        )

    def ways(self, day: int, cells: Cells) -> set[Filled]:
        """What the day's needs have when everybody at work is in one of their posts, for each way to do that."""
        needs, ways = self.of(day), {(0,) * len(self.of(day))}
        for posts, row in zip(self.posts, cells, strict=True):
            filled = {
                tuple(post in need.demand.posts and row[day] in need.cover.shifts for need in needs) for post in posts
            }
            ways = {tuple(map(sum, zip(way, more, strict=True))) for way in ways for more in filled}
        return ways

    def is_enough(self, cells: Cells) -> bool:
        """Whether each day's needs can be filled."""
        return all(
            any(
                all(many >= need.cover.least for many, need in zip(way, self.of(day), strict=True))
                for way in self.ways(day, cells)
            )
            for day in range(self.problem.days)
        )

    def missing(self, day: int, cells: Cells) -> int:
        """How many are missing of what is wanted, in the best way."""
        return min(
            sum(max(0, (need.cover.wanted or 0) - many) for many, need in zip(way, self.of(day), strict=True))
            for way in self.ways(day, cells)
        )


def office_of_posts(chance: random.Random, *, people: int = 3, days: int = 2, apart: bool = False) -> Office:
    """Anybody in up to three posts; needs of one post, of two or of all. `apart`: of one, and no post has two needs."""
    posts = tuple(frozenset(chance.sample(POSTS, chance.choice((1, 1, 2, 2, 3)))) for _person in range(people))
    needs = list[Asked]()
    for day in range(days):
        for post in chance.sample(POSTS, chance.randrange(2, 5)):
            asked = (post,) if apart or chance.random() < 0.6 else chance.choice(TOGETHER)
            needs.append(_need(chance, len(needs), day, asked, posts))
    alike = kinds(posts, lambda _posts: frozenset({0, 1}))
    sums = [one for day in range(days) for one in together([need for need in needs if need.cover.day == day], alike)]
    workers = tuple(_worker(chance, f"W{number}", days) for number in range(people))
    problem = Problem(days, 0, SHIFTS[:2], workers, (*(need.cover for need in needs), *sums))
    return Office(problem, tuple(needs), posts)


def _worker(chance: random.Random, name: str, days: int) -> Worker:
    return Worker(
        name,
        frozenset({0, 1}),
        least_minutes=chance.choice((None, None, SHIFTS[0].minutes)),
        longest_run=chance.choice((None, None, 1)),
        away=frozenset({chance.randrange(days)}) if chance.random() < 0.2 else frozenset(),
    )


def _need(
    chance: random.Random, place: int, day: int, asked: tuple[Post, ...], posts: Sequence[frozenset[Post]]
) -> Asked:
    workers = frozenset(number for number, held in enumerate(posts) if held & set(asked))
    shifts = frozenset(chance.sample((0, 1), chance.choice((1, 2))))
    least, wanted = chance.choice((0, 0, 0, 1, 1, 2)), chance.choice((0, 1, 1, 2))
    over, name = chance.randrange(3), str(place)
    cover = Cover(day, shifts, workers, least, None, wanted, UNDER, over, name)
    return Asked(place, Demand(name, WORKED, (), asked, least, wanted), cover)


def hard_office_of_posts(people: int) -> Problem:
    """Two weeks in two posts, a third of the people in both of them: the best mixture is no roster."""
    problem, chance = hard_rows_problem(people), random.Random(people)
    held = (POSTS[:1], POSTS[1:2], POSTS[:2])
    posts = tuple(frozenset(held[number % 3]) for number in range(people))
    covers = list[Cover]()
    needs = list[Asked]()
    for day, shift, post in product(range(problem.days), (0, 1), POSTS[:2]):
        who = frozenset(number for number, one in enumerate(posts) if post in one)
        wanted, name = people * 3 // 20 + chance.randrange(2), str(len(needs))
        cover = Cover(day, frozenset({shift}), who, wanted=wanted, under=20, over=1, name=name)
        needs.append(Asked(len(needs), Demand(name, WORKED, (), (post,), 0, wanted), cover))
        covers.append(cover)
    alike = kinds(posts, lambda _posts: frozenset({0, 1}))
    for day in range(problem.days):
        covers += together([need for need in needs if need.cover.day == day], alike)
    return replace(problem, covers=tuple(covers))
