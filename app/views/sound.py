"""The desk's own two sounds; where the computer plays none, the desktop's beep. A person may switch them off."""

from collections.abc import Callable
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, QUrl
from PySide6.QtWidgets import QApplication

from app.views.theme import RESOURCES

if TYPE_CHECKING:  # loaded when the first sound plays: the start does not wait for it
    from PySide6.QtMultimedia import QSoundEffect


class Tone(StrEnum):
    """What a sound says; the name of its file in resources/sounds."""

    NOTICE = "notice"
    LATE = "late"


def sound_on(settings: QSettings, person: int) -> bool:
    """Whether a person wants to hear the desk; they do until they say no."""
    return str(settings.value(_key(person), "on")) != "off"


def choose_sound(settings: QSettings, person: int, *, on: bool) -> None:
    """Remember whether a person wants to hear the desk at this computer."""
    settings.setValue(_key(person), "on" if on else "off")


def _key(person: int) -> str:
    return f"people/{person}/sound"


class Sounds(QObject):
    """Plays tones, a person's choice allowing; `beep` is what is left where there is nothing to play them with."""

    def __init__(
        self,
        settings: QSettings,
        person: int,
        parent: QObject | None = None,
        beep: Callable[[], None] = QApplication.beep,
    ) -> None:
        super().__init__(parent)
        self._settings, self._person, self._beep = settings, person, beep
        self._effect: QSoundEffect | None = None

    def play(self, tone: Tone) -> None:
        """Let the tone be heard, unless the person has switched sound off."""
        if sound_on(self._settings, self._person):
            self.play_anyway(tone)

    def play_anyway(self, tone: Tone) -> None:
        """Let the tone be heard, to try it out."""
        if self._effect is not None:
            self._effect.deleteLater()
        # Made anew each time: an effect stays with the loudspeaker that it was made for, which may be gone by now.
        self._effect = self._new_effect(tone)
        if self._effect is None:
            self._beep()
        else:
            self._effect.play()

    def _new_effect(self, tone: Tone) -> "QSoundEffect | None":
        try:
            from PySide6.QtMultimedia import QSoundEffect
        except ImportError:  # Qt without its add-ons, or a system without the libraries that they stand on
            return None
        effect = QSoundEffect(self)
        effect.statusChanged.connect(partial(self._on_status_changed, effect))
        effect.setSource(QUrl.fromLocalFile(str(RESOURCES / "sounds" / f"{tone.value}.wav")))
        return effect

    def _on_status_changed(self, effect: "QSoundEffect") -> None:
        """A computer without a loudspeaker says so only when it is to play."""
        if effect.status() == effect.Status.Error:
            self._beep()
