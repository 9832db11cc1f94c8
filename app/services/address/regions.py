"""Whether province, city and district of an order fit together (rule O3): called for every order that arrives."""

import re
from dataclasses import dataclass
from functools import lru_cache

from app.i18n import N_, _
from app.services.address.divisions import CITY, COUNTY, OVERSEAS, Division, gazetteer
from app.services.address.matching import HEADING, ZONE, Region, find_region, match_region

MISSING_REGION = "missing_region"
MISSING_CITY = "missing_city"
MISSING_DISTRICT = "missing_district"
CONTRADICTORY = "contradictory"
UNKNOWN = "unknown"

PROBLEMS = {
    MISSING_REGION: N_("There is no province, city or district in the address."),
    MISSING_CITY: N_("The city is missing: {where}."),
    MISSING_DISTRICT: N_("The district is missing: {where}."),
    CONTRADICTORY: N_("Province, city and district contradict each other: {where}."),
    UNKNOWN: N_("There is no such province, city or district: {where}."),
}

_MISSING = (MISSING_REGION, MISSING_CITY, MISSING_DISTRICT)
_CHINESE = re.compile("[一-鿿]")
_ABROAD = re.compile("海外|国外|境外")
# What platforms and people write below a county or for a city's own middle.
_MIDDLE = re.compile("[市县]?城区|市区|县城|城关镇?|.*(?:以内|全境|之间)")


@dataclass(frozen=True, slots=True)
class RegionProblem:
    """What does not fit: `code` is one of PROBLEMS, `where` the places concerned, as one reads them."""

    code: str
    where: str


def region_sentence(code: str, where: str) -> str:
    """The sentence for a problem, in the language in use."""
    return _(PROBLEMS[code]).format(where=where)


def check_region(province: str, city: str, district: str, address: str = "") -> RegionProblem | None:
    """What is wrong with an order's region; None where it is complete and consistent, or lies abroad.

    A level that is missing may stand in `address`, or follow from the others.
    """
    problem = _problem(province, city, district)
    if problem is None or problem.code not in _MISSING:
        return problem
    if problem.code == MISSING_REGION:
        region = find_region(address) if _CHINESE.search(address) else None
        abroad = bool(address.strip()) and not _CHINESE.search(address)
        return None if abroad or (region and _lacks(region) is None) else problem
    region = match_region(" ".join([*_given(province, city, district), address]))
    return None if region is None or _lacks(region) is None else problem


@lru_cache(maxsize=16384)
def _problem(province: str, city: str, district: str) -> RegionProblem | None:
    given = _given(province, city, district)
    if not given:
        return RegionProblem(MISSING_REGION, "")
    text = " ".join(given)
    if not _CHINESE.search(text) or _ABROAD.search(given[0]):
        return None
    region = match_region(text)
    if region is None:
        return RegionProblem(UNKNOWN, given[0])
    path = region.divisions[0].path
    rest = [name for name in text[region.end :].split() if not set(path) & set(gazetteer().meanings(name))]
    problem = _beyond(region, rest[0]) if rest else _lacks(region)
    catch_all = district.strip() and not rest and HEADING.fullmatch(district.strip())
    return None if catch_all and problem and problem.code == MISSING_DISTRICT else problem


def _given(*levels: str) -> list[str]:
    stripped = (level.strip() for level in levels)
    return [level for level in stripped if level and level != "县" and not HEADING.fullmatch(level)]


def _beyond(region: Region, name: str) -> RegionProblem | None:
    """What a name means that does not follow from what stands before it."""
    deepest = region.divisions[0]
    if deepest.code[:2] in OVERSEAS or _MIDDLE.fullmatch(name) or ZONE.fullmatch(name):
        return None
    elsewhere = [division for division in gazetteer().meanings(name) if not division.is_town]
    if elsewhere:
        written = "".join(division.name for division in deepest.path)
        true = f" → {_path(elsewhere[0])}" if len(elsewhere) == 1 else ""
        return RegionProblem(CONTRADICTORY, f"{written} / {name}{true}")
    if deepest.level == COUNTY or _has_no_counties(deepest):
        return None  # a town, which this list does not hold
    return RegionProblem(UNKNOWN, name)


def _lacks(region: Region) -> RegionProblem | None:
    """The level that the region leaves out."""
    deepest = region.divisions[0]
    if region.is_open:
        return RegionProblem(MISSING_CITY, region.written)
    if deepest.level == COUNTY or region.zone or deepest.code[:2] in OVERSEAS or _has_no_counties(deepest):
        return None
    is_city = deepest.level == CITY or deepest.is_municipality
    return RegionProblem(MISSING_DISTRICT if is_city else MISSING_CITY, _path(deepest))


def _has_no_counties(division: Division) -> bool:
    below = gazetteer().children.get(division, ())
    return division.level == CITY and all(child.is_town for child in below)


def _path(division: Division) -> str:
    return "".join(step.name for step in division.path)
