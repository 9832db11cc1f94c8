"""The design's tokens: measures, and the colours of the light and the dark theme by what they are for."""

from dataclasses import dataclass
from enum import StrEnum

TEXT, SMALL, HEADING, FIGURE = 13, 12, 16, 22  # pixels
ROW, BUTTON, LINK, PILL, RADIUS = 36, 33, 26, 22, 6
GAP_1, GAP_2, GAP_3, GAP_4 = 4, 8, 12, 16


class Kind(StrEnum):
    """What a status colour says."""

    OK = "ok"
    WARN = "warn"
    DANGER = "danger"
    INFO = "info"
    DIM = "dim"


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours by what they are for, as #RRGGBB."""

    name: str
    ground: str
    surface: str
    sunken: str
    line: str
    ink: str
    dim: str
    faint: str  # what is switched off
    accent: str  # text and marks
    accent_ground: str
    primary: str  # fill of the primary button
    primary_hover: str
    on_accent: str  # text on that fill
    selected: str  # the selected row
    ok: str
    ok_ground: str
    warn: str
    warn_ground: str
    info: str
    info_ground: str
    bar: str  # a chart's bars but the last

    def pair(self, kind: Kind) -> tuple[str, str]:
        """Text and ground of a status."""
        return {
            Kind.OK: (self.ok, self.ok_ground),
            Kind.WARN: (self.warn, self.warn_ground),
            Kind.DANGER: (self.accent, self.accent_ground),
            Kind.INFO: (self.info, self.info_ground),
            Kind.DIM: (self.dim, self.ground),
        }[kind]


LIGHT = Theme(
    name="light",
    ground="#F5F6F8",
    surface="#FFFFFF",
    sunken="#EEF0F3",
    line="#DFE3E8",
    ink="#1C2430",
    dim="#66707F",
    faint="#A3ABB6",
    accent="#B3261E",
    accent_ground="#FBEDEC",
    primary="#B3261E",
    primary_hover="#9C1F18",
    on_accent="#FFFFFF",
    selected="#FDF3F2",
    ok="#1D7D4D",  # the design's #1E7F4F is read at 4.45:1 on its ground, this one at 4.5:1
    ok_ground="#E8F5EE",
    warn="#A15C00",
    warn_ground="#FFF3DF",
    info="#1F5FAF",
    info_ground="#E9F1FB",
    bar="#E3B5B2",
)
DARK = Theme(
    name="dark",
    ground="#14181F",
    surface="#1B212A",
    sunken="#262D38",
    line="#343D4A",
    ink="#E7EBF0",
    dim="#A0AAB8",
    faint="#667080",
    accent="#F0837A",
    accent_ground="#3B2225",
    primary="#B8352C",
    primary_hover="#A52B23",
    on_accent="#FFFFFF",
    selected="#2D2226",
    ok="#62C592",
    ok_ground="#1A3327",
    warn="#E5A94D",
    warn_ground="#3A2D16",
    info="#7FB2EE",
    info_ground="#1C2E45",
    bar="#6E3D3D",
)
