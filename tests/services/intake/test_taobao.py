"""Taobao and Tmall: the order file, alone and joined with its items, with every oddity that it is known for."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from app.services.intake.draft import LineDraft, OrderDraft, PersonDraft, PlatformState
from app.services.intake.errors import ItemsAloneError
from app.services.intake.read import detect
from tests.services.intake.making import columns, read_all, read_one, rows_of, write_csv

TAOBAO = columns(
    "订单编号|买家会员名|买家支付宝账号|买家应付货款|买家应付邮费|"
    "总金额|买家实际支付金额|订单状态|买家留言|收货人姓名|收货地址 |运送方式|"
    "联系电话 |联系手机|订单创建时间|订单付款时间 |宝贝标题 |"
    "宝贝种类 |物流单号 |物流公司|订单备注|宝贝总数量|店铺Id|店铺名称|"
    "订单关闭原因|分阶段订单信息|修改后的sku|修改后的收货地址"
)
TAOBAO_ITEMS = columns("订单编号|标题|价格|购买数量|外部系统编号|商品属性|套餐信息|备注|订单状态|商家编码")
TAOBAO_ORDER = {
    "订单编号": '="1706123456789012345"',
    "买家会员名": "tb_酒友88",
    "买家应付货款": "409.80",
    "买家应付邮费": "10.00",
    "总金额": "419.80",
    "买家实际支付金额": "419.80",
    "订单状态": "买家已付款，等待卖家发货",
    "买家留言": "请,包好",
    "收货人姓名": "何晓梅",
    "收货地址 ": "湖北省 武汉市 江汉区 新华路  1号 2单元(430022)",
    "联系电话 ": "'",
    "联系手机": "'13900001111",
    "订单创建时间": "2026-11-02 09:05:11",
    "订单付款时间 ": "2026/11/2 9:06",
    "宝贝标题 ": "赤霞珠干红",
    "宝贝种类 ": "1",
    "物流单号 ": "No:73111222333",
    "物流公司": "中通快递",
    "订单备注": "null",
    "宝贝总数量": "2",
    "店铺名称": "云酒旗舰店",
}
TAOBAO_DRAFT = OrderDraft(
    channel="taobao",
    source_number="1706123456789012345",
    currency="CNY",
    payable=41980,
    paid=41980,
    freight=1000,
    discount=0,
    placed_at=1793581511000,
    paid_at=1793581560000,
    platform_state=PlatformState.PAID,
    person=PersonDraft(
        "何晓梅", "13900001111", "湖北省", "武汉市", "江汉区", "新华路  1号 2单元", "430022", "tb_酒友88", "请,包好", ""
    ),
    lines=(LineDraft("", "赤霞珠干红", "", 2, 20490, 40980),),
    shop="云酒旗舰店",
    waybill="73111222333",
    carrier="中通快递",
)


def taobao(path: Path, *orders: Mapping[str, str]) -> Path:
    rows = rows_of(TAOBAO, *({**TAOBAO_ORDER, **order} for order in orders or ({},)))
    return write_csv(path / "ExportOrderList.csv", TAOBAO, rows, encoding="gbk")


def taobao_items(path: Path, *items: Mapping[str, str]) -> Path:
    rows = rows_of(TAOBAO_ITEMS, *items)
    return write_csv(path / "ExportOrderDetailList.csv", TAOBAO_ITEMS, rows, encoding="gbk")


def test_taobao_orders_alone(tmp_path: Path) -> None:
    assert read_one(taobao(tmp_path)) == TAOBAO_DRAFT


def test_taobao_goods_in_one_cell(tmp_path: Path) -> None:
    titles = "赤霞珠干红，白酒杯，起子"
    each = {"宝贝标题 ": titles, "宝贝种类 ": "3", "宝贝总数量": "3"}
    assert [(line.title, line.quantity, line.amount) for line in read_one(taobao(tmp_path, each)).lines] == [
        ("赤霞珠干红", 1, 0),
        ("白酒杯", 1, 0),
        ("起子", 1, 0),
    ]
    unknown = {**each, "宝贝总数量": "5"}  # how many of which is not told, so nothing is made up
    assert read_one(taobao(tmp_path, unknown)).lines == (LineDraft("", titles, "", 5, 8196, 40980),)
    one_title = {**each, "宝贝种类 ": "1", "宝贝总数量": "3"}  # the title itself has a comma
    assert [line.title for line in read_one(taobao(tmp_path, one_title)).lines] == [titles]


@pytest.mark.parametrize(
    ("address", "person"),
    [
        ("上海 上海市 浦东新区 张江路1号(000000)", ("上海", "上海市", "浦东新区", "张江路1号", "")),
        (
            "王小五，86-13900002222，浙江省 杭州市 余杭区 文一西路9号 ，311121",
            ("浙江省", "杭州市", "余杭区", "文一西路9号", "311121"),
        ),
        (
            "王小五，86-139****2222，浙江省 杭州市 余杭区 文一西路9号 ，",
            ("浙江省", "杭州市", "余杭区", "文一西路9号", ""),
        ),
        ("没有分隔的地址", ("", "", "", "没有分隔的地址", "")),
    ],
)
def test_taobao_addresses(tmp_path: Path, address: str, person: tuple[str, ...]) -> None:
    found = read_one(taobao(tmp_path, {"收货地址 ": address})).person
    assert (found.province, found.city, found.district, found.address, found.postcode) == person


def test_taobao_name_and_phone_inside_the_address(tmp_path: Path) -> None:
    inside = {
        "收货人姓名": "",
        "联系手机": "null",
        "收货地址 ": "王小五，86-139****2222，浙江省 杭州市 余杭区 文一路9号，",
    }
    found = read_one(taobao(tmp_path, inside)).person
    assert (found.name, found.phone, found.address) == ("王小五", "139****2222", "文一路9号")


def test_taobao_changed_address_counts(tmp_path: Path) -> None:
    found = read_one(taobao(tmp_path, {"修改后的收货地址": "浙江省 宁波市 鄞州区 百丈路2号(315000)"})).person
    assert (found.province, found.city, found.address) == ("浙江省", "宁波市", "百丈路2号")


def test_taobao_joined_with_its_items(tmp_path: Path) -> None:
    number = '="1706123456789012345"'
    items = taobao_items(
        tmp_path,
        {"订单编号": number, "标题": "赤霞珠,干红", "价格": "199.90", "购买数量": "2", "商家编码": "W-01",
         "商品属性": "颜色分类：乳白色;规格：[750ml]【双支】", "订单状态": "买家已付款，等待卖家发货"},
        {"订单编号": number, "标题": "酒杯", "价格": "10.00", "购买数量": "1", "订单状态": "买家已付款，等待卖家发货"},
        {"订单编号": number, "标题": "起子", "价格": "5.00", "购买数量": "1", "订单状态": "交易关闭"},
    )  # fmt: skip
    for paths in ((taobao(tmp_path), items), (items, taobao(tmp_path))):
        order = read_one(*paths)
        assert order.lines == (
            LineDraft("W-01", "赤霞珠,干红", "颜色分类：乳白色;规格：[750ml]【双支】", 2, 19990, 39980),
            LineDraft("", "酒杯", "", 1, 1000, 1000),
        )
        assert (order.payable, order.person) == (TAOBAO_DRAFT.payable, TAOBAO_DRAFT.person)


def test_taobao_orders_and_items_that_miss_each_other(tmp_path: Path) -> None:
    items = taobao_items(
        tmp_path,
        {"订单编号": "2", "标题": "酒", "价格": "1", "购买数量": "x"},
        {"订单编号": "3", "标题": "酒", "价格": "1", "购买数量": "1"},
    )
    orders, rejects = read_all(taobao(tmp_path, {"订单编号": "1"}, {"订单编号": "2"}), items)
    assert not orders
    assert [(reject.row, reject.source_number) for reject in rejects] == [(2, "1"), (3, "2"), (3, "3")]
    assert "no goods" in rejects[0].reason
    assert "Row 2 of the item file" in rejects[1].reason
    assert "no order" in rejects[2].reason


def test_taobao_items_alone_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ItemsAloneError, match="ExportOrderList"):
        detect([taobao_items(tmp_path, {"订单编号": "2", "标题": "酒", "价格": "1", "购买数量": "1"})])
