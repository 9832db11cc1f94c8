"""What one person, or this computer, has of its own: language, look, sound, the watched folder. No entry is written."""

from dataclasses import dataclass

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QPushButton, QWidget

from app.i18n import _
from app.views.preferences import Key, window_choices
from app.views.settings.fields import FolderField
from app.views.settings.sheet import Sheet
from app.views.sound import choose_sound, sound_on
from app.views.theme import GAP_3
from app.views.widgets.form import Form

BOX_WIDTH = 250


@dataclass(frozen=True, slots=True)
class Own:
    """Where the person's choices are kept, whose they are, and what is chosen already."""

    settings: QSettings
    person: int
    folder: str  # that is watched
    may_watch: bool


class OwnPage(Sheet):
    """Keeps nothing before `keep()`."""

    window_changed = Signal(object)  # Key
    folder_changed = Signal(str)
    listen_requested = Signal()

    def __init__(self, own: Own) -> None:
        super().__init__(_("Personal"), _("For you at this computer only; it is not put on record."))
        self._own = own
        form = Form()
        self.boxes: dict[Key, QComboBox] = {}
        self._before: dict[Key, str] = {}
        for choice in window_choices(own.settings):
            box = self.boxes[choice.key] = QComboBox()
            for text, value in choice.values:
                box.addItem(text, value)
            box.setCurrentIndex(max(box.findData(choice.now), 0))
            box.setFixedWidth(BOX_WIDTH)
            self._before[choice.key] = box.currentData()
            box.currentIndexChanged.connect(self.changed)
            form.add(choice.key.value, choice.title, box)
            column = form.layout()
            if column is not None:
                column.setAlignment(box, Qt.AlignmentFlag.AlignLeft)
        self.sound = QCheckBox(_("A sound when orders wait or are late"))
        self._sound_before = sound_on(own.settings, own.person)
        self.sound.setChecked(self._sound_before)
        self.sound.toggled.connect(self.changed)
        form.add_plain(self._sound_row())
        self.folder = FolderField(_("Watched folder"), _("none"))
        self.folder.line.setText(own.folder)
        self.folder.changed.connect(self.changed)
        self.folder.setEnabled(own.may_watch)
        hint = _("Platform files saved there are imported by themselves while you are signed in here.")
        form.add("folder", _("Watched folder"), self.folder, hint)
        self.column.addWidget(form)
        self.column.addStretch(1)

    def _sound_row(self) -> QWidget:
        listen = QPushButton(_("Listen"))
        listen.setAutoDefault(False)
        listen.clicked.connect(self.listen_requested)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_3)
        row.addWidget(self.sound)
        row.addWidget(listen)
        row.addStretch(1)
        return whole

    def changes(self) -> int:
        """How many choices are not kept yet."""
        others = (self.sound.isChecked() != self._sound_before, self.folder.value() != self._own.folder)
        return len(self._changed_keys()) + sum(others)

    def keep(self) -> None:
        """Keep what was chosen, and tell whom it concerns; a new language comes last, as it makes the window anew."""
        changed = self._changed_keys()
        for key in changed:
            self._own.settings.setValue(key, self.boxes[key].currentData())
        choose_sound(self._own.settings, self._own.person, on=self.sound.isChecked())
        if self.folder.value() != self._own.folder:
            self.folder_changed.emit(self.folder.value())
        for key in sorted(changed, key=lambda key: key is Key.LANGUAGE):
            self.window_changed.emit(key)

    def _changed_keys(self) -> list[Key]:
        return [key for key, box in self.boxes.items() if box.currentData() != self._before[key]]
