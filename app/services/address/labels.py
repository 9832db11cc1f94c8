"""Pasted text split at its labels: 收货人, 手机号码, 所在地区, 详细地址, …, with or without a colon."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Label(StrEnum):
    """What the words after a label are."""

    NONE = ""
    NAME = "name"
    PHONE = "phone"
    REGION = "region"
    ADDRESS = "address"
    POSTCODE = "postcode"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and the label before it."""

    label: Label
    text: str


_COLON = r"\s*[:：]\s*"
_LOOSE = r"\s*(?:[:：]|是|为)?\s*"
_START = r"(?:^|(?<=[\s,，.。;；、|]))"
# Words that stand in addresses too (柳州地区, 手机城) are labels only with a colon or before a number.
_LABELS = {
    Label.NAME: rf"(?:收[货貨件]人|[联聯][系繫絡]人|客户)(?:姓名|名字)?{_LOOSE}|"
    rf"(?:姓名|名字|收[货貨件]?|receiver|name){_COLON}",
    Label.PHONE: r"(?:收[货貨件]人|[联聯][系繫絡]|移动|固定)?(?:手[机機][号號]?[码碼]?|[电電][话話](?:[号號][码碼])?|"
    rf"[联聯][系繫絡]方式|座机|tel|mobile|phone)(?:{_COLON}|\s*(?=[+(（]?\d))",
    Label.REGION: rf"(?:所在地区|所在省市区?|收货地区|省市区){_LOOSE}|(?:地区|区域|所在地){_COLON}",
    Label.ADDRESS: rf"(?:详细|收[货件]|街道|邮寄|寄送|联系|快递)地址{_LOOSE}|(?:我家?的?)?地址(?:{_COLON}|是|为)|"
    rf"{_START}(?:地址|住址|address){_LOOSE}|(?:街道|住址){_COLON}",
    Label.POSTCODE: rf"(?:邮政编码|邮编|邮递区号)(?:{_COLON}|\s*(?=\d))",
    Label.OTHER: rf"(?:订单编号|订单号|运单号|快递单号|备注|留言|身份证号?码?){_COLON}",
}
_ANY = re.compile("|".join(f"(?P<{label.value}>{pattern})" for label, pattern in _LABELS.items()), re.IGNORECASE)


# Of a number's label only the number; a remark goes on to the end of its line.
_OTHER = re.compile(r"[A-Za-z0-9-]+|[^\n]*")


def split_labels(text: str) -> list[Piece]:
    """The text in pieces, in order; what stands before the first label has none."""
    pieces: list[Piece] = []
    label, start = Label.NONE, 0
    for match in _ANY.finditer(text):
        pieces += _pieces(label, text[start : match.start()])
        label, start = Label(match.lastgroup or ""), match.end()
    pieces += _pieces(label, text[start:])
    return [piece for piece in pieces if piece.text.strip()]


def _pieces(label: Label, text: str) -> list[Piece]:
    other = _OTHER.match(text) if label is Label.OTHER else None
    if other is None:
        return [Piece(label, text)]
    return [Piece(label, other[0]), Piece(Label.NONE, text[other.end() :])]
