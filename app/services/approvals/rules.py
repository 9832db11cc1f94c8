"""The rule table (审批规则): which kind of proposal needs whom, in which order, from which amount on."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.models.people import Post


@dataclass(frozen=True, slots=True)
class Step:
    """A post that must agree; `above` in minor units of the proposal's own currency: larger amounts need it, 0 all."""

    post: Post
    above: int = 0


Rules = Mapping[str, Sequence[Step]]

# What the office's rules say where it has not chosen otherwise (P2–P4, P10, P11, C3, O8, D3).
DEFAULT_RULES: Rules = {
    "price": (Step(Post.MANAGER),),
    "listing": (Step(Post.MANAGER),),
    "delisting": (Step(Post.MANAGER),),
    "promotion": (Step(Post.MANAGER), Step(Post.DIRECTOR, 20_000_00)),
    "concession": (Step(Post.LEAD), Step(Post.MANAGER, 200_00), Step(Post.DIRECTOR, 2_000_00)),
    "refund": (Step(Post.LEAD), Step(Post.MANAGER, 200_00), Step(Post.DIRECTOR, 2_000_00)),
    "bad_customer": (Step(Post.MANAGER),),
    "count": (Step(Post.MANAGER), Step(Post.DIRECTOR, 5_000_00)),
    "content": (Step(Post.MANAGER),),
    "front_page": (Step(Post.MANAGER), Step(Post.DIRECTOR)),
    "confidential": (Step(Post.MANAGER), Step(Post.DIRECTOR)),
    "swap": (Step(Post.LEAD),),
    "swap_of_lead": (Step(Post.MANAGER),),
    "leave": (Step(Post.MANAGER),),
    "resignation": (Step(Post.MANAGER), Step(Post.DIRECTOR)),
}

DECIDERS = (Post.LEAD, Post.MANAGER, Post.DIRECTOR)  # the posts that can be asked

# Who may decide in a post's place without being asked to: those above it.
ABOVE: Mapping[Post, frozenset[Post]] = {
    Post.LEAD: frozenset({Post.MANAGER, Post.DIRECTOR}),
    Post.MANAGER: frozenset({Post.DIRECTOR}),
}


def written(rules: Rules) -> dict[str, list[list[str | int]]]:
    """The rules as the setting keeps them."""
    return {kind: [[step.post.value, step.above] for step in steps] for kind, steps in rules.items()}


def rules_of(kept: Mapping[str, Sequence[Sequence[Any]]]) -> Rules:
    """The rules that a setting says; kinds that it does not name have the default ones."""
    chosen = {kind: tuple(Step(Post(post), above) for post, above in steps) for kind, steps in kept.items()}
    return {**DEFAULT_RULES, **chosen}


def steps_for(rules: Rules, kind: str, amount: int | None) -> list[Post]:
    """The posts that must agree, in their order; the first one always."""
    first, *more = rules[kind]
    return [first.post, *(step.post for step in more if step.above == 0 or (amount or 0) > step.above)]


def may_decide(post: Post, waits_for: Post, later: Collection[Post] = ()) -> bool:
    """Whether a post may decide what waits for another; none stands in where its own turn comes `later`."""
    return post is waits_for or (post in ABOVE.get(waits_for, frozenset()) and post not in later)
