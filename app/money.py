"""Money: whole minor units (分) and a currency code, never a float."""

from decimal import ROUND_HALF_UP, Decimal

# ISO 4217 minor units that differ from two.
_EXPONENTS = {"JPY": 0, "KRW": 0, "VND": 0, "CLP": 0, "ISK": 0, "KWD": 3, "BHD": 3, "TND": 3}
_SIGNS = {"CNY": "¥", "USD": "US$", "EUR": "€", "GBP": "£", "JPY": "JP¥", "HKD": "HK$", "TWD": "NT$"}


def exponent(currency: str) -> int:
    """How many decimal places the currency's minor unit has."""
    return _EXPONENTS.get(currency, 2)


def to_minor(amount: Decimal, currency: str = "CNY") -> int:
    """`amount` in minor units, half a unit rounded up (away from zero)."""
    return int((amount.scaleb(exponent(currency))).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def to_decimal(minor: int, currency: str = "CNY") -> Decimal:
    """`minor` units as a decimal amount."""
    return Decimal(minor).scaleb(-exponent(currency))


def format_amount(minor: int, currency: str = "CNY") -> str:
    """ "2,138.00": for columns whose currency is known."""
    return f"{to_decimal(minor, currency):,.{exponent(currency)}f}"


def format_money(minor: int, currency: str = "CNY") -> str:
    """ "¥ 2,138.00": for figures that stand alone; the space does not break, so that a line never ends in the sign."""
    sign = "-" if minor < 0 else ""
    return f"{sign}{_SIGNS.get(currency, currency)}\N{NO-BREAK SPACE}{format_amount(abs(minor), currency)}"
