"""Renminbi in capital numerals (人民币大写), as bills are written: 壹佰零伍元整."""

from app.errors import RuleError
from app.i18n import N_

LARGEST = 10**18 - 1  # in fen: just below ten thousand 万亿 yuan

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("仟", "佰", "拾", "")


class AmountTooLargeError(RuleError):
    """Capital numerals are defined up to 万亿 only."""

    message = N_("The amount is too large for capital numerals.")


def capital_amount(minor: int) -> str:
    """`minor` fen in capital numerals; raises AmountTooLargeError from ten thousand 万亿 yuan on."""
    if abs(minor) > LARGEST:
        raise AmountTooLargeError
    yuan, fen = divmod(abs(minor), 100)
    sign = "负" if minor < 0 else ""
    return sign + (_yuan(yuan) + _jiao_fen(fen, after_yuan=yuan > 0) if minor else "零元整")


def _yuan(yuan: int) -> str:
    if not yuan:
        return ""
    upper, lower = divmod(yuan, 10**8)
    if not upper:
        return _below_yi(lower) + "元"
    gap = "零" if 0 < lower < 10**7 else ""
    return _below_yi(upper) + "亿" + gap + (_below_yi(lower) if lower else "") + "元"


def _below_yi(number: int) -> str:
    """A number from 1 to 99,999,999."""
    upper, lower = divmod(number, 10**4)
    if not upper:
        return _below_wan(lower)
    gap = "零" if 0 < lower < 10**3 else ""
    return _below_wan(upper) + "万" + gap + (_below_wan(lower) if lower else "")


def _below_wan(number: int) -> str:
    """A number from 1 to 9,999: a row of zeros inside is one 零, zeros at its end are silent."""
    said = ""
    zeros = False
    for digit, place in zip(f"{number:04d}", _PLACES, strict=True):
        if digit == "0":
            zeros = bool(said)
            continue
        said += ("零" if zeros else "") + _DIGITS[int(digit)] + place
        zeros = False
    return said


def _jiao_fen(fen: int, *, after_yuan: bool) -> str:
    jiao, fen = divmod(fen, 10)
    if not jiao and not fen:
        return "整"
    if not jiao:
        return ("零" if after_yuan else "") + _DIGITS[fen] + "分"
    return _DIGITS[jiao] + "角" + (_DIGITS[fen] + "分" if fen else "整")
