"""What can be done with a product: enter, change, propose a price or a listing; one action each, with its key."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.i18n import _, ngettext
from app.models.catalog import ProductState
from app.services.access import Context, Permission
from app.services.approvals.kinds import KINDS
from app.services.catalog.detail import product_detail
from app.services.catalog.export import export_products
from app.services.catalog.rows import ProductDetail, ProductFilter, ProductRow
from app.views.tasks import Tasks
from app.views.widgets.buttons import new_action


class CatalogActions(QObject):
    """The actions of the catalog; `done` after one was taken, with a sentence for the status bar."""

    done = Signal(str)

    def __init__(
        self, ctx: Context, tasks: Tasks, panel: QWidget, row: Callable[[], ProductRow | None],
        chosen: Callable[[], list[int]], wanted: Callable[[], ProductFilter],
    ) -> None:  # fmt: skip
        super().__init__(panel)
        self._ctx, self._tasks, self._panel, self._row = ctx, tasks, panel, row
        self._chosen, self._wanted = chosen, wanted
        self.bulk = new_action(panel, _("Change several…"), self._on_bulk, "check-all", "Ctrl+Shift+B")
        self.price = new_action(panel, _("Propose a price…"), self._on_price, "cash-minus", "Ctrl+P")
        self.list = new_action(panel, _("Propose listing…"), self._on_list, "store-outline", "Ctrl+L")
        self.delist = new_action(panel, _("Propose delisting…"), self._on_delist, "pause-circle-outline", "Ctrl+D")
        self.add = new_action(panel, _("New product…"), self._on_add, "plus", "Ctrl+N")
        self.change = new_action(panel, _("Change product…"), self._on_change, "pencil-outline", "F4")
        self.stock = new_action(panel, _("Book stock…"), self._on_stock, "package-variant-closed", "Ctrl+B")
        self.movements = new_action(panel, _("Stock movements…"), self._on_movements, "history", "Ctrl+M")
        self.bring_in = new_action(panel, _("Import products…"), self._on_import, "tray-arrow-down", "Ctrl+Shift+I")
        self.take_out = new_action(panel, _("Export the list…"), self._on_export, "download", "Ctrl+Shift+S")
        self.update_actions()

    def update_actions(self) -> None:
        """Grey what the person's post or the product's state does not allow."""
        row, ctx = self._row(), self._ctx
        edits = ctx.may(Permission.CATALOG_EDIT)
        self.add.setEnabled(edits)
        self.bulk.setEnabled(edits and row is not None)
        self.bring_in.setEnabled(ctx.may(Permission.CATALOG_IMPORT))
        self.take_out.setEnabled(ctx.may(Permission.CATALOG_EXPORT))
        self.change.setEnabled(edits and row is not None)
        self.price.setEnabled(row is not None and self._proposes("price"))
        self.list.setEnabled(row is not None and row.state is not ProductState.LISTED and self._proposes("listing"))
        self.delist.setEnabled(row is not None and row.state is ProductState.LISTED and self._proposes("delisting"))
        self.stock.setEnabled(row is not None and ctx.may(Permission.STOCK_MOVE))
        self.movements.setEnabled(row is not None and ctx.may(Permission.STOCK_READ))

    def _proposes(self, kind: str) -> bool:
        return self._ctx.may(Permission.PROPOSE) and self._ctx.post in KINDS[kind].proposers

    def _with_detail(self, then: Callable[[ProductDetail], None]) -> None:
        row, ctx = self._row(), self._ctx
        if row is not None:
            self._tasks.run(self, lambda: product_detail(ctx, row.id), then)

    def _on_price(self) -> None:
        from app.views.catalog.price_dialog import PriceDialog

        def ask(detail: ProductDetail) -> None:
            dialog = PriceDialog(self._ctx, self._tasks, detail, self._panel.window())
            dialog.accepted.connect(lambda: self.done.emit(_("{name}: price proposed").format(name=detail.row.name)))
            dialog.open()

        self._with_detail(ask)

    def _on_list(self) -> None:
        self._propose("listing")

    def _on_delist(self) -> None:
        self._propose("delisting")

    def _propose(self, kind: str) -> None:
        from app.views.catalog.listing_dialog import ListingDialog

        row = self._row()
        if row is None:
            return
        dialog = ListingDialog(self._ctx, self._tasks, kind, row, self._panel.window())
        dialog.accepted.connect(lambda: self.done.emit(_("{name}: proposed").format(name=row.name)))
        dialog.open()

    def _on_add(self) -> None:
        self._open_product(None)

    def _on_change(self) -> None:
        self._with_detail(self._open_product)

    def _open_product(self, detail: ProductDetail | None) -> None:
        from app.views.catalog.product_dialog import ProductDialog

        dialog = ProductDialog(self._ctx, self._tasks, detail, self._panel.window())
        dialog.accepted.connect(lambda: self.done.emit(_("Product saved")))
        dialog.open()

    def _on_bulk(self) -> None:
        from app.views.catalog.bulk_dialog import BulkDialog

        dialog = BulkDialog(self._ctx, self._tasks, self._chosen(), self._panel.window())
        dialog.accepted.connect(lambda: self.done.emit(dialog.said()))
        dialog.open()

    def _on_import(self) -> None:
        dialog = QFileDialog(self._panel.window(), _("Import products"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(_("Product files (*.csv *.xlsx *.xls *.txt *.tsv);;All files (*)"))
        dialog.fileSelected.connect(lambda name: self.import_file(Path(name)))
        dialog.open()

    def import_file(self, path: Path) -> None:
        """Show what a file of products would bring."""
        from app.views.catalog.import_dialog import ProductImportDialog

        ProductImportDialog(self._ctx, self._tasks, path, self._panel.window()).open()

    def _on_export(self) -> None:
        dialog = QFileDialog(self._panel.window(), _("Export the list"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([_("Excel (*.xlsx)"), _("CSV (*.csv)"), _("Excel 97–2003 (*.xls)")])
        dialog.setDefaultSuffix("xlsx")
        dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(chosen.split("*.")[1].rstrip(")")))
        dialog.selectFile(_("products") + ".xlsx")
        dialog.fileSelected.connect(lambda name: self.export_file(Path(name)))
        dialog.open()

    def export_file(self, path: Path) -> None:
        """Write the list as it is seen into a file; on record before anything leaves (rule A6)."""
        ctx, wanted = self._ctx, self._wanted()

        def tell(count: int) -> None:
            told = ngettext("{count} product in {file}", "{count} products in {file}", count)
            self.done.emit(told.format(count=f"{count:,}", file=path.name))

        self._tasks.run(self, lambda: export_products(ctx, path, wanted), tell)

    def _on_stock(self) -> None:
        from app.views.catalog.stock_dialog import StockDialog

        def ask(detail: ProductDetail) -> None:
            dialog = StockDialog(self._ctx, self._tasks, detail, self._panel.window())
            dialog.accepted.connect(lambda: self.done.emit(_("Stock booked")))
            dialog.open()

        self._with_detail(ask)

    def _on_movements(self) -> None:
        from app.views.catalog.movements_dialog import MovementsDialog

        self._with_detail(lambda detail: MovementsDialog(self._ctx, self._tasks, detail, self._panel.window()).open())
