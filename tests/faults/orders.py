"""A file of orders for the fault tests."""

import csv
from pathlib import Path

from app.services.intake.mapping import Mapping

MAPPING = Mapping(
    "shop",
    "shop",
    {
        "source_number": ("no",),
        "line.title": ("goods",),
        "line.quantity": ("qty",),
        "line.price": ("price",),
        "person.name": ("name",),
        "person.phone": ("phone",),
        "person.address": ("address",),
    },
)


def write_orders(path: Path, count: int) -> None:
    """So many orders of one line each."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("no", "goods", "qty", "price", "name", "phone", "address"))
        for number in range(count):
            row = (
                f"N{number}",
                "剑南春 水晶剑",
                "2",
                "409.00",
                "何晓梅",
                f"139{number:08d}",
                f"武汉市江汉区新华路{number}号",
            )
            writer.writerow(row)
