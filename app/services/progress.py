"""How long work says how far it is: a share from 0 to 1; a callback that raises CancelledError stops the work."""

from collections.abc import Callable

Progress = Callable[[float], None]


def silent(_share: float) -> None:
    """For callers who do not want to know."""


def part_of(whole: Progress, start: float, end: float) -> Progress:
    """The progress of a part of the work, told as the progress of the whole from `start` to `end`."""

    def tell(share: float) -> None:
        whole(start + share * (end - start))

    return tell
