"""JD, Pinduoduo and Douyin, made by hand in their own words, with every oddity that they are known for."""

from pathlib import Path

import xlsxwriter

from app.clock import from_ms
from app.services.intake.draft import LineDraft, PersonDraft, PlatformState
from tests.services.intake.making import columns, read_one, rows_of, write_csv

JD = columns(
    "订单号|商品ID|商品名称|订购数量|支付方式|下单时间|京东价|订单金额|结算金额|余额支付|应付金额|订单状态|订单类型|下单帐号|客户姓名|"
    "客户地址|联系电话|订单备注|发票类型|发票抬头|发票内容|商家备注|商家备注等级（等级1-5为由高到低）|运费金额|付款确认时间|货号"
)
JD_ITEM = {
    "订单号": "300012345678",
    "商品ID": "10160070484512.0",
    "商品名称": "白酒\r\n52度\t500ml",
    "订购数量": "2",
    "下单时间": "2026-11-02 09:05:11",
    "京东价": "100.00",
    "应付金额": "230.00",
    "订单状态": "（锁定）等待出库",
    "下单帐号": "jd_u1",
    "客户姓名": "李*",
    "客户地址": "广东深圳市福田区福华路1号",
    "联系电话": "1******6198",
    "运费金额": "6.00",
}


def test_jd_rows_of_an_order(tmp_path: Path) -> None:
    rows = rows_of(JD, JD_ITEM, {**JD_ITEM, "商品ID": "2002", "商品名称": "礼盒", "订购数量": "1", "京东价": "30.00"})
    rows[1] = rows[1][: JD.index("运费金额") + 1]  # rows may be shorter than the header
    order = read_one(write_csv(tmp_path / "19453840.csv", JD, rows, encoding="gb18030"))
    assert (order.payable, order.paid, order.freight) == (23000, None, 600)
    assert order.platform_state is PlatformState.PAID
    assert order.person == PersonDraft(
        name="李*", phone="1******6198", address="广东深圳市福田区福华路1号", buyer="jd_u1"
    )
    assert order.lines == (
        LineDraft("10160070484512", "白酒 52度 500ml", "", 2, 10000, 20000),
        LineDraft("2002", "礼盒", "", 1, 3000, 3000),
    )


def test_jd_amount_with_a_remark_and_a_typed_xlsx(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "jd.xlsx"))
    sheet = book.add_worksheet()
    header = columns("订单号|商品ID|商品名称|订购数量|商家应收|订单状态|商家SKUID|下单时间|付款确认时间")
    sheet.write_row(0, 0, ["本表仅供参考"])
    sheet.write_row(2, 0, header)
    row = [
        300012345678.0,
        10160070484512.0,
        "酒",
        3,
        "499.00（系统计算中，该值仅供参考）",
        "完成",
        "",
        "2026-11-02 09:05:11",
    ]
    sheet.write_row(3, 0, row)
    book.close()
    order = read_one(tmp_path / "jd.xlsx")
    assert (order.source_number, order.payable, order.row) == ("300012345678", 49900, 4)
    assert order.lines[0].sku == "10160070484512"
    assert order.platform_state is PlatformState.COMPLETED


PINDUODUO = columns(
    "订单成交时间|商品|订单号|订单状态|商品总价(元)|邮费(元)|店铺优惠折扣(元)|平台优惠折扣(元)|"
    "多多支付立减金额(元)|用户实付金额(元)|商家实收金额(元)|商品数量(件)|商品id|商品规格|商家编码-规格维度|商家编码-商品维度|"
    "商家备注|售后状态|快递单号|快递公司|省|市|区| 用户购买手机号"
)
PINDUODUO_ORDER = {
    "商品": "赤霞珠干红",
    "订单号": "261102-607198974342268",
    "订单状态": "已发货，待收货",
    "商品总价(元)": "1,200.00",
    "邮费(元)": "5.00",
    "店铺优惠折扣(元)": "100.00",
    "平台优惠折扣(元)": "20.00",
    "多多支付立减金额(元)": "1.50",
    "用户实付金额(元)": "1,083.50",
    "商品数量(件)": "3",
    "商品id": "ID:6100200300.",
    "商品规格": "750ml*6",
    "快递单号": "='YT99'",
    "省": "浙江省",
    "市": "****",
    "区": "****",
    " 用户购买手机号": "\t138****0000",
}


def test_pinduoduo(tmp_path: Path) -> None:
    above = [["导出说明：仅展示最近三个月"]]
    rows = [*rows_of(PINDUODUO, PINDUODUO_ORDER), ["总计", "", "", "", "1,200.00"]]
    order = read_one(write_csv(tmp_path / "a.csv", PINDUODUO, rows, encoding="utf-8-sig", above=above))
    assert (order.payable, order.paid, order.freight, order.discount) == (108350, 108350, 500, 12150)
    assert order.lines == (LineDraft("6100200300", "赤霞珠干红", "750ml*6", 3, 40000, 120000),)
    assert order.person == PersonDraft(province="浙江省", city="****", district="****", phone="138****0000")
    assert order.platform_state is PlatformState.SHIPPED
    assert from_ms(order.placed_at or 0).isoformat() == "2026-11-01T16:00:00+00:00"  # the day in the number


def test_pinduoduo_dates_and_codes_of_their_own(tmp_path: Path) -> None:
    given = {"订单成交时间": "2026-11-01 23:59:58", "商家编码-规格维度": "W-6", "订单状态": "未发货，退款成功"}
    order = read_one(write_csv(tmp_path / "a.csv", PINDUODUO, rows_of(PINDUODUO, {**PINDUODUO_ORDER, **given})))
    assert from_ms(order.placed_at or 0).isoformat() == "2026-11-01T15:59:58+00:00"
    assert (order.lines[0].sku, order.platform_state) == ("W-6", PlatformState.CANCELLED)


def test_pinduoduo_that_is_not_paid_yet(tmp_path: Path) -> None:
    rows = rows_of(PINDUODUO, {**PINDUODUO_ORDER, "订单状态": "待支付"})
    order = read_one(write_csv(tmp_path / "a.csv", PINDUODUO, rows))
    assert (order.payable, order.paid, order.platform_state) == (108350, None, PlatformState.UNPAID)


DOUYIN = columns(
    "主订单编号|子订单编号|选购商品|商品规格|商品数量|商品ID|商家编码|商品单价|订单应付金额|运费|优惠总金额|收件人|收件人手机号|省|市|区|街道|"
    "详细地址|买家留言|订单提交时间|商家备注|支付完成时间|订单状态|售后状态|取消原因|快递信息"
)
DOUYIN_ITEM = {
    "主订单编号": "\t6917926768823643751",
    "子订单编号": "\t6917926768823643751",
    "选购商品": "\t赤霞珠干红-(W-01)",
    "商品规格": "-",
    "商品数量": "2",
    "商品ID": "\t3500100200300400500",
    "商家编码": "-",
    "商品单价": "60.00",
    "订单应付金额": "110.00",
    "运费": "0.00",
    "优惠总金额": "10.00",
    "收件人": "##8f3a",
    "收件人手机号": "$$77ab",
    "省": "浙江省",
    "市": "杭州市",
    "区": "余杭区",
    "街道": "仓前街道",
    "详细地址": "##密文",
    "订单提交时间": "\t2026-11-02 09:05:11",
    "支付完成时间": "-",
    "订单状态": "待发货",
    "快递信息": "YT7788-圆通速递",
}


def test_douyin_sub_orders(tmp_path: Path) -> None:
    second = {"子订单编号": "\t69179267688236437512", "选购商品": "酒杯", "商品数量": "1", "商家编码": "G-1",
              "商品单价": "9.90", "订单应付金额": "9.90", "优惠总金额": "0.00", "订单状态": "已发货"}  # fmt: skip
    gift = {"选购商品": "赠品", "商品单价": "0.00", "订单应付金额": "0.00", "优惠总金额": "0.00", "商品数量": "1",
            "订单状态": "已关闭", "取消原因": "主品订单售后完成"}  # fmt: skip
    rows = rows_of(DOUYIN, DOUYIN_ITEM, {**DOUYIN_ITEM, **second}, {**DOUYIN_ITEM, **gift})
    order = read_one(write_csv(tmp_path / "1793581511_ab12.csv", DOUYIN, rows, encoding="utf-8-sig"))
    assert order.source_number == "6917926768823643751"
    assert (order.payable, order.discount, order.paid) == (11990, 1000, None)
    assert order.platform_state is PlatformState.PAID  # the least advanced of its lines
    assert order.lines == (
        LineDraft("W-01", "赤霞珠干红", "", 2, 6000, 12000),
        LineDraft("G-1", "酒杯", "", 1, 990, 990),
    )
    assert (order.waybill, order.carrier) == ("YT7788", "圆通速递")
    assert order.person == PersonDraft("##8f3a", "$$77ab", "浙江省", "杭州市", "余杭区", "仓前街道##密文")


def test_douyin_sub_orders_in_one_row(tmp_path: Path) -> None:
    joined = {"子订单编号": "1;2", "选购商品": "酒-(W-01);杯-(G-1)", "商品ID": "35;36", "商家编码": "W-01;G-1",
              "商品数量": "2", "商品单价": "60.00;9.90", "订单应付金额": "119.90"}  # fmt: skip
    order = read_one(write_csv(tmp_path / "a.csv", DOUYIN, rows_of(DOUYIN, {**DOUYIN_ITEM, **joined})))
    assert (order.payable, order.discount) == (11990, 1000)
    assert [(line.sku, line.title, line.quantity) for line in order.lines] == [("W-01", "酒", 1), ("G-1", "杯", 1)]
