"""What can still be sold of an article: on hand less reserved, over the article and all packs that are made of it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from app.services.db import fetch_in
from app.services.stock.fold import Lines
from app.services.stock.sums import AT_ONCE

Available = Callable[[str], int | None]

# Articles of these codes and of all their families, with the sums of their stock, and the sums of codes that the
# catalog does not know; some of them twice.
_MEMBERS = """
WITH named AS MATERIALIZED (SELECT coalesce(pack_of, id) AS single FROM variants WHERE code {among})
SELECT v.id, v.code, v.pack_of, v.pack_size, v.floor, s.on_hand, s.reserved, s.kept
FROM named JOIN variants v ON v.id = named.single LEFT JOIN stock s ON s.code = v.code
UNION ALL
SELECT v.id, v.code, v.pack_of, v.pack_size, v.floor, s.on_hand, s.reserved, s.kept
FROM named JOIN variants v ON v.pack_of = named.single LEFT JOIN stock s ON s.code = v.code
UNION ALL
SELECT NULL, code, NULL, 1, NULL, on_hand, reserved, kept FROM stock WHERE code {among}
"""


def available(conn: Connection, codes: Sequence[str]) -> dict[str, int | None]:
    """How many of each code can be sold, packs in whole packs; None where the stock of a code is not kept."""
    goods = goods_of(conn, codes)
    return {code: goods.available(code) for code in codes}


def goods_of(conn: Connection, codes: Iterable[str]) -> "Goods":
    """What the office knows of these codes and of the packs that they share their stock with."""
    goods = Goods()
    goods.learn(conn, codes)
    return goods


@dataclass(slots=True)
class Goods:
    """What the office knows of some codes: what is left of each family in single pieces, and the floor prices."""

    _asked: set[str] = field(default_factory=set)
    _floors: dict[str, int] = field(default_factory=dict)
    _families: dict[str, tuple[str, int]] = field(default_factory=dict)  # kept ones: code → single article, pack size
    _left: dict[str, int] = field(default_factory=dict)  # by single article, in pieces of it

    @property
    def floor_price(self) -> Available | None:
        """code → its floor price in minor units; None where the catalog has none for any of them."""
        return self._floors.get if self._floors else None

    def learn(self, conn: Connection, codes: Iterable[str]) -> None:
        """Look up codes that have not been asked for yet, in one question."""
        fresh = [code for code in set(codes) if code and code not in self._asked]
        self._asked.update(fresh)
        for start in range(0, len(fresh), AT_ONCE):
            self._learn(conn, fresh[start : start + AT_ONCE])

    def _learn(self, conn: Connection, codes: list[str]) -> None:
        rows = fetch_in(conn, _MEMBERS, codes)
        members = [row for row in rows if row[0] is not None]
        single = {row[0]: row[1] for row in members}
        sizes = {row[1]: (single.get(row[2], row[1]), row[3] if row[2] in single else 1) for row in members}
        self._floors.update({row[1]: row[4] for row in members if row[4] is not None})
        sums = {row[1]: row[5:] for row in rows if row[5] is not None}
        kept = {sizes.get(code, (code, 1))[0] for code, (_on_hand, _reserved, keeps) in sums.items() if keeps}
        left = dict.fromkeys(kept, 0)
        for code, (on_hand, reserved, _keeps) in sums.items():
            family, size = sizes.get(code, (code, 1))
            if family in kept:
                left[family] += (on_hand - reserved) * size
        for code in (*codes, *sizes):
            family = sizes.get(code, (code, 1))
            if family[0] in kept:
                self._families[code] = family
        self._left = left | self._left  # of what was known before, this transaction may have taken some already

    def available(self, code: str, besides: int = 0) -> int | None:
        """How many of a code can be sold when `besides` single pieces are taken; None where its stock is not kept."""
        known = self._families.get(code)
        return None if known is None else (self._left[known[0]] - besides) // known[1]

    def used_up(self, codes: Iterable[str]) -> list[str]:
        """Those of the codes whose stock is kept and of which nothing is left to sell."""
        return [code for code in codes if code in self._families and self._left[self._families[code][0]] <= 0]

    def family(self, code: str) -> tuple[str, int]:
        """The single article of a code whose stock is kept, and how many of it this one is; of another itself."""
        return self._families.get(code, (code, 1))

    def take(self, lines: Lines) -> Available | None:
        """Take an order's goods; where that is more than there was: code → how many of it the order could have had."""
        return self.shortage(lines, self._take(lines))

    def shortage(self, lines: Lines, pieces: dict[str, int] | None = None) -> Available | None:
        """As `take`, of an order that has taken its goods already."""
        wanted = self._pieces(lines) if pieces is None else pieces
        if not any(self._left[family] < 0 for family in wanted):
            return None
        mine: dict[str, int] = {}
        for line in lines:
            known = self._families.get(line[0])
            if known is not None:
                mine[line[0]] = mine.get(line[0], 0) + line[3] * known[1]
        return lambda code: self.available(code, besides=-mine.get(code, 0))

    def _take(self, lines: Lines) -> dict[str, int]:
        pieces = self._pieces(lines)
        for family, quantity in pieces.items():
            self._left[family] -= quantity
        return pieces

    def _pieces(self, lines: Lines) -> dict[str, int]:
        """What an order wants of each family, in single pieces."""
        wanted: dict[str, int] = {}
        families = self._families
        if families:
            for line in lines:
                known = families.get(line[0])
                if known is not None:
                    wanted[known[0]] = wanted.get(known[0], 0) + line[3] * known[1]
        return wanted
