"""Tells what colleagues ask of one, for as long as it waits for an answer."""

from collections.abc import Callable, Sequence
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from app.i18n import _
from app.views.changes import Changes
from app.views.looking import Looking
from app.views.tasks import Tasks

NAMED = 3


class Ask(Protocol):
    """Something that waits for an answer; `asked` is the last entry that asked for it."""

    @property
    def about(self) -> int:
        """What it is about."""

    @property
    def asked(self) -> int:
        """The entry."""


T = TypeVar("T", bound=Ask)


class Asked(Looking, Generic[T]):
    """Looks each minute and after each change; `told` says what waits ("": nothing) and whether some of it is new."""

    told = Signal(str, bool)

    def __init__(
        self,
        find: Callable[[], Sequence[T]],
        text: Callable[[Sequence[T]], str],
        watches: frozenset[str],
        tasks: Tasks,
        changes: Changes,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._find, self._text, self._watches, self._tasks = find, text, watches, tasks
        self._known: Sequence[T] = []
        changes.changed.connect(self._on_changed)

    def look(self) -> None:
        self._tasks.run(self, self._find, self.tell)

    def tell(self, asks: Sequence[T]) -> None:
        """Tell what differs from what was told last; what is asked for once more, having been answered, is new."""
        if asks == self._known:
            return
        heard = {ask.about: ask.asked for ask in self._known}
        self._known = asks
        fresh = any(ask.asked > heard.get(ask.about, 0) for ask in asks)
        self.told.emit(self._text(asks) if asks else "", fresh)

    def _on_changed(self, tables: frozenset[str]) -> None:
        if self._watches & tables and self._timer.isActive():
            self.look()


def named(names: Sequence[str]) -> str:
    """A few of those who ask, each once."""
    people = list(dict.fromkeys(names))
    return _(", ").join(people[:NAMED]) + (" …" if len(people) > NAMED else "")
