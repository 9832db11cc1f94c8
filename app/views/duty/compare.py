"""Beside the roster: what is otherwise than in the last plan (与上一版对比), and than in any version before it."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from app.clock import exact_moment
from app.i18n import _, ngettext
from app.services.duty.versions import Version
from app.services.duty.words import cell_word, words_of
from app.views.duty.against import Difference
from app.views.duty.sheet import Sheet
from app.views.theme import GAP_2
from app.views.widgets.labels import label
from app.views.widgets.sentences import Sentences

MOST_LINES = 12


class CompareSection(QWidget):
    """`chosen` tells with which version the roster is to be compared: None is what is published now."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.versions = QComboBox()
        self.versions.setAccessibleName(_("Compare with"))
        self.versions.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.versions.activated.connect(lambda place: self.chosen.emit(self.versions.itemData(place)))
        self._lines = Sentences("")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_2)
        column.addWidget(label(_("Compare with"), "caption"))
        column.addWidget(self.versions)
        column.addWidget(self._lines)
        self.hide()

    def show_sheet(self, sheet: Sheet) -> None:
        """Offer what this roster can be compared with; nothing where nothing of it was ever published."""
        self.versions.clear()
        for version in sheet.choices:
            self.versions.addItem(_version_text(version, sheet.span.first), version)
        seqs = [None if one is None else one.seq for one in sheet.choices]
        now = None if sheet.compared is None else sheet.compared.seq
        self.versions.setCurrentIndex(seqs.index(now) if now in seqs else -1)
        self.show_differences(sheet)

    def show_differences(self, sheet: Sheet) -> None:
        """Name what is otherwise, a sentence a person."""
        found = sheet.differences() if sheet.choices else []
        count = ngettext("{count} cell is different.", "{count} cells are different.", len(found))
        heading = count.format(count=len(found)) if found else _("Nothing is different.")
        lines = [list(cells) for _key, cells in groupby(found, lambda one: one.line)]
        told = [
            _line(sheet, cells) for cells in lines[:MOST_LINES]
        ]  # a sentence costs more than finding what it is about
        self._lines.show_all(heading, told, len(lines) - len(told))
        self.setVisible(bool(found) or self.versions.count() > 1)  # with nothing to choose and to tell it is in the way


def _line(sheet: Sheet, cells: Sequence[Difference]) -> str:
    key = cells[0].line
    words, rules = words_of(sheet.span), sheet.span.rules
    told = [
        _("{day} {before} → {after}").format(
            day=words.day(one.column), before=cell_word(rules, key, one.was), after=cell_word(rules, key, one.now)
        )
        for one in cells
    ]
    return _("{name}: {sentence}").format(name=sheet.name(key), sentence=_(", ").join(told))


def _version_text(version: Version | None, first: date) -> str:
    """The heading above the roster says the year of its days, of which `first` is one."""
    if version is None:
        return _("what is published")
    at = exact_moment(version.at, first)
    if version.swap:
        return _("before the swap of {time} ({name})").format(time=at, name=version.name)
    return _("before the publication of {time} ({name})").format(time=at, name=version.name)
