"""Tells what colleagues ask one to take over (交接), for as long as it waits for an answer (rule D3)."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from app.i18n import _, ngettext
from app.services.access import Context
from app.services.leave.reading import Offer, offered_to_me
from app.views.changes import Changes
from app.views.looking import Looking
from app.views.tasks import Tasks

NAMED = 3
WATCHES = frozenset({"handovers", "leaves"})


class Offers(Looking):
    """Looks each minute and after each change; `told` says what waits ("": nothing) and whether some of it is new."""

    told = Signal(str, bool)

    def __init__(self, ctx: Context, tasks: Tasks, changes: Changes, parent: QObject) -> None:
        super().__init__(parent)
        self._ctx, self._tasks = ctx, tasks
        self._known: list[Offer] = []
        changes.changed.connect(self._on_changed)

    def look(self) -> None:
        ctx = self._ctx
        self._tasks.run(self, lambda: offered_to_me(ctx), self.tell)

    def tell(self, offers: list[Offer]) -> None:
        """Tell what differs from what was told last; what is asked for once more, having been answered, is new."""
        if offers == self._known:
            return
        heard = {offer.leave: offer.asked for offer in self._known}
        self._known = offers
        self.told.emit(offer_text(offers), any(offer.asked > heard.get(offer.leave, 0) for offer in offers))

    def _on_changed(self, tables: frozenset[str]) -> None:
        if WATCHES & tables and self._timer.isActive():
            self.look()


def offer_text(offers: Sequence[Offer]) -> str:
    """One sentence however many colleagues; "" where nothing waits."""
    if not offers:
        return ""
    count, people = sum(offer.things for offer in offers), list(dict.fromkeys(offer.name for offer in offers))
    names = _(", ").join(people[:NAMED]) + (" …" if len(people) > NAMED else "")
    told = ngettext(
        "{count} thing to take over asks for your answer: {names}",
        "{count} things to take over ask for your answer: {names}",
        count,
    )
    return told.format(count=count, names=names)
