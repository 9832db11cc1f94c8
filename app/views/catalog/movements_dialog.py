"""What has moved the stock of a product's articles (出入库流水), the newest first, with what was there after each."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QPushButton, QVBoxLayout, QWidget

from app.clock import full_moment
from app.i18n import N_, _, ngettext
from app.services.access import Context
from app.services.catalog.rows import ProductDetail
from app.services.stock.movements import MovementRow, StockRow, stock_history, stock_rows
from app.services.stock.words import movement_word
from app.views.tasks import Tasks
from app.views.theme import GAP_3, Kind
from app.views.widgets.form import Form
from app.views.widgets.labels import label
from app.views.widgets.list_table import Column, ListTable
from app.views.widgets.room import resize_within

MOST = 500
WIDTH, HEIGHT = 860, 560
NOTE = 6  # the column that takes what is left


def _colour(row: MovementRow) -> Kind:
    return Kind.DANGER if row.quantity < 0 else Kind.OK


COLUMNS: tuple[Column[MovementRow], ...] = (
    Column(N_("When"), lambda row: full_moment(row.at)),
    Column(N_("What happened"), lambda row: movement_word(row.kind)),
    Column(N_("Pieces"), lambda row: f"{row.quantity:+,}", right=True, colour=_colour),
    Column(N_("Then on hand"), lambda row: f"{row.running:,}", right=True),
    Column(N_("Who"), lambda row: row.person or "掌柜"),
    Column(N_("Order or paper"), lambda row: row.number or row.ref),
    Column(N_("Remark"), lambda row: row.note),
)


class MovementsDialog(QDialog):
    """One article's movements at a time; Esc leaves."""

    def __init__(self, ctx: Context, tasks: Tasks, detail: ProductDetail, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("movements_dialog")
        self.finished.connect(self.deleteLater)
        title = _("Stock movements of “{name}”").format(name=detail.row.name)
        self.setWindowTitle(title)
        self._ctx, self._tasks = ctx, tasks
        self.article = QComboBox()
        for one in detail.articles:
            self.article.addItem(f"{one.code} {one.name}".strip(), one.code)
        self.table = ListTable(COLUMNS, _("Stock movements"), NOTE)
        self._told = label("", "small")
        form = Form()
        form.add("article", _("Article"), self.article)
        close = QPushButton(_("Close"))
        close.setDefault(True)
        close.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(GAP_3)
        column.addWidget(label(title, "heading", wrap=True))
        column.addWidget(form)
        column.addWidget(self._told)
        column.addWidget(self.table, 1)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        resize_within(self, WIDTH, HEIGHT)
        self.article.currentIndexChanged.connect(self._ask)
        self._ask()
        self.table.setFocus()

    def _ask(self) -> None:
        ctx, code = self._ctx, str(self.article.currentData())
        self._tasks.read(self, lambda: (stock_rows(ctx, [code])[0], stock_history(ctx, code, MOST)), self._show)

    def _show(self, found: tuple[StockRow, list[MovementRow]]) -> None:
        stands, rows = found
        if stands.code != self.article.currentData():
            return  # gone on to another article meanwhile
        self.table.show_rows(rows)
        if rows:
            self.table.selectRow(0)
        left = "–" if stands.available is None else f"{stands.available:,}"
        told = _("on hand {on_hand}, reserved {reserved}, available {available}").format(
            on_hand=f"{stands.on_hand:,}", reserved=f"{stands.reserved:,}", available=left
        )
        self._told.setText(told + " · " + _count(len(rows)))


def _count(count: int) -> str:
    if count == MOST:
        return _("the newest {count} movements").format(count=count)
    return ngettext("{count} movement", "{count} movements", count).format(count=count)
