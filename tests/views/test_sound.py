"""The desk's sounds: drawn, short, switched off by each person, and a beep where nothing plays them."""

import importlib.util
import os
import subprocess
import sys
import wave
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from app.views.sound import Sounds, Tone, choose_sound, sound_on
from app.views.theme import RESOURCES
from tests.factories import ROOT


@pytest.fixture
def drawer(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("draw_sounds", ROOT / "installer" / "draw_sounds.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "draw_sounds", module)  # its dataclass looks itself up there
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("tone", Tone)
def test_the_sounds_are_what_the_script_draws(drawer: ModuleType, tmp_path: Path, tone: Tone) -> None:
    drawer.write(tmp_path / "drawn.wav", drawer.TONES[tone.value])
    with wave.open(str(tmp_path / "drawn.wav")) as drawn, wave.open(str(_file(tone))) as kept:
        assert drawn.getparams() == kept.getparams()
        pairs = zip(drawn.readframes(drawn.getnframes())[1::2], kept.readframes(kept.getnframes())[1::2], strict=True)
        assert all((a - b) % 256 in {0, 1, 255} for a, b in pairs)  # sines differ by a hair between machines


@pytest.mark.parametrize("tone", Tone)
def test_a_sound_is_short_and_neither_clicks_nor_shouts(tone: Tone) -> None:
    with wave.open(str(_file(tone))) as kept:
        assert kept.getnframes() / kept.getframerate() < 1.0
        samples = memoryview(kept.readframes(kept.getnframes())).cast("h").tolist()
    assert samples[0] == 0
    assert abs(samples[-1]) < 300
    assert 8_000 < max(map(abs, samples)) < 20_000


def test_a_person_hears_the_desk_until_they_say_no(settings: QSettings) -> None:
    assert sound_on(settings, 3)
    choose_sound(settings, 3, on=False)
    assert (sound_on(settings, 3), sound_on(settings, 4)) == (False, True)
    choose_sound(settings, 3, on=True)
    assert sound_on(settings, 3)


def test_who_switched_it_off_hears_not_even_the_beep(
    qtbot: QtBot, settings: QSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)
    beeps: list[str] = []
    sounds = Sounds(settings, 3, beep=lambda: beeps.append("beep"))
    choose_sound(settings, 3, on=False)
    sounds.play(Tone.LATE)
    assert beeps == []
    choose_sound(settings, 3, on=True)
    sounds.play(Tone.LATE)
    assert beeps == ["beep"]


ALONE = """
import sys
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication
from app.views.sound import Sounds, Tone
app = QApplication([])
assert "PySide6.QtMultimedia" not in sys.modules
heard = []
sounds = Sounds(QSettings(sys.argv[1], QSettings.Format.IniFormat), 3, beep=lambda: heard.append("beep"))

def look():
    playing = sounds._effect is not None and sounds._effect.isPlaying()
    if heard or playing:
        print("own" if playing else "beep", len(heard), "PySide6.QtMultimedia" in sys.modules)
        app.quit()

sounds.play(Tone.NOTICE)
timer = QTimer(interval=10)
timer.timeout.connect(look)
timer.start()
app.exec()
"""


def test_a_computer_with_or_without_loudspeaker_makes_itself_heard(tmp_path: Path) -> None:
    """In a process of its own: whatever sound system this computer has is started by it."""
    done = subprocess.run(
        [sys.executable, "-c", ALONE, str(tmp_path / "window.ini")],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.strip() in {"own 0 True", "beep 1 True", "beep 1 False"}


def _file(tone: Tone) -> Path:
    return RESOURCES / "sounds" / f"{tone.value}.wav"
