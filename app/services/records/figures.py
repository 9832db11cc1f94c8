"""The figures of a day as the paper shows them and the sealing entry keeps them."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from app.services.papers.content import DayOrder, LateContact, SetAside
from app.services.records.window import Window


@dataclass(slots=True)
class Group:
    """Orders of one channel or in one state, and what they come to in each currency."""

    orders: int = 0
    payable: Counter[str] = field(default_factory=Counter)

    def add(self, minor: int, currency: str) -> None:
        """Count one order."""
        self.orders += 1
        self.payable[currency] += minor


@dataclass(slots=True)
class Day:
    """What happened in a window; orders of the past that were only imported are counted, no more."""

    window: Window
    orders: list[DayOrder] = field(default_factory=list)
    late: list[LateContact] = field(default_factory=list)
    held: list[SetAside] = field(default_factory=list)
    cancelled: list[SetAside] = field(default_factory=list)
    in_time: int = 0
    confirmed: int = 0
    history: int = 0
    all: Group = field(default_factory=Group)
    by_channel: defaultdict[str, Group] = field(default_factory=lambda: defaultdict(Group))
    by_state: defaultdict[str, Group] = field(default_factory=lambda: defaultdict(Group))

    def counts(self) -> dict[str, Any]:
        """The figures as the sealing entry keeps them; channels and states by their codes."""
        return {
            "accepted": self.all.orders,
            "in_time": self.in_time,
            "late": len(self.late),
            "confirmed": self.confirmed,
            "held": len(self.held),
            "cancelled": len(self.cancelled),
            "history": self.history,
            "channels": {name: group.orders for name, group in self.by_channel.items()},
            "states": {name: group.orders for name, group in self.by_state.items()},
        }
