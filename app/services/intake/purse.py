"""The amounts of one currency: read once, remembered, never less than nothing."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from app.money import exponent, format_amount, to_minor
from app.services.intake.errors import AbsurdAmountError, CurrencyError, ReturnError
from app.services.intake.values import MAX_AMOUNT, Memo, Price, read_minor, read_price

_CODE = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Purse:
    """Readers of amounts; "" reads as None, and ReturnError is raised for less than nothing, but not by `signed`."""

    currency: str
    signed: Memo[int | None]
    minor: Memo[int | None]
    price: Memo[Price | None]

    def total(self, plus: Iterable[str], less: Iterable[str], *, absolute: bool) -> int | None:
        """The sum of `plus` less that of `less`; None where `plus` says nothing."""
        told = [amount for amount in map(self.signed.__getitem__, plus) if amount is not None]
        if not told:
            return None
        amount = sum(told) - sum(amount for amount in map(self.signed.__getitem__, less) if amount is not None)
        return self.bounded(abs(amount) if absolute else amount)

    def bounded(self, amount: int) -> int:
        """The amount, unless it is less than nothing or absurd."""
        if amount < 0:
            raise ReturnError(text=format_amount(amount, self.currency))
        if amount > MAX_AMOUNT * 10 ** exponent(self.currency):
            raise AbsurdAmountError(text=format_amount(amount, self.currency))
        return amount

    def line_money(self, quantity: int, price: Price | None, amount: int | None) -> tuple[int, int]:
        """Unit price and amount of a line from what the file tells of them; price × quantity is rounded once."""
        if price is None:
            amount = amount or 0
            return (2 * amount + quantity) // (2 * quantity), amount  # half a unit rounded up
        minor, exact = price
        if amount is None:
            amount = self.bounded(minor * quantity if exact is None else to_minor(exact * quantity, self.currency))
        return minor, amount


def open_purse(currency: str) -> Purse:
    """Readers for amounts in `currency`; raises CurrencyError for what is no ISO 4217 code."""
    if not _CODE.fullmatch(currency):
        raise CurrencyError(text=currency[:16])
    places = exponent(currency)

    def signed(text: str) -> int | None:
        return read_minor(text, currency, places) if text else None

    def minor(text: str) -> int | None:
        amount = signed(text)
        if amount is not None and amount < 0:
            raise ReturnError(text=text)
        return amount

    def price(text: str) -> Price | None:
        found = read_price(text, currency, places) if text else None
        if found is not None and (found[0] < 0 or (found[1] is not None and found[1] < 0)):
            raise ReturnError(text=text)
        return found

    return Purse(currency, Memo(signed), Memo(minor), Memo(price))
