"""What competitors ask, beside the price that is proposed (竞品比较, rule P2); a price just seen is noted here."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.clock import office_day
from app.i18n import N_, _
from app.money import exponent, format_amount, format_money
from app.services.access import Context, Permission
from app.services.publishing.market import MarketNote, NoteKind, average_price, compare_competitors, note_market
from app.views.tasks import Tasks
from app.views.theme import GAP_2, Kind
from app.views.widgets.labels import label
from app.views.widgets.line_edit import LineEdit
from app.views.widgets.list_table import Column, ListTable

HEIGHT = 190
HIGHEST = 10_000_000


class Comparison(QWidget):
    """The newest price of each competitor with its difference to ours; `told` with the average, or ""."""

    told = Signal(str)

    def __init__(self, ctx: Context, tasks: Tasks, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ctx, self._tasks, self._title = ctx, tasks, title
        self._code, self._currency, self._price = "", "CNY", 0
        columns: tuple[Column[MarketNote], ...] = (
            Column(N_("Competitor"), lambda note: note.competitor),
            Column(N_("Their price"), lambda note: format_amount(note.price or 0, note.currency), right=True),
            Column(N_("Ours against it"), self._difference, right=True, colour=self._colour),
            Column(N_("Seen on"), lambda note: f"{note.day:%m-%d}"),
        )
        self.table: ListTable[MarketNote] = ListTable(columns, _("Competitors' prices"), 0)
        self.table.setFixedHeight(HEIGHT)
        self.average = label("", "small", wrap=True)
        self.competitor, self.price = LineEdit(), QDoubleSpinBox()
        self.competitor.setPlaceholderText(_("Competitor"))
        self.competitor.setAccessibleName(_("Competitor"))
        self.price.setAccessibleName(_("Their price"))
        self.price.setDecimals(exponent("CNY"))
        self.price.setRange(0, HIGHEST)
        self.note = QPushButton(_("Note"))
        self.note.setAutoDefault(False)
        self.note.clicked.connect(self._on_note_clicked)
        row = QHBoxLayout()
        row.setSpacing(GAP_2)
        for part, stretch in ((self.competitor, 1), (self.price, 0), (self.note, 0)):
            row.addWidget(part, stretch)
            part.setEnabled(ctx.may(Permission.MARKET_NOTE))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_2)
        column.addWidget(label(_("Competitors, last 30 days"), "caption"))
        column.addWidget(self.table)
        column.addWidget(self.average)
        column.addLayout(row)
        column.addStretch(1)

    def show_article(self, code: str, currency: str) -> None:
        """Compare another article."""
        self._code, self._currency = code, currency
        ctx = self._ctx
        self._tasks.run(self, lambda: compare_competitors(ctx, code), self._show)

    def set_price(self, minor: int) -> None:
        """Compare with another price of ours, in minor units."""
        self._price = minor
        self.table.viewport().update()

    def _show(self, notes: Sequence[MarketNote]) -> None:
        self.table.show_rows(notes)
        average = average_price([note for note in notes if note.currency == self._currency])
        if average is None:
            self.average.setText(_("No price of a competitor was noted lately."))
            return
        self.average.setText(_("average {price}").format(price=format_money(average, self._currency)))
        self.told.emit(_("competitors ask {price} on average").format(price=format_money(average, self._currency)))

    def _share(self, note: MarketNote) -> float | None:
        if not note.price or not self._price or note.currency != self._currency:
            return None
        return (self._price - note.price) / note.price

    def _difference(self, note: MarketNote) -> str:
        share = self._share(note)
        return "–" if share is None else f"{share:+.1%}"

    def _colour(self, note: MarketNote) -> Kind | None:
        share = self._share(note)
        return None if share is None else Kind.DANGER if share > 0 else Kind.OK

    def _on_note_clicked(self) -> None:
        day = office_day(self._ctx.clock)
        minor = round(self.price.value() * 10 ** exponent(self._currency))
        name = self.competitor.text().strip()
        note = MarketNote(day, NoteKind.PRICE, name, self._title, "", self._code, minor, self._currency)
        ctx = self._ctx
        self._tasks.run(self, lambda: note_market(ctx, note), lambda _number: self._on_noted())

    def _on_noted(self) -> None:
        self.competitor.clear()
        self.price.setValue(0)
        self.show_article(self._code, self._currency)
        self.competitor.setFocus()
