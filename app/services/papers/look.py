"""How paper looks: white, ink, one deep red, hairlines; sizes in points."""

from dataclasses import dataclass, field


def rgb(colour: str) -> str:
    """ "#B3261E" as the three numbers that PDF operators take."""
    return " ".join(f"{int(colour[at : at + 2], 16) / 255:.3f}" for at in (1, 3, 5))


INK = rgb("#1C2430")
DIM = rgb("#66707F")
LINE = rgb("#DFE3E8")
ACCENT = rgb("#B3261E")
WHITE = rgb("#FFFFFF")
BLACK = "0 0 0"

HAIRLINE = 0.5
RISE = 0.88  # of its size above the baseline, the rest below


@dataclass(frozen=True, slots=True, eq=False)
class Style:
    """How text is set; compared by identity, there is one object of each."""

    size: float
    leading: float
    bold: bool = False
    colour: str = INK
    baseline: float = field(init=False)  # how far below the top of its line the text stands

    def __post_init__(self) -> None:
        object.__setattr__(self, "baseline", (self.leading - self.size) / 2 + RISE * self.size)


@dataclass(frozen=True, slots=True)
class Format:
    """A sheet of paper and its margins."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float

    @property
    def inner(self) -> float:
        """The width between the margins."""
        return self.width - self.left - self.right


A4 = Format(595.276, 841.89, left=54, right=40, top=42, bottom=56)  # the wider left margin takes the holes
A5 = Format(419.528, 595.276, left=30, right=30, top=30, bottom=42)

TITLE = Style(22, 28, bold=True)
SUBTITLE = Style(12, 18, colour=DIM)
HEADING = Style(11, 16, bold=True)
FIGURE = Style(20, 26, bold=True)
FIGURE_LATE = Style(20, 26, bold=True, colour=ACCENT)
SUM = Style(12, 17, bold=True)
BODY = Style(8, 11.5)
BODY_BOLD = Style(8, 11.5, bold=True)
BODY_DIM = Style(8, 11.5, colour=DIM)
BODY_LATE = Style(8, 11.5, bold=True, colour=ACCENT)
SMALL = Style(7, 10, colour=DIM)
SMALL_INK = Style(7, 10)
SMALL_BOLD = Style(7, 10, bold=True, colour=DIM)
STAMP = Style(8, 14, bold=True, colour=WHITE)
HASH = Style(10, 14.5, bold=True)
HASH_SMALL = Style(7, 10)
NUMBER = Style(14, 19, bold=True)
GOODS = Style(9.5, 13.5)
GOODS_BOLD = Style(9.5, 13.5, bold=True)
GOODS_DIM = Style(9, 13.5, colour=DIM)
QUANTITY = Style(15, 19, bold=True)
TICK = Style(15, 19)
REMARK = Style(10.5, 15, bold=True)
NOTE_REMARK = Style(9.5, 13.5, bold=True)
