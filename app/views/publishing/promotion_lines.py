"""The articles of a promotion that is being planned: usual price, floor, promotion price, and what is wrong with it."""

from dataclasses import dataclass

from app.i18n import N_, _
from app.money import format_amount, format_money
from app.services.catalog.articles import Article
from app.views.theme import Kind
from app.views.widgets.list_table import Column

WIDE = 1  # the name takes what is left


@dataclass(slots=True)
class Line:
    """An article and the price it is to have; in minor units."""

    article: Article
    price: int

    @property
    def code(self) -> str:
        """The article's code."""
        return self.article.code

    @property
    def usual(self) -> int | None:
        """Its price now."""
        return self.article.price

    def problem(self) -> str:
        """What stands against the price, or ""; the service asks the same again."""
        one = self.article
        if self.price <= 0:
            return _("{code}: give it a price.").format(code=one.code)
        if one.floor is not None and self.price < one.floor:
            floor = format_money(one.floor, one.currency)
            return _("{code}: below the floor price {floor}.").format(code=one.code, floor=floor)
        if one.price is not None and self.price >= one.price:
            usual = format_money(one.price, one.currency)
            return _("{code}: not below the usual price {usual}.").format(code=one.code, usual=usual)
        return ""

    def off(self) -> str:
        """How far the price lies below the usual one."""
        return "–" if not self.usual else f"−{(self.usual - self.price) / self.usual:.1%}"


def take_off(usual: int, percent: float, unit: int) -> int:
    """The usual price less so many percent, in whole units of currency."""
    return round(usual * (100 - percent) / 100 / unit) * unit


def _money(amount: int | None) -> str:
    return "–" if amount is None else format_amount(amount)


def _red(line: Line) -> Kind | None:
    return Kind.DANGER if line.problem() else None


def line_columns() -> tuple[Column[Line], ...]:
    """Code, name, usual price, floor, promotion price, how much is taken off."""
    return (
        Column(N_("Code"), lambda line: line.code),
        Column(N_("Product name"), lambda line: line.article.name),
        Column(N_("Sale price"), lambda line: _money(line.usual), right=True),
        Column(N_("Floor price"), lambda line: _money(line.article.floor), right=True),
        Column(N_("Promotion price"), lambda line: _money(line.price), right=True, colour=_red),
        Column(N_("Taken off"), lambda line: line.off(), right=True, colour=_red),
    )
