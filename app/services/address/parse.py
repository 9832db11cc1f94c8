"""An address pasted in one piece taken apart: who, where, which number; in any order, with or without labels."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from app.services.address.divisions import OVERSEAS
from app.services.address.labels import Label, Piece, split_labels
from app.services.address.matching import SURE, Region, find_region, match_region, names_of
from app.services.address.names import ENOUGH, clean_name, name_score
from app.services.address.phone import FoundPhone, find_phone
from app.services.address.regions import RegionProblem, check_region

LONGEST = 500  # characters that are read of a text; no address is longer
MOST_REPETITIONS = 4

_BREAK = "\x1f"  # where a telephone number or a postcode was taken out
_HERE = "\x1e"  # where the region was taken out
_FULL_WIDTH = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | dict.fromkeys(
    map(ord, "\u3000\xa0【】「」"), 0x20
)
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_COURTESY = re.compile(
    "(?:请|帮我|帮忙|麻烦您?|给我)*(?:寄|发|送)(?:货|件|快递)?(?:给|到|往|至)|我?家?住在|(?:收货|收件|地址|客户)信息:?|[谢謝]{2,}[您你啦了]*|麻烦[您你]?了"
)
_WORD = re.compile(rf"[A-Za-z][A-Za-z.'-]*(?: [A-Za-z][A-Za-z.'-]*)+|[^\s,;、|。{_BREAK}{_HERE}]+|[{_BREAK}{_HERE}]")
_POSTCODE = re.compile(rf"(?:(?<=[\s,;、|。(\[{_BREAK}])|^)[0-8]\d{{5}}(?=[\s,;、|。)\]{_BREAK}]|$)")
_NO_ADDRESS = re.compile(r"[A-Za-z]{0,6}\d{9,}|[我你您家在的是]+|[男女]")
# A name that the address runs into, before the telephone number: …3栋201室王小明.
_NAME_AT_END = re.compile(r"(.*[0-9A-Za-z号室楼栋幢座层户])([一-鿿]{2,3})")
_TIDY = ":-—_/\\ "
_HAN = re.compile("[一-鿿]")


@dataclass(frozen=True, slots=True)
class ParsedAddress:
    """What a pasted text says; "" for what it does not say. A municipality is its own city."""

    name: str
    phone: str
    province: str
    city: str
    district: str
    detail: str
    postcode: str
    code: str  # six digits of the deepest certain division by the statistical bureau
    problem: RegionProblem | None  # what check_region says of it
    rest: tuple[str, ...] = ()  # what was read and belongs nowhere: order numbers, a second region


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    label: Label
    near_phone: bool
    after_region: bool  # glued to the region: surely part of the address


def parse(text: str) -> ParsedAddress:
    """The parts of a pasted address; what cannot be made out stays in `detail`, nothing is invented."""
    plain = _INVISIBLE.sub("", text[: 2 * LONGEST].translate(_FULL_WIDTH))[:LONGEST]
    pieces = split_labels(_COURTESY.sub(" ", plain))
    phone, pieces = _take_phone(pieces)
    postcode, pieces = _take_postcode(pieces)
    region, pieces = _take_region(pieces)
    words = [word for piece in pieces for word in _words(piece)]
    name, words = _take_name(words)
    rest = tuple(word.text for word in words if _is_rest(word))
    detail = _joined([word.text for word in words if not _is_rest(word)])
    province, city, district = names_of(region) if region else ("", "", "")
    return ParsedAddress(
        name=name,
        phone=phone,
        province=province,
        city=city,
        district=district,
        detail=detail,
        postcode=postcode,
        code=_code(region),
        problem=check_region(province, city, district, detail),
        rest=rest,
    )


def _code(region: Region | None) -> str:
    if region is None or not region.certain:
        return ""
    deepest = region.certain[-1]
    code = deepest.path[0].code if deepest.code[:2] in OVERSEAS else deepest.code[:6]
    return code.ljust(6, "0")


# ---- what stands in the text by itself


def _take_phone(pieces: Sequence[Piece]) -> tuple[str, list[Piece]]:
    """The telephone number: where a label announces one, else the first; its place is marked."""
    for wanted in (_is_phone, _is_anything):
        for index, piece in enumerate(pieces):
            found = find_phone(piece.text) if wanted(piece) else None
            if found is not None:
                return found.number, [*pieces[:index], *_around(piece, found), *pieces[index + 1 :]]
    return "", list(pieces)


def _around(piece: Piece, found: FoundPhone) -> list[Piece]:
    """A piece without its telephone number; what follows that is no longer under the piece's label."""
    before, after = piece.text[: found.start] + _BREAK, piece.text[found.end :]
    if piece.label is Label.NONE:
        return [Piece(Label.NONE, before + after)]
    label = Label.NONE if piece.label is Label.PHONE else piece.label
    return [Piece(label, before), Piece(Label.NONE, _BREAK + after)]


def _is_phone(piece: Piece) -> bool:
    return piece.label is Label.PHONE


def _is_anything(piece: Piece) -> bool:
    return piece.label is not Label.OTHER


def _take_postcode(pieces: Sequence[Piece]) -> tuple[str, list[Piece]]:
    for index, piece in enumerate(pieces):
        match = _POSTCODE.search(piece.text)
        if match and piece.label is not Label.OTHER:
            taken = piece.text[: match.start()] + _BREAK + piece.text[match.end() :]
            label = Label.NONE if piece.label is Label.POSTCODE else piece.label
            return match[0], _with(pieces, index, Piece(label, taken))
    return "", list(pieces)


def _with(pieces: Sequence[Piece], index: int, piece: Piece) -> list[Piece]:
    return [*pieces[:index], piece, *pieces[index + 1 :]]


# ---- the region


def _take_region(pieces: Sequence[Piece]) -> tuple[Region | None, list[Piece]]:
    """The region from where a label announces it, else the best there is; what repeats it is taken out too."""
    for wanted in ((Label.REGION,), (Label.ADDRESS,), (Label.NONE, Label.NAME, Label.PHONE)):
        found = [
            (region, index)
            for index, piece in enumerate(pieces)
            if piece.label in wanted and (region := find_region(piece.text)) is not None
        ]
        if found:
            region, index = max(found, key=lambda each: each[0].score)
            home = _cut(pieces[index], region)
            return _deepened(region, _with(pieces, index, home))
    return None, list(pieces)


def _cut(piece: Piece, region: Region) -> Piece:
    return replace(piece, text=piece.text[: region.start] + _HERE + piece.text[region.end :])


def _deepened(region: Region, pieces: Sequence[Piece]) -> tuple[Region, list[Piece]]:
    """Without the repetitions of the region, which may name a further level."""
    cleaned = []
    for piece in pieces:
        text = piece.text
        for _ in range(MOST_REPETITIONS):
            again = _repetition(text, region)
            if again is None:
                break
            if len(again.certain) > len(region.certain):
                region = again
            text = _without(text, again)
        label = Label.OTHER if _is_another_region(text) else piece.label
        cleaned.append(Piece(label, text))
    return region, cleaned


def _is_another_region(text: str) -> bool:
    """Whether a piece says nothing but a region, which is not the one that was taken."""
    found = None if _HERE in text else match_region(text)
    return found is not None and found.score >= 2 * SURE and not text[found.end :].strip(_TIDY + ",")


def _repetition(text: str, region: Region) -> Region | None:
    """Where `text` says the same region again, surely enough."""
    again = find_region(text)
    if again is None or again.score < SURE or again.is_open:
        return None
    own, other = region.certain, again.certain
    is_same = own[: len(other)] == other[: len(own)]
    starts = not text[: again.start].strip(_HERE + _BREAK + _TIDY + ", ")
    return again if is_same and own and (again.score >= 2 * SURE or starts) else None


def _without(text: str, again: Region) -> str:
    """Cut out; what stood before is dropped where the text says it once more: 上顿渡镇[江西省…]上顿渡镇老公安局."""
    before, after = text[: again.start], text[again.end :]
    mark = max(before.rfind(_HERE), before.rfind(_BREAK)) + 1
    said = before[mark:].strip()
    return before[:mark] + after if said and after.startswith(said) else before + after


# ---- words


def _words(piece: Piece) -> Iterator[_Word]:
    """The words of a piece, with what stands beside them."""
    tokens = [match[0] for match in _WORD.finditer(piece.text)]
    glued = {match.start() for match in re.finditer(f"(?<={_HERE})[^\\s,;、|。{_BREAK}]", piece.text)}
    starts = [match.start() for match in _WORD.finditer(piece.text)]
    for index, token in enumerate(tokens):
        if token in (_BREAK, _HERE):
            continue
        beside = tokens[max(index - 1, 0) : index + 2]
        text = token.strip(_TIDY)
        if text.count("(") != text.count(")"):
            text = text.strip("()")
        if text:
            yield _Word(text, piece.label, _BREAK in beside, starts[index] in glued)


def _take_name(words: list[_Word]) -> tuple[str, list[_Word]]:
    """The labelled name, else the word that looks most like one; the words without it."""
    for index, word in enumerate(words):
        if word.label is Label.NAME:
            return clean_name(word.text), [*words[:index], *(_unlabelled(later) for later in words[index + 1 :])]
    for labels, enough in (((Label.NONE,), ENOUGH), ((Label.ADDRESS,), ENOUGH + 1)):
        free = [index for index, word in enumerate(words) if word.label in labels and not word.after_region]
        best = max(free, key=partial(_score, words), default=None)
        if best is not None and _score(words, best) >= enough:
            return clean_name(words[best].text), [*words[:best], *words[best + 1 :]]
    return _name_at_end(words)


def _name_at_end(words: list[_Word]) -> tuple[str, list[_Word]]:
    for index, word in enumerate(words):
        match = _NAME_AT_END.fullmatch(word.text) if word.near_phone else None
        if match and name_score(match[2], near_phone=False, at_edge=False) > ENOUGH:
            return match[2], [*words[:index], replace(word, text=match[1]), *words[index + 1 :]]
    return "", words


def _unlabelled(word: _Word) -> _Word:
    return replace(word, label=Label.NONE) if word.label is Label.NAME else word


def _score(words: Sequence[_Word], index: int) -> int:
    word = words[index]
    return name_score(word.text, word.near_phone, index in (0, len(words) - 1))


def _is_rest(word: _Word) -> bool:
    return word.label in (Label.OTHER, Label.PHONE, Label.POSTCODE) or _NO_ADDRESS.fullmatch(word.text) is not None


def _joined(words: Sequence[str]) -> str:
    """Words put together, with a space only where letters or digits would run into each other."""
    text = ""
    for word in words:
        apart = text and not _HAN.match(text[-1]) and not _HAN.match(word[0])
        text += f" {word}" if apart else word
    return text
