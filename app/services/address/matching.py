"""Finds the divisions that a text names one after another: 广东深圳市福田区, 重庆市县城口县, 柳州地区忻城县.

What is written is taken at its word as far as the levels fit together: each further name must lie in what was found
before. A name that several divisions share stays open until a further name decides, or for good.
"""

import re
from dataclasses import dataclass

from app.services.address.divisions import (
    CITY,
    COUNTY,
    PROVINCE,
    Division,
    Kind,
    Naming,
    gazetteer,
    split_suffix,
)

BETWEEN = re.compile(r"[\s,，.。、;；:：/|\\_·>»\-—]*")
_COUNTRY = re.compile(r"(?:中华人民共和国|中国|CHINA|China|china)" + BETWEEN.pattern)
# Headings of the statistics and the platforms' catch-alls, which name no place.
HEADING = re.compile(
    r"市辖区|省直辖县级行政(?:区划|单位)|自治区直辖县级行政(?:区划|单位)|省直辖县?|其[它他]区?|县(?=\s*[一-鿿]{2,12}县)"
)
# Areas that are no divisions but are written in a county's place.
ZONE = re.compile(
    "(?:(?![路街道号村镇乡区县市])[一-鿿]){0,6}?(?:高新(?:技术)?(?:产业)?(?:开发)?[东西南北]?区|经开区|经济(?:技术)?开发区|工业园区|产业园区|科技园区|开发区|"
    "管理区|示范区|保税区|度假区|风景(?:名胜)?区|新区|实验区|合作区|农场|林场|兵团[一-鿿]{0,6}团)"
)
_COUNTY_LIKE = re.compile("([一-鿿]{2,6}?)(?:新区|[区县市])")
# After a name without suffix: then it is part of another name (南京路, 北京西路, 上海大厦, 吐鲁番宾馆), or not whole.
_OTHER_NAME = re.compile(
    "[东西南北中]{0,2}[一二三四五六七八九十]{0,2}[号大]?(?:马?路|街|道(?!县)|巷|弄|里|胡同|桥|坡|门|口|寺|塔)|[区县市旗州盟省镇乡村]|"
    "自治|地区|街道|社区|小区|新村|新城|花园|花苑|家园|公寓|广场|大厦|大楼|宾馆|酒店|饭店|旅馆|餐|医院|大学|学院|学校|中学|小学|"
    "公园|车站|火车站|[东西南北]站|机场|码头|银行|商场|商城|商厦|超市|市场|公司|集团|工厂|国际|中心|人家|名城|府|苑|会馆|驻"
)
_TOWN_LIKE = re.compile("[一-鿿]{1,5}?(?:镇|乡|街道|苏木|办事处)")
_SEPARATOR = re.compile(r"[^0-9A-Za-z一-鿿]")
_STOP = re.compile(r"[^一-鿿]|$")

LONGEST = 60  # characters of a region with its repetitions
SURE = 28  # the score of a name of three characters with its suffix, at least


@dataclass(frozen=True, slots=True)
class Region:
    """What was found from `start` to `end`; of the deepest level all that the words may mean."""

    divisions: tuple[Division, ...]
    start: int
    end: int
    score: int
    written: str  # the deepest name as it was written
    zone: str = ""  # an area without division after it
    repeated: bool = False  # said twice just now: a third time is not read

    @property
    def certain(self) -> tuple[Division, ...]:
        """From the province down as far as all meanings agree."""
        paths = [division.path for division in self.divisions]
        shared = zip(*paths, strict=False)
        return tuple(level[0] for level in shared if len(set(level)) == 1)

    @property
    def is_open(self) -> bool:
        """Whether the deepest name may mean several divisions."""
        return len(self.divisions) > 1


def match_region(text: str, start: int = 0) -> Region | None:
    """The best reading of the divisions that begin at `start`, or None."""
    country = _COUNTRY.match(text, start)
    begin = country.end() if country else start
    found = _deepest(text, begin, None)
    return None if found is None else _with_zone(text, found, start)


def find_region(text: str) -> Region | None:
    """The best reading of divisions anywhere in `text`: where a word begins, or where a sure name stands within one."""
    best: Region | None = None
    word_begins = True
    for pos, char in enumerate(text):
        if _SEPARATOR.match(char):
            word_begins = True
            continue
        if best is None or pos >= best.end:
            found = match_region(text, pos)
            if found is not None and (word_begins or _is_sure(found)):
                best = found if best is None or found.score > best.score else best
        word_begins = False
    return best


def _is_sure(region: Region) -> bool:
    """Whether the words are sure even without a break before them: a province or two levels, with their suffixes."""
    deepest = region.divisions[0]
    return region.score >= 2 * SURE or (region.score >= SURE and deepest.level < COUNTY)


def _deepest(text: str, pos: int, held: Region | None) -> Region | None:
    """The best way on from `held`, which ends before `pos`."""
    best = held
    for name, kind, namings in gazetteer().meanings_at(text, pos):
        step = _step(text, pos, name, kind, namings, held)
        if step is not None:
            best = _better(best, _onward(text, step))
    if held is not None and best is held:
        step = _county_by_beginning(text, pos, held)
        if step is not None:
            best = _onward(text, step)
    return best


def _better(first: Region | None, second: Region | None) -> Region | None:
    if first is None or second is None:
        return first or second
    return second if second.score > first.score else first


def _onward(text: str, held: Region) -> Region | None:
    if held.end - held.start > LONGEST:
        return held
    pos = _skip(text, held.end)
    return _deepest(text, pos, held)


def _skip(text: str, pos: int) -> int:
    """Past what stands between two names, headings included."""
    while True:
        after = BETWEEN.match(text, pos)
        pos = after.end() if after else pos
        heading = HEADING.match(text, pos)
        if heading is None:
            return pos
        pos = heading.end()


def _step(
    text: str, pos: int, name: str, kind: Kind, namings: tuple[Naming, ...], held: Region | None
) -> Region | None:
    """`held` and one more name, if it fits."""
    fitting = dict.fromkeys(naming.division for naming in namings if _fits(naming, held))
    divisions = tuple(sorted(fitting, key=lambda division: division.level))
    if not divisions:
        return None
    end = pos + len(name)
    if kind is Kind.SHORT:
        taken = _short_end(text, end, divisions, held)
        if taken is None:
            return None
        end -= 0 if taken else len(name)
    repeated = held is not None and divisions == held.divisions
    if repeated and held is not None and held.repeated:
        return None
    worth = 1 if repeated else 10 * len(name) - (0, 1, 8)[kind]
    start, score = (held.start, held.score) if held else (pos, 0)
    return Region(divisions, start, end, score + worth, name, repeated=repeated)


def _fits(naming: Naming, held: Region | None) -> bool:
    if held is None:
        return True
    return any(
        naming.division.is_within(one) or any(place.is_within(one) for place in naming.within) for one in held.divisions
    )


def _short_end(text: str, end: int, divisions: tuple[Division, ...], held: Region | None) -> bool | None:
    """Whether a name without suffix that ends at `end` is taken (True), only understood (False), or neither (None)."""
    if held is not None and divisions == held.divisions:
        return None
    if _STOP.match(text, end):
        return True
    if _OTHER_NAME.match(text, end):
        return None
    if _TOWN_LIKE.match(text, end):
        return True
    if divisions[0].level < COUNTY:
        return True
    return False if held is not None else None


def _county_by_beginning(text: str, pos: int, held: Region) -> Region | None:
    """雨花区 in 南京 is 雨花台区: within one city the beginning of a county's name is enough."""
    match = _COUNTY_LIKE.match(text, pos)
    if match is None or held.is_open or held.divisions[0].level == COUNTY:
        return None
    stem = split_suffix(match[0])[0]
    below = gazetteer().children.get(held.divisions[0], ())
    found = [county for county in below if county.level == COUNTY and county.stem.startswith(stem)]
    if len(found) != 1:
        return None
    return Region((found[0],), held.start, match.end(), held.score + 10 * len(match[0]) - 4, match[0])


def _with_zone(text: str, region: Region, start: int) -> Region:
    """Of the meanings the highest, headings behind taken along, and the zone that follows a city."""
    top = region.divisions[0].level
    divisions = tuple(division for division in region.divisions if division.level == top)
    after = _skip(text, region.end)
    end = after if HEADING.search(text, region.end, after) else region.end
    zone = ""
    if len(divisions) == 1 and divisions[0].has_zones:
        match = ZONE.match(text, after)
        if match:
            zone, end = match[0], match.end()
    return Region(divisions, start, end, region.score, region.written, zone)


def names_of(region: Region) -> tuple[str, str, str]:
    """(province, city, district) as one writes them today; "" where not known, a municipality is its own city."""
    certain = region.certain
    names = {division.level: division.name for division in certain}
    province = names.get(PROVINCE, "")
    city = names.get(CITY, "")
    if not city and certain and certain[0].is_municipality:
        city = province
    district = names.get(COUNTY, "") or region.zone
    if region.is_open and region.divisions[0].level == COUNTY:
        district = region.written
    if region.is_open and region.divisions[0].level == CITY:
        city = region.written
    return province, city, district
