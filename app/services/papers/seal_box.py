"""The seal on paper: as text to type, as QR code to scan, with what it covers and how to check it."""

from dataclasses import dataclass

from app.i18n import _
from app.services.papers.codes import qr_code
from app.services.papers.content import Seal
from app.services.papers.look import ACCENT, HASH, HASH_SMALL, SMALL, SMALL_INK, STAMP, Style
from app.services.papers.press import copied_as
from app.services.papers.sheet import Sheet, width_of, wrap

GROUP = 4
GROUPS_A_LINE = 8
CELL = 0.68  # of the size: as wide as the widest hexadecimal digit, so that all stand as if monospaced
GAP = 0.75  # of the size: between groups
PADDING = 14.0
QR = 112.0
LABEL = 66.0


@dataclass(frozen=True, slots=True)
class _Fact:
    label: str
    lines: list[str]
    style: Style
    spaced: bool = False  # set in groups, as if monospaced


def grouped(text: str) -> list[str]:
    """Text in groups of four; the blanks between them are for the eye and count for nothing."""
    return [text[at : at + GROUP] for at in range(0, len(text), GROUP)]


def seal_box(sheet: Sheet, seal: Seal, below: float = 0) -> None:
    """The box with the seal, whole on one page with `below` points under it."""
    form = sheet.form
    left = form.left + PADDING
    facts = _facts(seal, form.inner - 2 * PADDING - QR - LABEL - 4)
    check = wrap(
        _(
            "To check this sheet, scan the code or type the seal and hand it to verify --seal: "
            "it tells whether any entry covered here was changed, added or taken away since."
        ),
        form.inner - 2 * PADDING - QR - 4,
        SMALL,
    )
    height = sum(len(fact.lines) * fact.style.leading + 4 for fact in facts) + len(check) * SMALL.leading + 2
    height = max(height, QR - 2 * PADDING + 10) + 2 * PADDING + 6
    sheet.need(height + 16 + below)
    top = sheet.y - 16
    sheet.y = top - PADDING - 6
    for fact in facts:
        _set_fact(sheet, left, fact)
    sheet.y -= 4
    for line in check:
        sheet.text(left, sheet.y, line, SMALL)
        sheet.y -= SMALL.leading
    sheet.mark(qr_code(seal.text, form.width - form.right - QR - 4, top - QR - 6, QR))
    sheet.y = top - height
    sheet.frame(form.left, sheet.y, form.inner, height, ACCENT, 0.8)
    _stamp(sheet, left, top)


def _facts(seal: Seal, width: float) -> tuple[_Fact, ...]:
    entries = _("{first:,} – {last:,} ({count:,} in all)").format(
        first=seal.first_entry, last=seal.last_entry, count=seal.entries
    )
    return (
        _Fact(_("Seal"), _spaced_lines(seal.text), HASH, spaced=True),
        _Fact(_("Entries covered"), wrap(entries, width, SMALL_INK), SMALL_INK),
        _Fact(_("Head of the chain"), _spaced_lines(seal.head), HASH_SMALL, spaced=True),
        _Fact(_("Backup"), wrap(seal.backup, width, SMALL_INK), SMALL_INK),
        _Fact(_("Its SHA-256"), _spaced_lines(seal.backup_sha256), HASH_SMALL, spaced=True),
    )


def _spaced_lines(text: str) -> list[str]:
    size = GROUP * GROUPS_A_LINE
    return [text[at : at + size] for at in range(0, len(text), size)]


def _set_fact(sheet: Sheet, x: float, fact: _Fact) -> None:
    sheet.text(x, sheet.y - fact.style.baseline + SMALL.baseline, fact.label, SMALL)
    for line in fact.lines:
        if fact.spaced:
            _set_spaced(sheet, x + LABEL, line, fact.style)
        else:
            sheet.text(x + LABEL, sheet.y, line, fact.style)
        sheet.y -= fact.style.leading
    sheet.y -= 4


def _set_spaced(sheet: Sheet, x: float, line: str, style: Style) -> None:
    """Every character in the middle of a cell of one width; who copies the text gets the groups as words."""
    cell = CELL * style.size
    for group in grouped(line):
        shown = []
        for char in group:
            offset = (cell - width_of(char, style)) / 2
            shown.append(
                f"1 0 0 1 {x + offset:.2f} {sheet.y - style.baseline:.2f} Tm {sheet.press.encode(char, style)}"
            )
            x += cell
        sheet.mark(copied_as(group, f"BT {style.colour} rg {' '.join(shown)} ET"))
        x += GAP * style.size


def _stamp(sheet: Sheet, x: float, middle: float) -> None:
    words = _("Sealed")
    width = width_of(words, STAMP) + 14
    sheet.fill(x, middle - STAMP.leading / 2, width, STAMP.leading, ACCENT)
    sheet.text(x + 7, middle + STAMP.leading / 2, words, STAMP)
