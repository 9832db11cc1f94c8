"""Importing product files: new and changed products are shown first; other prices become proposals (rule P2)."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QWidget

from app import config
from app.i18n import N_, _, ngettext
from app.services.access import Context
from app.services.catalog.commit import (
    ImportRow,
    ProductImport,
    Takeover,
    import_products,
    may_take_over,
    preview_products,
)
from app.services.catalog.files.mapping import Mapping as ColumnMapping
from app.services.catalog.files.read import ProductSource, detect_products
from app.services.catalog.files.saved import detect_with_saved
from app.services.catalog.files.stream import stream_products
from app.services.catalog.words import field_word
from app.services.intake.draft import Reject
from app.views.tasks import Progress, Tasks
from app.views.theme import Kind
from app.views.widgets.column_dialog import ColumnDialog, UnknownTable
from app.views.widgets.file_import import FileImportDialog
from app.views.widgets.list_table import Column

COMING = {
    "new": N_("will be entered, not on sale"),
    "changed": N_("will be changed"),
    "unchanged": N_("stay as they are"),
    "rejected": N_("row and reason below"),
}
DONE = COMING | {"new": N_("entered"), "changed": N_("have been changed"), "unchanged": N_("left as they were")}
WORDS = {"new": N_("new"), "changed": N_("changed"), "unchanged": N_("unchanged")}


def _changes(row: ImportRow) -> str:
    return _(", ").join(_change(name) for name in row.changes)


def _change(name: str) -> str:
    try:
        return field_word(name)
    except KeyError:  # the code of an article that is added
        return name


SAMPLES: tuple[Column[ImportRow], ...] = (
    Column(N_("Row"), lambda row: str(row.row), right=True),
    Column(N_("What happens"), lambda row: _(WORDS[row.kind])),
    Column(N_("Code"), lambda row: row.code),
    Column(N_("Product name"), lambda row: row.name),
    Column(N_("Changes"), _changes),
)
REJECTS: tuple[Column[Reject], ...] = (
    Column(N_("Row"), lambda reject: str(reject.row), right=True),
    Column(N_("Code"), lambda reject: reject.source_number),
    Column(N_("Reason"), lambda reject: reject.reason),
)


class ProductImportDialog(FileImportDialog):
    """One file of products."""

    def __init__(self, ctx: Context, tasks: Tasks, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(tasks, _("Import products"), [path], SAMPLES, REJECTS, parent)
        self._ctx = ctx
        self._source: ProductSource | None = None
        self._takeover = Takeover.NONE
        self._lists = may_take_over(ctx)
        self.takeover = QCheckBox()
        self.takeover.hide()
        self.add_option(self.takeover)
        self.detect(None)

    def detect(self, mapping: ColumnMapping | None) -> None:
        """Read the list and show what would happen."""
        path, ctx, folder = self._paths[0], self._ctx, config.product_mappings_folder()

        def work(progress: Progress) -> tuple[ProductSource, ProductImport]:
            source = detect_with_saved(path, folder) if mapping is None else detect_products(path, mapping)
            return source, preview_products(ctx, stream_products(source, progress))

        self.tell(_("Reading …"))
        self.run(work, self._show_preview)

    def _show_preview(self, found: tuple[ProductSource, ProductImport]) -> None:
        self._source, preview = found
        self.tell(f"{self._source.format.label} · {self._source.encoding}")
        self._show(preview, COMING)
        writes = preview.kinds["new"] + preview.kinds["changed"]
        text = ngettext("Import {count} product", "Import {count} products", writes).format(count=f"{writes:,}")
        self.offer(text, writes)
        self._offer_takeover(preview)
        if preview.proposed:
            told = ngettext(
                "{count} price changes and will be proposed.", "{count} prices change and will be proposed.",
                preview.proposed,
            )  # fmt: skip
            self.strip.show_message(told.format(count=preview.proposed), Kind.INFO)

    def _show(self, found: ProductImport, notes: Mapping[str, str]) -> None:
        self.show_found({**found.kinds, "rejected": len(found.rejects)}, notes, found.samples)
        self.show_rejects(found.rejects)

    def write(self) -> None:
        """Write the products of the preview."""
        source, ctx = self._source, self._ctx
        if source is not None:
            name = self._paths[0].name
            takeover = self._takeover if self.takeover.isChecked() else Takeover.NONE
            self.takeover.setEnabled(False)

            def work(progress: Progress) -> ProductImport:
                return import_products(ctx, stream_products(source, progress), name, takeover)

            self.run(work, self._show_result)

    def _offer_takeover(self, preview: ProductImport) -> None:
        """An office that comes from another program does not approve anew what is on sale already (rule P3)."""
        self._takeover = Takeover.MARKED if preview.on_sale else Takeover.ALL
        count = preview.on_sale or preview.kinds["new"]
        told = ngettext(
            "{count} new product is on sale already: take it over as approved",
            "{count} new products are on sale already: take them over as approved", count,
        )  # fmt: skip
        self.takeover.setText(told.format(count=f"{count:,}"))
        self.takeover.setVisible(self._lists and bool(preview.kinds["new"]))

    def _show_result(self, found: ProductImport) -> None:
        self._show(found, DONE)
        self.show_done({**found.kinds, "rejected": len(found.rejects)})

    def mapping_dialog(self, table: UnknownTable) -> ColumnDialog:
        """The columns of products."""
        from app.views.catalog.mapping_dialog import ProductMappingDialog

        return ProductMappingDialog(table, config.product_mappings_folder(), self)
