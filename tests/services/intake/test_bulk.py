"""Column by column says the same as row by row."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from app.services.intake.build import build_orders
from app.services.intake.bulk import draft_columns
from app.services.intake.columns import prepare
from app.services.intake.draft import OrderDraft, Reject
from app.services.intake.formats import Format, load_formats
from app.services.intake.plan import Plan, compile_plan
from app.services.intake.tables import Row

MONEY = st.sampled_from(["", "-", "0.00", "9.90", "1,200.00", "¥3", "12.345", "0.001", "-1.00", "x", "100000000.01"])
CELLS = {
    "订单号": st.sampled_from(["", "1", "261102-1", '="5"', "'7", "x" * 70]),
    "商品": st.sampled_from(["", "酒", " 杯\t", "null"]),
    "订单状态": st.sampled_from(["待支付", "待发货", "已发货，待收货", "退款成功", "?", ""]),
    "商品数量(件)": st.sampled_from(["1", "2", "3.0", "0", "-1", "", "x"]),
    "商品总价(元)": MONEY,
    "邮费(元)": MONEY,
    "店铺优惠折扣(元)": MONEY,
    "平台优惠折扣(元)": MONEY,
    "用户实付金额(元)": MONEY,
    "订单成交时间": st.sampled_from(["2026-11-02 09:05:11", "2026/11/2 9:05", "", "soon"]),
    "商家编码-规格维度": st.sampled_from(["W1", "", "1.5E+12", "77.0"]),
    "快递单号": st.sampled_from(["", "YT1"]),
}
GOOD: list[str] = ["1", "酒", "待发货", "2", "9.90", "", "", "", "9.90", "2026-11-02 09:05:11", "W1", ""]


def plan() -> Plan:
    known: Format = next(known for known in load_formats() if known.name == "pinduoduo")
    return compile_plan(known, list(CELLS))


@given(st.lists(st.tuples(*CELLS.values()), min_size=1, max_size=6))
def test_a_batch_says_the_same_as_its_rows_alone(rows: Sequence[Sequence[str]]) -> None:
    groups = [[(number, list(cells))] for number, cells in enumerate(rows, 2)]
    alone = [_row_by_row(group) for group in groups]
    assert build_orders(plan(), groups) == alone


def _row_by_row(group: list[Row]) -> OrderDraft | Reject:
    """A second group with nothing in it keeps the batch from being worked on by columns."""
    return build_orders(plan(), [group, [(1, []), (1, [])]])[0]


def test_good_rows_are_worked_on_by_columns() -> None:
    batch = prepare(plan(), [(2, GOOD), (3, GOOD)])
    drafts = draft_columns(plan(), batch, [2, 3])
    assert drafts is not None
    assert drafts == [_row_by_row([(2, GOOD)])] * 2


def test_a_doubtful_row_is_left_to_a_closer_look() -> None:
    for column, text in enumerate(["", "酒", "?", "-1", "x", "", "", "", "", "soon", "1.5E+12"]):
        doubtful = [*GOOD[:column], text, *GOOD[column + 1 :]]
        found = draft_columns(plan(), prepare(plan(), [(2, GOOD), (3, doubtful)]), [2, 3])
        assert (found is None) == (text in ("-1", "x", "soon", "1.5E+12") or column == 0)
