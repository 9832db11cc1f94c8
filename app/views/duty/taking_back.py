"""What was drawn by hand can be taken back (撤销), as long as the weeks in which it was drawn are shown."""

from collections.abc import Sequence
from datetime import date

from app.services.duty.rosters import Stroke


class TakingBack:
    """What would take each change back, the last one last."""

    def __init__(self) -> None:
        self._steps: list[Sequence[Stroke]] = []
        self._weeks: tuple[date, int] | None = None

    def __bool__(self) -> bool:
        return bool(self._steps)

    def turn_to(self, first: date, count: int) -> None:
        """These weeks are shown; what was drawn in others is not taken back unseen."""
        if self._weeks != (first, count):
            self._weeks = (first, count)
            self.forget()

    def add(self, strokes: Sequence[Stroke]) -> None:
        """A change was made that these would take back."""
        self._steps.append(strokes)

    def last(self) -> Sequence[Stroke]:
        """What takes the last change back, once."""
        return self._steps.pop()

    def forget(self) -> None:
        """What stands there now is not what was drawn."""
        self._steps.clear()
