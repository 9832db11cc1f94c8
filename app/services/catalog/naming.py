"""What a Chinese product name says of itself (53° 500ml*6): degree, volume, pieces, brand; None where it is not sure.

A wrong figure on a price tag is worse than none, so two figures that contradict each other are no figure.
"""

import functools
import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

MAX_NAME = 500  # characters; longer texts are descriptions
HIGHEST_DEGREE = 960  # tenths of % vol: nothing that is drunk is stronger
LARGEST_VOLUME = 200_000  # ml: a barrel
MOST_PIECES = 1_000

_DIGITS = dict(zip("一二三四五六七八九", range(1, 10), strict=True))
_SPELLED = _DIGITS | {"两": 2, "双": 2, "单": 1}
_COUNTER = "(?:瓶|罐|听|支|盒|袋|包|坛|桶|壶|入|只|樽)"
_TIMES = r"\s*(?:[*×✕]|(?<=[\dlL升瓶罐听支盒袋 ])[xX])\s*"
_VOLUME_UNIT = r"(?:ml|cl|dl|l|毫升|厘升|公升|升)"
_ENDS = r"(?![a-wyz]|x(?!\s*\d))"  # no letter goes on, unless it is the x of x6
_NUMBER = r"(?<![\d.])(\d{1,6}(?:\.\d{1,3})?)"
# A figure that is no strength: an angle, a temperature, malt of a beer (8°P), the number of distillations.
_NOT_STRENGTH = r"(?!\s*(?:[cfp](?![a-z])|假|角|恒温|旋转|发酵|蒸馏|过滤|以上|以下))"
_VOL = r"(?:%\s*(?:vol|abv|alc|\(v/v\)|v/v)|vol\.?\s*%|°\s*vol|度\s*vol)"
_DEGREE = re.compile(
    rf"(?:(?<![\d.])(?P<low>\d{{1,2}}(?:\.\d+)?)\s*(?:°|度|%)?\s*[-~/、至]\s*)?"
    rf"(?<![\d.])(?P<degree>\d{{1,2}}(?:\.\d+)?)\s*(?:(?P<vol>{_VOL})|(?:°|度){_NOT_STRENGTH})",
    re.IGNORECASE,
)
_CALLED = re.compile(r"(?:酒精度数?|酒精含量|度数)\s*[:：]?\s*(\d{1,2}(?:\.\d+)?)(?![\d.])\s*%?", re.IGNORECASE)
_SPELLED_DEGREE = re.compile(r"(?<![一二三四五六七八九十百])([三四五六七]?十[一二三四五六七八九]?)度(?!假|角)")
_VOLUME = re.compile(rf"{_NUMBER}\s*({_VOLUME_UNIT}){_ENDS}", re.IGNORECASE)
_AFTER = re.compile(
    rf"(?:{_VOLUME_UNIT}\)?{_TIMES}|(?<![\d.])1\s*{_COUNTER}?{_TIMES})(\d{{1,4}})(?![\d.%°度a-z])", re.IGNORECASE
)
_BEFORE = re.compile(
    rf"(?<![\d.])(\d{{1,4}})\s*{_COUNTER}?{_TIMES}\d+(?:\.\d+)?\s*{_VOLUME_UNIT}{_ENDS}", re.IGNORECASE
)
_TIMES_COUNTED = re.compile(r"(?:[*×✕]|(?<![A-Za-z0-9])x)\s*(\d{1,4})(?![\d.%°度A-Za-z])")
_COUNTED = re.compile(rf"(?<![\d.第买满])(\d{{1,4}})\s*{_COUNTER}(?![a-z])")
_SPELLED_COUNT = re.compile(
    rf"(?<![第十百年份\d])([一二三四五六七八九两双单])({_COUNTER})(?=装|整|礼|组|$|[\s)）\]】*×/])"
)
_CHAIN = re.compile(
    rf"(\d{{1,4}})\s*{_COUNTER}?{_TIMES}(\d{{1,4}})(?:\s*{_COUNTER})?(?!\d|\.\d|\s*{_VOLUME_UNIT})", re.IGNORECASE
)
_COUNTS = re.compile("[*×✕xX瓶罐听支盒袋包坛桶壶入只樽]")
_SIGNS = re.compile("[*×✕xX]")
_GIFT = re.compile("[送赠]|买[一二\\d]")
_MORE_THAN_ONE_LEVEL = re.compile(
    rf"{_TIMES}\d{{1,4}}\s*{_COUNTER}?{_TIMES}(?!\d+(?:\.\d+)?\s*{_VOLUME_UNIT})\d", re.IGNORECASE
)

_LATIN = r"[A-Za-z][A-Za-z0-9 .&'’-]{1,40}"
_HAN = "[\u4e00-\u9fff·]{2,8}"
_BRAND_FIRST = re.compile(rf"(?P<brand>{_HAN})\s*\({_LATIN}\)")
_BRAND_AFTER = re.compile(rf"{_LATIN}/(?P<brand>{_HAN})(?=[\s\d(])")


@dataclass(frozen=True, slots=True)
class NameFacts:
    """What a name says: tenths of % vol, ml of one piece, how many pieces; None where it does not say."""

    degree: int | None = None
    volume: int | None = None
    pieces: int | None = None


def read_name(name: str) -> NameFacts:
    """Degree, volume and pieces of a product name."""
    text = _plain(name)
    return NameFacts(_degree(text), _volume(text), _pieces(text))


def read_degree(name: str) -> int | None:
    """The strength that a name tells, in tenths of % vol."""
    return _degree(_plain(name))


def read_volume(name: str) -> int | None:
    """The volume of one piece that a name tells, in ml."""
    return _volume(_plain(name))


def read_pieces(name: str) -> int | None:
    """How many pieces a name says there are."""
    return _pieces(_plain(name))


def read_brand(name: str, known: Collection[str] = ()) -> str:
    """The brand that a name begins with: the longest of `known`, one written in both scripts, else ""."""
    text = unicodedata.normalize("NFKC", name).strip()
    folded = text.casefold()
    brands = [brand for brand in known if brand and folded.startswith(brand.casefold())]
    if brands:
        return max(brands, key=len)
    found = _BRAND_FIRST.match(text) or _BRAND_AFTER.match(text)
    return found["brand"] if found else ""


def _plain(name: str) -> str:
    if len(name) > MAX_NAME:
        return ""
    # Before NFKC, which would make a letter of º and a space with a ring of ˚.
    marked = name.replace("º", "°").replace("˚", "°").replace("℃", "°C").replace("﹪", "%")
    return unicodedata.normalize("NFKC", marked)


def _degree(text: str) -> int | None:
    found = set(_CALLED.findall(text))
    beer = "啤" in text
    for low, degree, vol in _DEGREE.findall(text):
        if vol or not beer:  # of a beer, 11° is the malt
            found.update((low, degree) if low else (degree,))
    tenths = set(map(_tenths, found))
    if "十" in text and not beer:
        tenths.update(_spelled_ten(word) * 10 for word in _SPELLED_DEGREE.findall(text))
    return _only(tenths, HIGHEST_DEGREE)


@functools.lru_cache(maxsize=1024)
def _tenths(number: str) -> int | None:
    tenths = Decimal(number) * 10
    return int(tenths) if tenths == int(tenths) else None


def _spelled_ten(word: str) -> int:
    tens, _ten, ones = word.partition("十")
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)


def _volume(text: str) -> int | None:
    found = {_millilitres(number, unit) for number, unit in _VOLUME.findall(text)}
    if len(found) == 2 and None not in found:
        small, large = sorted(volume for volume in found if volume is not None)
        pieces = _pieces(text)
        if pieces and small * pieces == large:  # 500ml*6 (3L)
            found = {small}
    return _only(found - {0} if len(found) > 1 else found, LARGEST_VOLUME, lowest=1)


@functools.lru_cache(maxsize=1024)
def _millilitres(number: str, unit: str) -> int | None:
    small = unit.casefold()
    factor = {"ml": 1, "毫升": 1, "cl": 10, "厘升": 10, "dl": 100}.get(small, 1000)
    volume = Decimal(number) * factor
    return int(volume) if volume == int(volume) else None


def _pieces(text: str) -> int | None:
    if not _COUNTS.search(text) or _GIFT.search(text):
        return None
    if len(_SIGNS.findall(text)) > 1 and _MORE_THAN_ONE_LEVEL.search(text):
        return _chained(text)
    found = {int(number) for pattern in (_AFTER, _BEFORE, _TIMES_COUNTED, _COUNTED) for number in pattern.findall(text)}
    found.update(_SPELLED[word] for word, _counter in _SPELLED_COUNT.findall(text))
    if len(found) == 2 and 1 in found:  # 1*6: one box of six
        found.discard(1)
    return _only(found, MOST_PIECES, lowest=1)


def _chained(text: str) -> int | None:
    """500ml*1*6 is six; 500ml*6*2 is told neither by six nor by twelve."""
    chain = {int(number) for pair in _CHAIN.findall(text) for number in pair}
    chain.update(int(number) for number in _TIMES_COUNTED.findall(text))
    chain.update(int(number) for number in _AFTER.findall(text))
    return _only(chain - {1}, MOST_PIECES, lowest=1)


def _only(found: Iterable[int | None], highest: int, *, lowest: int = 0) -> int | None:
    values = set(found)
    value = values.pop() if len(values) == 1 else None
    return value if value is not None and lowest <= value <= highest else None
