"""How fast orders become tokens and queries, and what the table of initials costs."""

import random
import time
import tracemalloc
from itertools import product

from app.services.search import pinyin
from app.services.search.tokens import document, query

ORDERS = 100_000
QUERIES = ("葡萄酒", "zyjbn", "2065", "20261123-000042", "张裕 750ml 2065")
_MAKERS = ("张裕", "长城", "王朝", "威龙", "莫高", "云南红", "怡园", "西夏王")
_GOODS = ("解百纳干红葡萄酒", "赤霞珠干红葡萄酒", "有机山楂糕", "特级核桃仁", "陈年白酒")
_PACKS = ("750ml*6瓶整箱装", "500ml单支", "礼盒装500g*2袋", "家庭装1kg", "试饮装187ml", "年货大礼包")
_SURNAMES = "王李张刘陈杨赵黄周吴曾单仇解"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华乐行晨曦梓涵宇轩欣怡浩然子墨雨桐思远嘉懿若溪景行星辰安宁书瑶"


def _orders() -> list[tuple[str, str, str, str, list[str], str]]:
    shuffled = random.Random(7)
    titles = ["".join(parts) for parts in product(_MAKERS, _GOODS, _PACKS)]
    orders = []
    for index in range(ORDERS):
        name = shuffled.choice(_SURNAMES) + "".join(shuffled.choices(_GIVEN, k=shuffled.randint(1, 2)))
        phone = f"1{shuffled.randrange(3_000_000_000, 9_999_999_999)}"
        number = f"20261123-{index:06d}"
        bought = shuffled.choices(titles, k=shuffled.randint(1, 4))
        orders.append((number, str(shuffled.randrange(10**17, 10**18)), name, phone, bought, f"buyer{index % 5000}"))
    return orders


def run() -> list[tuple[str, str]]:
    """(what, figure) of the tokeniser in this process."""
    pinyin._table.cache_clear()
    tracemalloc.start()
    pinyin.initials("一")
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    pinyin._table.cache_clear()
    start = time.perf_counter()
    pinyin.initials("一")
    loaded = time.perf_counter() - start
    orders = _orders()
    start = time.perf_counter()
    tokens = sum(len(document(*order)) for order in orders)
    documents = time.perf_counter() - start
    start = time.perf_counter()
    for _ in range(1000):
        for text in QUERIES:
            query(text)
    queries = time.perf_counter() - start
    return [
        ("initials: load, memory", f"{loaded * 1e3:.1f} ms, {held / 1e6:.1f} MB"),
        ("tokens of an order, titles repeat", f"{documents / ORDERS * 1e6:.1f} µs, {tokens / ORDERS:.0f} characters"),
        ("a query", f"{queries / 1000 / len(QUERIES) * 1e6:.1f} µs"),
    ]
