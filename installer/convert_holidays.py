"""Makes resources/holidays/YEAR.json from the PyPI package chinesecalendar; to be run after an update of that package.

    python installer/convert_holidays.py chinesecalendar-1.11.0-py2.py3-none-any.whl

Each file has the form that holiday files are passed around in: a year, and its days with name, date and whether the day
is off (false: a weekend day that is worked). An office reads a newer year from such a file as well.
"""

import json
import sys
import zipfile
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

TARGET = Path(__file__).resolve().parent.parent / "resources" / "holidays"
CONSTANTS = "chinese_calendar/constants.py"
FIRST = 2020  # nobody plans or looks up a roster of the years before


def read(package: Path) -> dict[str, Any]:
    """The package's tables: its constants are plain Python without imports of its own."""
    with zipfile.ZipFile(package) as wheel:
        source = wheel.read(CONSTANTS).decode("utf-8")
    names: dict[str, Any] = {}
    exec(compile(source, CONSTANTS, "exec"), names)  # noqa: S102 (a developer's tool, on a package that was chosen)
    return names


def main(package: Path) -> None:
    """Write a file for each year."""
    tables = read(package)
    words = {one.value: one.chinese for one in tables["Holiday"]}
    years: dict[int, dict[date, tuple[str, bool]]] = defaultdict(dict)
    for table, off in (("holidays", True), ("workdays", False)):
        for day, name in tables[table].items():
            years[day.year][day] = (words[name], off)
    TARGET.mkdir(exist_ok=True)
    for year, days in sorted(years.items()):
        if year >= FIRST:
            told = [
                {"name": name, "date": day.isoformat(), "isOffDay": off} for day, (name, off) in sorted(days.items())
            ]
            content = {"year": year, "source": " ".join(package.name.split("-")[:2]) + " (PyPI, MIT)", "days": told}
            path = TARGET / f"{year}.json"
            path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
