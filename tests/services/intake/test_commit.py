"""Importing: new, unchanged, changed, rejected; previewed, written whole or not at all (rules O1, O6)."""

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from sqlalchemy import text

from app.errors import CancelledError, PermissionDeniedError
from app.services.customers.erasing import erase_customer
from app.services.intake.commit import ImportResult, preview_import, run_import
from app.services.intake.mapping import Mapping
from app.services.intake.read import Source, detect
from app.services.orders.amend import amend_order
from app.services.orders.detail import find_order
from app.services.orders.giving import concede_price
from app.services.orders.queue import queue_counts
from app.services.orders.rows import AmendDraft, Queue
from app.services.orders.steps import cancel_order, log_contact
from tests.services.orders.making import REACHED, Crew

COLUMNS = (
    "no",
    "sku",
    "goods",
    "qty",
    "price",
    "paid",
    "name",
    "phone",
    "province",
    "city",
    "district",
    "street",
    "state",
)
ORDER = (
    "A1",
    "BJ-1",
    "剑南春 水晶剑",
    "2",
    "409.00",
    "818.00",
    "何晓梅",
    "13900001111",
    "湖北省",
    "武汉市",
    "江汉区",
    "新华路1号",
    "paid",
)
MAPPING = Mapping(
    "own shop",
    "shop",
    {
        "source_number": ("no",),
        "line.sku": ("sku",),
        "line.title": ("goods",),
        "line.quantity": ("qty",),
        "line.price": ("price",),
        "paid": ("paid",),
        "person.name": ("name",),
        "person.phone": ("phone",),
        "person.province": ("province",),
        "person.city": ("city",),
        "person.district": ("district",),
        "person.address": ("street",),
        "state": ("state",),
    },
    state_words={"paid": ("paid",), "shipped": ("sent",), "completed": ("done",), "cancelled": ("void",)},
)


def order(**changes: str) -> tuple[str, ...]:
    return tuple(changes.get(column, value) for column, value in zip(COLUMNS, ORDER, strict=True))


def write(path: Path, rows: Iterable[Sequence[str]]) -> Source:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(rows)
    return detect([path], MAPPING)


def counts(result: ImportResult) -> tuple[int, int, int, int]:
    return result.new, result.unchanged, result.changed, result.rejected


def entries(crew: Crew) -> int:
    with crew.db.reading() as conn:
        return int(conn.execute(text("SELECT count(*) FROM entries")).scalar_one())


def test_the_second_import_changes_nothing(crew: Crew, tmp_path: Path) -> None:
    source = write(tmp_path / "a.csv", [order(), order(no="A2")])
    assert counts(run_import(crew.clerk, source)) == (2, 0, 0, 0)
    before = entries(crew)
    again = run_import(crew.clerk, source)
    assert counts(again) == (0, 2, 0, 0)
    assert again.totals == {"CNY": 163_600}
    assert entries(crew) == before + 1  # that somebody imported, and nothing about any order


def test_a_preview_says_it_all_and_writes_nothing(crew: Crew, tmp_path: Path) -> None:
    run_import(crew.clerk, write(tmp_path / "a.csv", [order(), order(no="A2")]))
    before = entries(crew)
    rows = [order(), order(no="A2", paid="1.00", street="民主路2号"), order(no="A3"), order(no="A4", qty="zwei")]
    preview = preview_import(crew.clerk, write(tmp_path / "b.csv", rows))
    assert counts(preview) == (1, 1, 1, 1)
    assert {(row.source_number, row.kind) for row in preview.samples} == {
        ("A1", "unchanged"), ("A2", "changed"), ("A3", "new"),
    }  # fmt: skip
    changed = next(row for row in preview.samples if row.kind == "changed")
    assert set(changed.changes) == {"Paid", "Address"}
    assert [(reject.row, reject.source_number) for reject in preview.rejects] == [(5, "A4")]
    assert entries(crew) == before


def test_a_changed_order_becomes_an_amendment(crew: Crew, tmp_path: Path) -> None:
    run_import(crew.clerk, write(tmp_path / "a.csv", [order(paid="800.00")]))
    assert find_order(crew.clerk, "A1").row.held
    run_import(crew.clerk, write(tmp_path / "b.csv", [order(qty="3", paid="1227.00", street="民主路2号")]))
    detail = find_order(crew.clerk, "A1")
    assert (detail.amounts_as_ordered.payable, detail.amounts.payable) == (81_800, 122_700)
    assert (detail.lines_as_ordered[0].quantity, detail.lines[0].quantity) == (2, 3)
    assert (detail.person_as_ordered.address, detail.person.address) == ("新华路1号", "民主路2号")
    assert detail.row.pieces == 3
    assert not detail.row.held  # the payment fits now; the finding stays on record
    assert [h.kind.value for h in detail.happenings] == [
        "order.accepted", "order.checked", "order.amended", "order.checked",
    ]  # fmt: skip


def test_the_platforms_old_sum_does_not_undo_a_concession(crew: Crew, tmp_path: Path) -> None:
    run_import(crew.clerk, write(tmp_path / "a.csv", [order()]))
    number = find_order(crew.clerk, "A1").row.id
    concede_price(crew.clerk, number, 800, "老客户")
    amend_order(crew.clerk, number, AmendDraft("电话里改", name="何小梅"))
    run_import(crew.clerk, write(tmp_path / "b.csv", [order(street="民主路2号")]))
    detail = find_order(crew.clerk, "A1")
    assert (detail.amounts.payable, detail.person.name, detail.person.address) == (81_000, "何小梅", "民主路2号")


def test_the_platform_may_run_ahead_and_never_back(crew: Crew, tmp_path: Path) -> None:
    run_import(crew.clerk, write(tmp_path / "a.csv", [order(), order(no="A2")]))
    cancel_order(crew.clerk, find_order(crew.clerk, "A2").row.id, "不要了")
    run_import(crew.clerk, write(tmp_path / "b.csv", [order(state="sent"), order(no="A2", state="sent")]))
    assert find_order(crew.clerk, "A1").row.state == "shipped"
    assert find_order(crew.clerk, "A1").row.clock_from is None
    assert find_order(crew.clerk, "A2").row.state == "cancelled"


def test_orders_done_long_ago_have_no_clock(crew: Crew, tmp_path: Path) -> None:
    run_import(crew.clerk, write(tmp_path / "a.csv", [order(state="done"), order(no="A2", state="void")]))
    assert queue_counts(crew.clerk)[Queue.CONTACT] == 0


def test_one_number_in_two_shops_is_two_orders(crew: Crew, tmp_path: Path) -> None:
    source = write(tmp_path / "a.csv", [order()])
    assert counts(run_import(crew.clerk, source, origin="north")) == (1, 0, 0, 0)
    assert counts(run_import(crew.clerk, source, origin="south")) == (1, 0, 0, 0)
    assert counts(run_import(crew.clerk, source, origin="north")) == (0, 1, 0, 0)


def test_a_cancelled_import_leaves_nothing(crew: Crew, tmp_path: Path) -> None:
    source = write(tmp_path / "a.csv", [order(no=f"A{n}") for n in range(5_000)])
    before = entries(crew)

    def stop(share: float) -> None:
        if share > 0.6:
            raise CancelledError

    with pytest.raises(CancelledError):
        run_import(crew.clerk, source, stop)
    assert entries(crew) == before
    assert queue_counts(crew.clerk)[Queue.ALL] == 0


def test_importing_again_does_not_bring_a_forgotten_person_back(crew: Crew, tmp_path: Path) -> None:
    source = write(tmp_path / "a.csv", [order()])
    run_import(crew.clerk, source)
    detail = find_order(crew.clerk, "A1")
    cancel_order(crew.clerk, detail.row.id, "不要了")
    erase_customer(crew.program, detail.customer.id, "来信")
    assert counts(run_import(crew.clerk, source)) == (0, 1, 0, 0)
    assert counts(run_import(crew.clerk, write(tmp_path / "b.csv", [order(paid="1.00")]))) == (0, 1, 0, 0)
    assert find_order(crew.clerk, "A1").person.erased


def test_an_import_is_on_record_with_its_files(crew: Crew, tmp_path: Path) -> None:
    run_import(crew.clerk, write(tmp_path / "a.csv", [order()]))
    with crew.db.reading() as conn:
        content = conn.execute(text("SELECT content FROM entries WHERE kind = 'import.done'")).scalar_one()
    told = json.loads(content)
    assert (told["new"], told["format"], told["files"][0]["name"]) == (1, "own shop", "a.csv")
    assert len(told["files"][0]["sha256"]) == 64


def test_who_may_not_import(crew: Crew, tmp_path: Path) -> None:
    with pytest.raises(PermissionDeniedError):
        run_import(crew.packer, write(tmp_path / "a.csv", [order()]))


def test_a_contacted_order_whose_facts_change_is_checked_again(crew: Crew, tmp_path: Path) -> None:
    run_import(crew.clerk, write(tmp_path / "a.csv", [order()]))
    number = find_order(crew.clerk, "A1").row.id
    log_contact(crew.clerk, number, REACHED)
    run_import(crew.clerk, write(tmp_path / "b.csv", [order(paid="1.00")]))
    row = find_order(crew.clerk, "A1").row
    assert row.held
    assert [finding.code for finding in row.findings] == ["payment"]
