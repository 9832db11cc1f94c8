"""How fast order files become drafts, on files made here."""

import csv
import random
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import xlsxwriter

from app.services.intake.draft import OrderDraft
from app.services.intake.read import detect, read_orders

ORDERS = 100_000
XLSX_ORDERS = 20_000
LINES = 1_000_000

PLAIN = (
    "订单成交时间|商品|订单号|订单状态|商品总价(元)|邮费(元)|店铺优惠折扣(元)|平台优惠折扣(元)|多多支付立减金额(元)|用户实付金额(元)|"
    "商家实收金额(元)|商品数量(件)|发货时间|确认收货时间|商品id|商品规格|样式ID|商家编码-规格维度|商家编码-商品维度|商家备注|售后状态|"
    "快递单号|快递公司"
)
WIDE = (
    "订单编号|买家会员名|买家支付宝账号|支付单号|支付详情|买家应付货款|买家应付邮费|买家支付积分|总金额|"
    "返点积分|买家实际支付金额|买家实际支付积分|订单状态|买家留言|收货人姓名|收货地址 |运送方式|联系电话 |"
    "联系手机|订单创建时间|订单付款时间 |宝贝标题 |宝贝种类 |物流单号 |物流公司|订单备注|宝贝总数量|店铺Id|"
    "店铺名称|订单关闭原因|卖家服务费|买家服务费|发票抬头|是否手机订单|分阶段订单信息|特权订金订单id|"
    "是否上传合同照片|是否上传小票|是否代付|定金排名|修改后的sku|修改后的收货地址|异常信息|天猫卡券抵扣|"
    "集分宝抵扣|是否是O2O交易|新零售交易类型|新零售导购门店名称|新零售导购门店id|新零售发货门店名称|"
    "新零售发货门店id|退款金额|预约门店|确认收货时间|打款商家金额|含应开票给个人的个人红包"
)
LINE_COLUMNS = "订单号|商品ID|商品名称|订购数量|订单状态|下单时间|京东价|应付金额"
ITEMS = "订单编号|标题|价格|购买数量|外部系统编号|商品属性|套餐信息|备注|订单状态|商家编码"


def run() -> list[tuple[str, str]]:
    """Rows of work and figure."""
    with tempfile.TemporaryDirectory() as folder:
        return [
            *_csv_rows(Path(folder)),
            *_joined_row(Path(folder)),
            *_xlsx_row(Path(folder)),
            *_memory_row(Path(folder)),
        ]


def _csv_rows(folder: Path) -> Iterator[tuple[str, str]]:
    plain = _write(folder / "plain.csv", PLAIN, _plain(ORDERS), "utf-8")
    yield f"read {ORDERS:,} orders, one row each, csv of 23 columns", _speed([plain], ORDERS)
    wide = _write(folder / "wide.csv", WIDE, _wide(ORDERS), "gb18030")
    yield f"read {ORDERS:,} Taobao orders, csv of 56 columns in GB18030", _speed([wide], ORDERS)


def _joined_row(folder: Path) -> Iterator[tuple[str, str]]:
    count = ORDERS // 5
    orders = _write(folder / "orders.csv", WIDE, _wide(count), "gb18030")
    items = _write(folder / "items.csv", ITEMS, _items(count, 4), "gb18030")
    yield f"read {count:,} Taobao orders joined with {count * 4:,} items", _speed([orders, items], count)


def _xlsx_row(folder: Path) -> Iterator[tuple[str, str]]:
    book = xlsxwriter.Workbook(str(folder / "plain.xlsx"), {"constant_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate([PLAIN.split("|"), *_plain(XLSX_ORDERS)]):
        sheet.write_row(number, 0, row)
    book.close()
    yield (
        f"read {XLSX_ORDERS:,} orders, xlsx of 23 columns, opening included",
        _speed([folder / "plain.xlsx"], XLSX_ORDERS),
    )


def _memory_row(folder: Path) -> Iterator[tuple[str, str]]:
    count = LINES // 4
    path = _write(
        folder / "lines.csv",
        LINE_COLUMNS,
        _lines(count),
        "utf-8",
    )
    yield f"read {LINES:,} lines of {count:,} orders", _speed([path], count)
    count //= 5
    path = _write(folder / "fewer.csv", LINE_COLUMNS, _lines(count), "utf-8")
    tracemalloc.start()
    found = sum(1 for _order in read_orders(detect([path])))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    yield f"memory of Python while {found:,} of them are read", f"{peak / 2**20:.0f} MB"


def _speed(paths: Sequence[Path], orders: int) -> str:
    best = min(_seconds(paths, orders) for _time in range(3))
    return f"{orders / best:,.0f} orders/s"


def _seconds(paths: Sequence[Path], orders: int) -> float:
    start = time.perf_counter()
    found = sum(isinstance(order, OrderDraft) for order in read_orders(detect(paths)))
    seconds = time.perf_counter() - start
    if found != orders:
        raise AssertionError(found)
    return seconds


def _write(path: Path, header: str, rows: Iterator[Sequence[str]], encoding: str) -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header.split("|"))
        writer.writerows(rows)
    return path


def _moment(number: int) -> str:
    return f"2026-11-{1 + number % 28:02} {number % 24:02}:{number % 60:02}:{number * 7 % 60:02}"


def _picker(header: str) -> Callable[[dict[str, str]], list[str]]:
    names = header.split("|")
    return lambda row: [row.get(name, "") for name in names]


def _plain(count: int) -> Iterator[Sequence[str]]:
    chance, pick = random.Random(1), _picker(PLAIN)
    for number in range(count):
        amount = f"{chance.randrange(1000, 50_000) / 100:.2f}"
        yield pick(
            {
                "订单成交时间": _moment(number),
                "商品": f"赤霞珠干红葡萄酒{number % 300}号",
                "订单号": f"2611{1 + number % 28:02}-{600_000_000_000_000 + number * 7919}",
                "订单状态": "待发货",
                "商品总价(元)": amount,
                "邮费(元)": "0.00",
                "店铺优惠折扣(元)": "0.00",
                "平台优惠折扣(元)": "0.00",
                "多多支付立减金额(元)": "0.00",
                "用户实付金额(元)": amount,
                "商家实收金额(元)": amount,
                "商品数量(件)": "1",
                "商品id": str(6_000_000 + number % 300),
                "商品规格": "750ml",
                "商家编码-规格维度": f"W{number % 300}",
                "售后状态": "无售后或售后取消",
            }
        )


def _wide(count: int) -> Iterator[Sequence[str]]:
    chance, pick = random.Random(2), _picker(WIDE)
    for number in range(count):
        amount = f"{chance.randrange(1000, 50_000) / 100:.2f}"
        yield pick(
            {
                "订单编号": f'="{_taobao_number(number)}"',
                "买家会员名": f"buyer{number % 30_000}",
                "买家应付货款": amount,
                "买家应付邮费": "0.00",
                "总金额": amount,
                "买家实际支付金额": amount,
                "订单状态": "买家已付款，等待卖家发货",
                "收货人姓名": f"王{number % 977}",
                "收货地址 ": f"浙江省 杭州市 余杭区 仓前街道文一西路{number % 900}号(311121)",
                "联系手机": f"'138{number % 100_000_000:08}",
                "订单创建时间": _moment(number),
                "订单付款时间 ": _moment(number + 1),
                "宝贝标题 ": f"赤霞珠干红葡萄酒{number % 300}号",
                "宝贝种类 ": "1",
                "宝贝总数量": str(1 + number % 3),
                "店铺名称": "酒庄旗舰店",
            }
        )


def _taobao_number(number: int) -> int:
    return 170_000_000_000_000_000 + number * 7919


def _items(orders: int, each: int) -> Iterator[Sequence[str]]:
    pick = _picker(ITEMS)
    for number in range(orders):
        for line in range(each):
            yield pick(
                {
                    "订单编号": f'="{_taobao_number(number)}"',
                    "标题": f"酒{line}",
                    "价格": "19.90",
                    "购买数量": "1",
                    "商品属性": "规格：750ml",
                    "商家编码": f"W-{line}",
                }
            )


def _lines(orders: int) -> Iterator[Sequence[str]]:
    for number in range(orders):
        for line in range(4):
            yield [
                str(300_000_000_000 + number),
                f"1{line}",
                f"酒{line}",
                "1",
                "等待出库",
                _moment(number),
                "19.90",
                "79.60",
            ]
