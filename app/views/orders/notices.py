"""The clock's voice: a sound and a tray notice when the desk, then the lead, is told, and when late; one a stage.

The service puts each stage on record once, whichever window looks first; each window tells its own person.
"""

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from app.clock import to_ms
from app.i18n import _, ngettext
from app.models.people import Post
from app.services.access import Context, Permission
from app.services.duty.now import leads_now
from app.services.orders.waiting import Waiting, urgent_orders
from app.services.orders.watch import STAGES, remind_due
from app.views.icons import icon
from app.views.looking import Looking
from app.views.sound import Tone
from app.views.tasks import Tasks

LOOK_MS = 5_000
QUIET_MS = 60_000
KEPT = 50
LISTED = 15
NAMED = 5
LEADS = frozenset({Post.LEAD, Post.MANAGER, Post.DIRECTOR})


@dataclass(frozen=True, slots=True)
class Told:
    """A notice as the bell's list keeps it."""

    text: str
    orders: tuple[Waiting, ...] = ()
    go: Callable[[], object] | None = None  # where a notice of another kind leads
    about: str = ""  # what it tells of, where there is one notice of that at most


class Notices(Looking):
    """Looks every few seconds; `counted` for the bell, `order_wanted` when a notice is chosen.

    What the lead is told of goes to whom the roster has on call or leading; where nobody is planned, to every lead.
    """

    counted = Signal(int)
    order_wanted = Signal(int)

    def __init__(self, ctx: Context, tasks: Tasks, play: Callable[[Tone], None], parent: QObject) -> None:
        super().__init__(parent, LOOK_MS)
        self._ctx, self._tasks, self._play = ctx, tasks, play
        self._told: list[Told] = []
        self._known: dict[int, tuple[int, int]] = {}  # order → since when it waits, the stage that was told
        self._said: dict[int, int] = {}  # stage → when it was last told of
        self._tray = QSystemTrayIcon(icon("bell-outline", "accent"), self)
        if QSystemTrayIcon.isSystemTrayAvailable():
            self._tray.show()

    def stop(self) -> None:
        """Stop, and leave the tray."""
        super().stop()
        self._tray.hide()

    def look(self) -> None:
        ctx = self._ctx

        def work() -> tuple[list[Waiting], frozenset[int]]:
            remind_due(ctx)
            waiting = urgent_orders(ctx)
            return waiting, leads_now(ctx) if any(STAGES[one.stage] == "lead" for one in waiting) else frozenset()

        self._tasks.run(self, work, lambda found: self.tell(*found))

    def tell(self, waiting: Sequence[Waiting], leads: frozenset[int] = frozenset()) -> None:
        """Tell whom it concerns what has come to a new stage: a notice a stage in a minute, however many orders."""
        self._keep({one.id for one in waiting})
        now = to_ms(self._ctx.clock.now())
        known = {one.id: self._known.get(one.id) for one in waiting}
        for stage in sorted({one.stage for one in waiting}):
            fresh = [one for one in waiting if one.stage == stage and known[one.id] != (one.since, stage)]
            if not fresh or 0 <= now - self._said.get(stage, -QUIET_MS) < QUIET_MS:
                continue  # what comes within the minute is told together when it is over
            known |= {one.id: (one.since, stage) for one in fresh}
            if self._concerned(stage, leads):
                self._said[stage] = now
                self._say(fresh)
        self._known = {order: told for order, told in known.items() if told is not None}

    def _concerned(self, stage: int, leads: frozenset[int]) -> bool:
        if STAGES[stage] != "lead":
            return self._ctx.may(Permission.ORDER_CONTACT)
        return (
            self._ctx.person in leads if leads else self._ctx.may(Permission.ORDER_CONTACT) and self._ctx.post in LEADS
        )

    def announce(self, text: str, tone: Tone, go: Callable[[], object], about: str = "") -> None:
        """Tell of something that is no order's: with a sound, in the tray, and in the bell's list.

        What was told `about` the same is no longer listed.
        """
        if about:
            self.amend(about, "")
        self._play(tone)
        self._tray.showMessage(_("Zhanggui"), text, icon("clock-alert-outline", "accent"))
        self._add(Told(text, go=go, about=about))

    def amend(self, about: str, text: str) -> None:
        """Change without a sound what the list says about something; "" takes it off, what was cleared stays away."""
        kept = [one for one in self._told if text or one.about != about]
        self._told = [replace(one, text=text) if one.about == about else one for one in kept]
        self.counted.emit(len(self._told))

    def _say(self, orders: Sequence[Waiting]) -> None:
        named = {one.id for one in orders}
        self._keep({one.id for told in self._told for one in told.orders} - named)
        text = _text(orders)
        self._play(Tone.LATE if STAGES[orders[0].stage] == "late" else Tone.NOTICE)
        self._tray.showMessage(_("Zhanggui"), text, icon("clock-alert-outline", "accent"))
        self._add(Told(text, tuple(orders)))

    def _keep(self, waiting: Set[int]) -> None:
        """Name in the list only orders that wait: one is named where it was told of last, until it is contacted."""
        kept = []
        for told in self._told:
            left = tuple(one for one in told.orders if one.id in waiting)
            if left == told.orders:
                kept.append(told)
            elif left:
                kept.append(replace(told, text=_text(left), orders=left))
        if kept != self._told:
            self._told = kept
            self.counted.emit(len(kept))

    def add(self, text: str) -> None:
        """Keep a notice of another kind: a watched folder's import, a record that was made."""
        self._add(Told(text))

    def _add(self, told: Told) -> None:
        self._told.insert(0, told)
        del self._told[KEPT:]
        self.counted.emit(len(self._told))

    def fill(self, menu: QMenu) -> None:
        """Fill the bell's menu; a notice of orders leads to the first of them."""
        menu.clear()
        if not self._told:
            menu.addAction(_("No notices")).setEnabled(False)
        for told in self._told[:LISTED]:
            action = menu.addAction(told.text)
            action.setEnabled(bool(told.orders) or told.go is not None)
            if told.go is not None:
                action.triggered.connect(lambda _checked=False, go=told.go: go())
            elif told.orders:
                first = told.orders[0].id
                action.triggered.connect(lambda _checked=False, first=first: self.order_wanted.emit(first))
        if self._told:
            menu.addSeparator()
            menu.addAction(_("Clear notices")).triggered.connect(self._clear)

    def _clear(self) -> None:
        self._told.clear()
        self.counted.emit(0)


def _text(orders: Sequence[Waiting]) -> str:
    """One sentence for however many orders of a stage."""
    count, numbers = len(orders), _(", ").join(one.number for one in orders[:NAMED])
    numbers += " …" if count > NAMED else ""
    sentences = {
        "remind": ngettext(
            "{count} order waits for contact: {numbers}",
            "{count} orders wait for contact: {numbers}",
            count,
        ),
        "lead": ngettext(
            "Lead: {count} order will soon be late: {numbers}",
            "Lead: {count} orders will soon be late: {numbers}",
            count,
        ),
        "late": ngettext(
            "{count} order is late; its contact asks for the reason: {numbers}",
            "{count} orders are late; their contact asks for the reason: {numbers}",
            count,
        ),
    }
    return sentences[STAGES[orders[0].stage]].format(count=count, numbers=numbers)
