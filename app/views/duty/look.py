"""What of the roster is looked at, so that a window made anew shows the same."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class RosterLook:
    """Which weeks, and how: draft or published, and the version chosen by hand that they are compared with.

    `weeks` is the place of how many there are among those that can be chosen.
    """

    first: date
    weeks: int
    published: bool
    compared: tuple[int | None] | None
