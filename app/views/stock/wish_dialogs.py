"""Asking for goods (要货, rule P8), and following a wish: answered, ordered, delivered."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateEdit, QSpinBox, QWidget

from app.clock import office_day
from app.i18n import _, ngettext
from app.models.stock import AskedOf, WishKind
from app.services.access import Context
from app.services.stock.articles import article_of
from app.services.stock.wishes import (
    Suggestion,
    WishDraft,
    WishRow,
    answer_wish,
    make_wish,
    make_wishes,
    wish_delivered,
    wish_ordered,
)
from app.services.stock.words import asked_of_word, wish_kind_word
from app.views.stock.article_edit import ArticleEdit
from app.views.stock.columns import SUGGESTION_NAME, suggestion_columns
from app.views.tasks import Tasks
from app.views.widgets.date_edit import date_edit
from app.views.widgets.form import Form
from app.views.widgets.line_edit import LineEdit
from app.views.widgets.list_table import ListTable
from app.views.widgets.room import least_width
from app.views.widgets.step_dialog import StepDialog

MOST = 1_000_000
USUAL_DAYS = 3  # until goods come


class WishDialog(StepDialog):
    """One wish by hand, or of one suggestion."""

    def __init__(
        self, ctx: Context, tasks: Tasks, suggestion: Suggestion | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(tasks, _("Ask for goods"), _("Ask"), parent)
        self.setObjectName("wish_dialog")
        self._ctx = ctx
        self.code = ArticleEdit(ctx, tasks, suggestion.code if suggestion else "")
        self.quantity, self.note = QSpinBox(), LineEdit()
        self.quantity.setRange(0, MOST)
        self.quantity.setValue(suggestion.quantity if suggestion else 0)
        self.asked_of, self.kind = _asked_of(), QComboBox()
        for kind in WishKind:
            self.kind.addItem(wish_kind_word(kind), kind)
        hint = suggestion.name if suggestion else _("A code, a barcode, or words of the name")
        self.form.add("code", _("Article"), self.code, hint)
        self.form.add("quantity", _("Pieces"), self.quantity)
        self.form.add("asked_of", _("Asked of"), self.asked_of)
        self.form.add("kind", _("What for"), self.kind)
        self.form.add("note", _("Remark"), self.note)
        self.lay_out(self.form)
        (self.quantity if suggestion else self.code).setFocus()

    def work(self) -> Callable[[], object] | None:
        """Ask for it; a barcode becomes the article's code."""
        text, quantity = self.code.text().strip(), self.quantity.value()
        if not text:
            self.form.show_error("code", _("Which article?"))
            return None
        if not quantity:
            self.form.show_error("quantity", _("How many?"))
            return None
        ctx, draft = self._ctx, WishDraft("", quantity, _chosen(self.asked_of), WishKind(self.kind.currentData()))
        draft = replace(draft, note=self.note.text().strip())
        return lambda: make_wish(ctx, replace(draft, code=article_of(ctx, text).code))


class SeveralWishesDialog(StepDialog):
    """Several suggestions at once, as many pieces as were suggested."""

    def __init__(self, ctx: Context, tasks: Tasks, chosen: Sequence[Suggestion], parent: QWidget | None = None) -> None:
        count = len(chosen)
        title = ngettext("Ask for {count} article", "Ask for {count} articles", count).format(count=count)
        super().__init__(tasks, title, _("Ask"), parent)
        self.setObjectName("wishes_dialog")
        least_width(self, 760)
        self._ctx, self._chosen = ctx, list(chosen)
        self.rows = ListTable(suggestion_columns(), _("Goods to ask for"), SUGGESTION_NAME)
        self.rows.setMinimumHeight(220)
        self.rows.show_rows(self._chosen)
        self.asked_of, self.note = _asked_of(), LineEdit()
        self.form.add("asked_of", _("Asked of"), self.asked_of)
        self.form.add("note", _("Remark"), self.note)
        self.lay_out(self.rows, self.form)
        self.asked_of.setFocus()

    def work(self) -> Callable[[], object] | None:
        """Ask for all of them, or for none."""
        ctx, asked_of, note = self._ctx, _chosen(self.asked_of), self.note.text().strip()
        drafts = [WishDraft(one.code, one.quantity, asked_of, note=note) for one in self._chosen]
        return lambda: make_wishes(ctx, drafts)


class AnswerDialog(StepDialog):
    """What was said, and by when the goods come."""

    def __init__(self, ctx: Context, tasks: Tasks, wish: WishRow, parent: QWidget | None = None) -> None:
        super().__init__(tasks, _("Answer about “{goods}”").format(goods=wish.name or wish.code), _("Save"), parent)
        self.setObjectName("answer_dialog")
        self._ctx, self._wish = ctx, wish
        self.note = LineEdit()
        self.form.add("note", _("Answer ({whom})").format(whom=asked_of_word(wish.asked_of)), self.note)
        self.expected = _Expected(ctx, wish, self.form)
        self.lay_out(self.form)
        self.note.setFocus()

    def work(self) -> Callable[[], object] | None:
        """Note the answer."""
        ctx, wish, note, day = self._ctx, self._wish.id, self.note.text().strip(), self.expected.day()
        if not note:
            self.form.show_error("note", _("What was the answer?"))
            return None
        return lambda: answer_wish(ctx, wish, note, day)


class OrderedDialog(StepDialog):
    """The goods have been ordered."""

    def __init__(self, ctx: Context, tasks: Tasks, wish: WishRow, parent: QWidget | None = None) -> None:
        super().__init__(tasks, _("“{goods}” is ordered").format(goods=wish.name or wish.code), _("Ordered"), parent)
        self.setObjectName("ordered_dialog")
        self._ctx, self._wish = ctx, wish
        self.note = LineEdit()
        self.form.add("note", _("Remark"), self.note, _("As the number of the purchase order"))
        self.expected = _Expected(ctx, wish, self.form)
        self.lay_out(self.form)
        self.note.setFocus()

    def work(self) -> Callable[[], object] | None:
        """Note it."""
        ctx, wish, note, day = self._ctx, self._wish.id, self.note.text().strip(), self.expected.day()
        return lambda: wish_ordered(ctx, wish, note, day)


class DeliveredDialog(StepDialog):
    """The goods are in; what came of them is booked as a receipt with the same press."""

    def __init__(self, ctx: Context, tasks: Tasks, wish: WishRow, parent: QWidget | None = None) -> None:
        super().__init__(tasks, _("“{goods}” is in").format(goods=wish.name or wish.code), _("Goods are in"), parent)
        self.setObjectName("delivered_dialog")
        self._ctx, self._wish = ctx, wish
        self.book, self.quantity, self.note = QCheckBox(_("Book the receipt")), QSpinBox(), LineEdit()
        self.quantity.setRange(1, MOST)
        self.quantity.setValue(wish.quantity)
        self.form.add_plain(self.book)
        asked = _("{count} were asked for").format(count=f"{wish.quantity:,}")
        self.form.add("quantity", _("Pieces that came"), self.quantity, asked)
        self.form.add("note", _("Remark"), self.note)
        self.lay_out(self.form)
        self.book.toggled.connect(self.quantity.setEnabled)
        replenishes = wish.kind is WishKind.REPLENISH  # what was cleared out brings nothing in
        self.book.setChecked(replenishes)
        for part in (self.book, self.quantity):
            part.setEnabled(replenishes)
        (self.quantity if replenishes else self.note).setFocus()
        self.quantity.selectAll()

    def work(self) -> Callable[[], object] | None:
        """Note the delivery, and book the receipt with it."""
        ctx, wish, note = self._ctx, self._wish.id, self.note.text().strip()
        received = self.quantity.value() if self.book.isChecked() else 0
        return lambda: wish_delivered(ctx, wish, note, received)


class _Expected:
    """The day by which the goods come, where one was named."""

    def __init__(self, ctx: Context, wish: WishRow, form: Form) -> None:
        today = office_day(ctx.clock)
        known = wish.expected_on
        shown = QDate(today.year, today.month, today.day).addDays(USUAL_DAYS)
        if known is not None:
            shown = QDate(known.year, known.month, known.day)
        self.named, self.field = QCheckBox(_("A day was named")), date_edit(shown)
        self.field.setEnabled(False)
        self.named.toggled.connect(self.field.setEnabled)
        self.named.setChecked(known is not None)
        form.add_plain(self.named)
        form.add("expected_on", _("Expected on"), self.field)

    def day(self) -> date | None:
        """The day, or None: no other day than was known before."""
        shown: QDateEdit = self.field
        wanted = shown.date()
        return date(wanted.year(), wanted.month(), wanted.day()) if self.named.isChecked() else None


def _asked_of() -> QComboBox:
    box = QComboBox()
    for asked_of in AskedOf:
        box.addItem(asked_of_word(asked_of), asked_of)
    return box


def _chosen(box: QComboBox) -> AskedOf:
    return AskedOf(box.currentData())
