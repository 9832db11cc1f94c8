"""The market digest of a week (市场周报, rule P7): competitors' prices beside ours, best sellers, trends."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.clock import full_moment
from app.i18n import _
from app.services.papers.content import (
    ComparedArticle,
    ComparedOffer,
    Finding,
    Imprint,
    MarketDigest,
    Money,
    SoldArticle,
)
from app.services.papers.look import (
    A4,
    ACCENT,
    BODY,
    BODY_BOLD,
    BODY_DIM,
    BODY_LATE,
    FIGURE,
    FIGURE_LATE,
    HAIRLINE,
    LINE,
    SMALL,
    rgb,
)
from app.services.papers.parts import (
    column_amount,
    day_words,
    named,
    none_line,
    running_head,
    section,
    tiles,
    title_block,
)
from app.services.papers.press import Front
from app.services.papers.sheet import Sheet, write_paper
from app.services.papers.table import PADDING, Cell, Column, Content, Row, Table

BAR = rgb("#B8C0CB")
BAR_HEIGHT = 5.0
LEVEL = 0.0005  # a difference below that is none


def write_market_digest(digest: MarketDigest, path: Path, imprint: Imprint) -> None:
    """Write the digest to `path` as PDF; whatever goes wrong leaves nothing behind."""
    week = _("{first} to {last}").format(first=day_words(digest.first), last=day_words(digest.last))
    front = Front(_("Market digest"), imprint.office, week)

    def draw(sheet: Sheet) -> None:
        sheet.on_page = lambda: running_head(sheet, named(front), front.subject)
        sheet.start(_("Our prices as of {time}").format(time=full_moment(imprint.printed_at)))
        _head(sheet, digest, imprint)
        _prices(sheet, digest)
        _sold(sheet, digest.sold, digest.sold_until)
        _findings(sheet, _("Competitors' best sellers"), digest.best_sellers)
        _findings(sheet, _("Trends"), digest.trends)

    write_paper(path, A4, front, draw)


def _head(sheet: Sheet, digest: MarketDigest, imprint: Imprint) -> None:
    facts = (
        (_("Week"), f"{digest.first.isocalendar().week}"),
        (_("Printed at"), full_moment(imprint.printed_at)),
        (_("Printed by"), imprint.printed_by),
    )
    title_block(sheet, sheet.front.subject, facts)
    offers = [offer for one in digest.compared for offer in one.offers]
    cheaper = sum(_lies(offer) < 0 for offer in offers)
    findings = (*digest.others, *digest.best_sellers, *digest.trends)
    competitors = {offer.competitor for offer in offers} | {one.competitor for one in findings}
    sheet.rule()
    sheet.y -= 10
    figures = (
        (_("Competitors seen"), f"{len(competitors):,}", FIGURE),
        (_("Prices compared"), f"{len(offers):,}", FIGURE),
        (_("Cheaper than ours"), f"{cheaper:,}", FIGURE_LATE if cheaper else FIGURE),
        (_("Dearer than ours"), f"{sum(_lies(offer) > 0 for offer in offers):,}", FIGURE),
        (_("Our best seller, pieces"), f"{digest.sold[0].pieces:,}" if digest.sold else "–", FIGURE),
    )
    tiles(sheet, figures, len(figures))
    sheet.rule()


def _lies(offer: ComparedOffer) -> int:
    """Whether the offer lies below our price (-1), above it (1), or neither."""
    if offer.difference is None or abs(offer.difference) < LEVEL:
        return 0
    return -1 if offer.difference < 0 else 1


@dataclass(frozen=True, slots=True)
class _Scale:
    """Bars that grow to both sides of a middle line."""

    middle: float
    room: float  # for the longest bar
    highest: float

    def draw(self, sheet: Sheet, row: Row, offer: ComparedOffer) -> None:
        """Draw an offer's bar at the height of its row's first line."""
        top = sheet.y + row.height
        sheet.mark(f"{LINE} RG {HAIRLINE} w {self.middle:.2f} {top:.2f} m {self.middle:.2f} {sheet.y:.2f} l S")
        if offer.difference is None or not self.highest:
            return
        length = self.room * abs(offer.difference) / self.highest
        below = offer.difference < 0
        x = self.middle - length if below else self.middle
        sheet.fill(x, _bar_at(row, sheet), length, BAR_HEIGHT, ACCENT if below else BAR)


def _bar_at(row: Row, sheet: Sheet) -> float:
    """The lower edge of a bar beside the first line of the row that was just placed."""
    return sheet.y + row.height - PADDING - BODY.leading / 2 - BAR_HEIGHT / 2


def _prices(sheet: Sheet, digest: MarketDigest) -> None:
    section(sheet, _("Price comparison"))
    if digest.compared:
        _remark(sheet, _("Red: the competitor asks less than we do."))
        _compared(sheet, digest.compared)
    elif not digest.others:
        none_line(sheet)
    if digest.others:
        _findings(sheet, _("Other prices seen"), digest.others)


def _remark(sheet: Sheet, text: str) -> None:
    """What is said under a section's heading."""
    sheet.y += 2
    sheet.text(sheet.form.left, sheet.y, text, SMALL)
    sheet.y -= SMALL.leading + 2


def _compared(sheet: Sheet, goods: Sequence[ComparedArticle]) -> None:
    widths = (132.0, 56.0, 58.0, sheet.form.inner + 8 - 408, 54.0, 54.0, 54.0)
    titles = (
        Column(_("Our article"), widths[0], style=BODY_BOLD),
        Column(_("Our price"), widths[1], number=True),
        Column(_("Competitor"), widths[2]),
        Column(_("Their offer"), widths[3]),
        Column(_("Their price"), widths[4], number=True),
        Column("", widths[5]),
        Column(_("Against ours"), widths[6], number=True),
    )
    table = Table(sheet, titles)
    table.titles()
    highest = max((abs(offer.difference or 0) for one in goods for offer in one.offers), default=0.0)
    bar = table.x + sum(widths[:5]) + (widths[5] - 8) / 2
    scale = _Scale(bar, (widths[5] - 8) / 2, highest)
    for one in goods:
        _group(table, one, scale)


def _group(table: Table, one: ComparedArticle, scale: _Scale) -> None:
    """An article with its competitors' offers; what goes over to the next page says again whose they are."""
    ours: tuple[Content, ...] = (
        (Cell(one.name, BODY_BOLD), Cell(one.code, BODY_DIM)),
        (Cell(_amount(one.price), BODY), *((Cell(_("in promotion"), SMALL),) if one.promoted else ())),
    )
    rows = [table.lay(*(ours if place == 0 else ("", "")), *_offer(offer)) for place, offer in enumerate(one.offers)]
    table.sheet.need(sum(row.height for row in rows[:2]))
    table.turned = lambda: _again(table, one.code)
    for row, offer in zip(rows, one.offers, strict=True):
        table.place(row)
        scale.draw(table.sheet, row, offer)


def _again(table: Table, code: str) -> None:
    table.titles()
    table.sheet.text(table.x, table.sheet.y - PADDING, _("{number}, continued").format(number=code), BODY_DIM)
    table.sheet.y -= BODY_DIM.leading + PADDING


def _offer(offer: ComparedOffer) -> tuple[Content, ...]:
    level = offer.difference is not None and not _lies(offer)
    told = "=" if level else "–" if offer.difference is None else f"{offer.difference:+.1%}".replace("-", "−")
    return (
        offer.competitor,
        (Cell(offer.title, BODY), *((Cell(offer.note, SMALL),) if offer.note else ())),
        Cell(_amount(offer.price), BODY_BOLD),
        "",
        Cell(told, BODY_LATE if _lies(offer) < 0 else BODY),
    )


def _sold(sheet: Sheet, goods: Sequence[SoldArticle], until: int) -> None:
    section(sheet, _("Our best sellers"))
    if not goods:
        none_line(sheet)
        return
    _remark(sheet, _("Shipped until {time}, beside as many days of the week before.").format(time=full_moment(until)))
    columns = (
        Column("", 20, style=BODY_DIM),
        Column(_("Article"), 186),
        Column(_("Code"), 58, style=BODY_DIM),
        Column("", sheet.form.inner + 8 - 414),
        Column(_("Shipped"), 50, number=True, style=BODY_BOLD),
        Column(_("Week before"), 60, number=True, style=BODY_DIM),
        Column(_("Change"), 40, number=True),
    )
    table = Table(sheet, columns)
    table.titles()
    bar = sum(column.width for column in columns[:3])
    for place, one in enumerate(goods, start=1):
        change = "=" if one.pieces == one.before else f"{one.pieces - one.before:+,}".replace("-", "−")
        row = table.lay(f"{place}", one.name, one.code, "", f"{one.pieces:,}", f"{one.before:,}", change)
        table.place(row)
        length = (columns[3].inner - 8) * one.pieces / goods[0].pieces
        sheet.fill(table.x + bar, _bar_at(row, sheet), length, BAR_HEIGHT, ACCENT if place == 1 else BAR)


def _findings(sheet: Sheet, heading: str, found: Sequence[Finding]) -> None:
    section(sheet, heading)
    if not found:
        none_line(sheet)
        return
    priced = any(one.price is not None for one in found)
    rest = sheet.form.inner + 8 - 42 - 76 - (70 if priced else 0)
    columns = [
        Column(_("Day"), 42, style=BODY_DIM),
        Column(_("Competitor"), 76),
        Column(_("Finding"), rest, style=BODY_BOLD),
        *([Column(_("Their price"), 70, number=True, style=BODY_BOLD)] if priced else []),
    ]
    table = Table(sheet, columns)
    table.titles()
    for one in found:
        words = (Cell(one.title, BODY_BOLD), *((Cell(one.note, BODY),) if one.note else ()))
        table.row(f"{one.day:%m-%d}", one.competitor, words, *([_amount(one.price)] if priced else []))


def _amount(money: Money | None) -> str:
    return "–" if money is None else column_amount(money)
