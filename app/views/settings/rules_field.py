"""Who must approve what (审批规则): up to three posts for each kind, the later ones from an amount on."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QGridLayout, QWidget

from app.i18n import _
from app.money import exponent
from app.services.approvals.kinds import KINDS
from app.services.approvals.rules import DECIDERS, DEFAULT_RULES
from app.services.people.names import post_word
from app.views.widgets.labels import label

STEPS = 3
HIGHEST = 100_000_000
MINOR = 10 ** exponent("CNY")
KIND_WIDTH, POST_WIDTH, AMOUNT_WIDTH = 120, 112, 104

Kept = Mapping[str, Sequence[Sequence[str | int]]]


class RulesField(QWidget):
    """A row a kind."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows: dict[str, list[tuple[QComboBox, QDoubleSpinBox]]] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        for place, head in enumerate((_("first"), _("then"), _("above"), _("then"), _("above")), start=1):
            grid.addWidget(label(head, "small"), 0, place)
        ruled = (kind for kind in KINDS.values() if kind.name in DEFAULT_RULES)  # the others follow one of these
        for line, kind in enumerate(ruled, start=1):
            word = label(_(kind.word))
            word.setMinimumWidth(KIND_WIDTH)
            grid.addWidget(word, line, 0)
            self._rows[kind.name] = [self._step(grid, line, step, _(kind.word)) for step in range(STEPS)]
        grid.setColumnStretch(2 * STEPS, 1)
        self.setFocusProxy(next(iter(self._rows.values()))[0][0])

    def _step(self, grid: QGridLayout, line: int, step: int, kind: str) -> tuple[QComboBox, QDoubleSpinBox]:
        post, above = QComboBox(), QDoubleSpinBox()
        if step:
            post.addItem("–", "")
        for one in DECIDERS:
            post.addItem(post_word(one), one.value)
        post.setFixedWidth(POST_WIDTH)
        above.setRange(0, HIGHEST)
        above.setDecimals(0)
        above.setGroupSeparatorShown(True)
        above.setFixedWidth(AMOUNT_WIDTH)
        post.setAccessibleName(f"{kind} {step + 1}")
        above.setAccessibleName(_("{kind}: from which amount").format(kind=kind))
        post.currentIndexChanged.connect(lambda: above.setEnabled(bool(post.currentData())))
        above.setEnabled(not step)
        post.currentIndexChanged.connect(self.changed)
        above.valueChanged.connect(self.changed)
        grid.addWidget(post, line, 1 if step == 0 else 2 * step)
        if step:
            grid.addWidget(above, line, 2 * step + 1)
        return post, above

    def value(self) -> dict[str, list[list[str | int]]]:
        """The rules as the setting keeps them."""
        return {
            kind: [
                [str(post.currentData()), round(above.value() * MINOR) if step else 0]
                for step, (post, above) in enumerate(row)
                if post.currentData()
            ]
            for kind, row in self._rows.items()
        }

    def show_value(self, kept: Kept) -> None:
        """Show these."""
        for kind, row in self._rows.items():
            steps = list(kept.get(kind, ()))
            for step, (post, above) in enumerate(row):
                chosen, amount = steps[step] if step < len(steps) else ("", 0)
                post.setCurrentIndex(max(post.findData(chosen), 0))
                above.setValue(int(amount) / MINOR)
