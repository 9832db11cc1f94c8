"""How many addresses of other projects' test suites are parsed as they expect.

Compared by today's divisions: "市辖区" names no place, and a municipality is its own city. Expectations that are not
right today, or need to know more than the text says, are named below with the reason and left out of the share.
"""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.services.address.divisions import gazetteer
from app.services.address.parse import ParsedAddress, parse
from app.services.address.phone import phone_problem
from app.services.address.regions import check_region

ADDRESSES = Path(__file__).resolve().parents[3] / "shared" / "data" / "china" / "addresses"

# Input → why its expectation is not the measure.
NOT_THE_MEASURE = {
    "朝阳区汉庭酒店大山子店": "the caller told the library to prefer Beijing; 长春 has a 朝阳区 too",
    "广东省 东莞市 东城街道": "441916 is that project's own number; 东城街道 is 441900004",
    "海南省三亚市天涯区收货人吴艾培手机号码13900000005所在地区海南省三亚市吉阳区国营南新农场详细地址三亚富春山居": (
        "the label 所在地区 says 吉阳区; expected is the region before the labels, and 吉阳区 in the detail"
    ),
}


@dataclass(frozen=True)
class Judged:
    """One case: what was compared, and whether it was as expected (None: nothing expected)."""

    text: str
    region: bool | None
    name: bool | None
    phone: bool | None
    detail: bool | None


def judged(file: str) -> Iterator[Judged]:
    """Every case of `file` that is a measure."""
    for case in json.loads((ADDRESSES / file).read_text(encoding="utf-8"))["cases"]:
        if case["input"] not in NOT_THE_MEASURE:
            yield _judge(case, parse(case["input"]))


def _judge(case: Mapping[str, Any], found: ParsedAddress) -> Judged:
    expected: Mapping[str, Any] = case.get("expected", case)
    details = expected.get("detail", expected.get("details"))
    return Judged(
        case["input"],
        _region(expected, found),
        _same(expected.get("name"), found.name),
        _same(expected.get("mobile"), found.phone),
        _same(details, found.detail),
    )


def _region(expected: Mapping[str, Any], found: ParsedAddress) -> bool | None:
    if "county" in expected:
        province, city, county = (_place(expected[level]) for level in ("province", "city", "county"))
        if city == "" and county:  # 市辖区 of a municipality
            city = province
        own_city = "" if found.city == found.province and not city else found.city
        return (found.province, own_city, found.district) == (province, city, county)
    code = expected.get("code") or expected.get("adcode")
    return _same(code, found.code)


def _place(name: str | None) -> str:
    return "" if name in (None, "市辖区") else str(name)


def _same(expected: str | None, found: str) -> bool | None:
    return None if expected is None else expected.replace(" ", "") == found.replace(" ", "")


def share(values: Iterator[bool | None]) -> str:
    """ "22 of 23 (96 %)"; "–" where nothing was expected."""
    known = [value for value in values if value is not None]
    return f"{sum(known)} of {len(known)} ({sum(known) / len(known):.0%})" if known else "–"


def count(file: str) -> int:
    """The cases of a file, those included that are no measure."""
    return len(json.loads((ADDRESSES / file).read_text(encoding="utf-8"))["cases"])


def whole(file: str) -> str:
    """Where nothing is expected: how many messages gave a region down to the city, a telephone number and a detail."""
    cases = json.loads((ADDRESSES / file).read_text(encoding="utf-8"))["cases"]
    parsed = [parse(case["input"]) for case in cases]
    complete = sum(bool(each.city and each.phone and each.detail) for each in parsed)
    return f"{len(cases)} messages: complete {complete}, with a name {sum(bool(each.name) for each in parsed)}"


def _speeds() -> Iterator[tuple[str, str]]:
    gazetteer.cache_clear()
    start = time.perf_counter()
    gazetteer()
    yield "divisions: load", f"{(time.perf_counter() - start) * 1e3:.0f} ms"
    rounds = 20_000
    start = time.perf_counter()
    for _ in range(rounds):
        check_region("广东省", "深圳市", "福田区", "香蜜湖街道东海花园3栋")
    yield "region of an order checked", f"{(time.perf_counter() - start) / rounds * 1e6:.2f} µs"
    start = time.perf_counter()
    for _ in range(rounds):
        phone_problem("13800002065")
    yield "telephone number checked", f"{(time.perf_counter() - start) / rounds * 1e6:.2f} µs"


def run() -> list[tuple[str, str]]:
    """(what, figure) for each file; says so where the files are absent."""
    if not ADDRESSES.exists():
        return [("addresses", "the shared cases are not on this machine")]
    figures = []
    for file in ("jionlp_cases.json", "cpca_cases.json", "address_parse_cases.json"):
        cases = list(judged(file))
        parts: dict[str, Callable[[Judged], bool | None]] = {
            "region": lambda case: case.region,
            "name": lambda case: case.name,
            "phone": lambda case: case.phone,
            "detail": lambda case: case.detail,
        }
        shares = {what: share(part(case) for case in cases) for what, part in parts.items()}
        text = ", ".join(f"{what} {figure}" for what, figure in shares.items() if figure != "–")
        figures.append((f"addresses: {file}", f"{len(cases)} cases of {count(file)}: {text}"))
    messages = "zh_address_parse_messages.json"
    figures.append((f"addresses: {messages}", whole(messages)))
    start = time.perf_counter()
    parsed = sum(1 for _ in range(20) for _ in judged("address_parse_cases.json"))
    figures.append(("addresses: one pasted text", f"{(time.perf_counter() - start) / parsed * 1e3:.2f} ms"))
    figures.extend(_speeds())
    return figures
