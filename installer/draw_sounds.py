"""Draw the two sounds of resources/sounds from sines (a developer's tool): that something waits, that it is late.

Run after changing a note: `.venv/bin/python installer/draw_sounds.py`. They are made of nothing but these numbers, so
that no licence hangs on them.
"""

import math
import struct
import wave
from dataclasses import dataclass
from pathlib import Path

SOUNDS = Path(__file__).resolve().parent.parent / "resources" / "sounds"
RATE = 22_050  # samples a second
LOUD = 0.45  # of what a sample can hold
OVERTONES = ((1.0, 1.0), (2.0, 0.35), (3.01, 0.12))  # of the note's pitch, how loud: a small bell
ATTACK, FADE = 0.006, 0.02  # seconds at both ends, so that nothing clicks


@dataclass(frozen=True, slots=True)
class Note:
    """A pitch in hertz, from a moment on, for so long, in seconds."""

    pitch: float
    start: float
    length: float


TONES = {
    "notice": (Note(659.26, 0.0, 0.50), Note(880.00, 0.13, 0.55)),  # upwards: somebody is waiting
    "late": (Note(880.00, 0.0, 0.22), Note(880.00, 0.20, 0.22), Note(587.33, 0.40, 0.55)),  # twice, then down
}


def samples(notes: tuple[Note, ...]) -> list[int]:
    """The notes as 16-bit samples, as loud as LOUD at the loudest."""
    total = round(max(note.start + note.length for note in notes) * RATE)
    mixed = [sum(_sounding(note, place / RATE - note.start) for note in notes) for place in range(total)]
    top = max(map(abs, mixed))
    return [round(value / top * LOUD * 32_767) for value in mixed]


def _sounding(note: Note, time: float) -> float:
    """How far a note swings at a time after its start."""
    if not 0.0 <= time < note.length:
        return 0.0
    swell = min(time / ATTACK, 1.0, (note.length - time) / FADE) * math.exp(-5.0 * time / note.length)
    return swell * sum(part * math.sin(2 * math.pi * note.pitch * over * time) for over, part in OVERTONES)


def write(path: Path, notes: tuple[Note, ...]) -> None:
    """Write the notes as a WAV of one channel."""
    drawn = samples(notes)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(struct.pack(f"<{len(drawn)}h", *drawn))


def main() -> None:
    """Write every sound."""
    SOUNDS.mkdir(parents=True, exist_ok=True)
    for name, notes in TONES.items():
        write(SOUNDS / f"{name}.wav", notes)


if __name__ == "__main__":
    main()
