"""What is left of a customer who was erased: nothing, in no table, no file of the office, no later backup, no log."""

from dataclasses import replace
from pathlib import Path

from sqlalchemy import inspect, text

from app.services.backups.backup import backup
from app.services.customers.erasing import erase_customer
from app.services.orders.amend import amend_order
from app.services.orders.detail import order_detail
from app.services.orders.export import list_as_data, show_as_data
from app.services.orders.queue import queue_ids
from app.services.orders.rows import AmendDraft, OrderFilter, Queue
from app.services.orders.steps import cancel_order, claim_order, log_contact
from app.services.records.record import record
from app.services.verify import verify
from tests.services.orders.making import PERSON, REACHED, Crew, accept, draft

GONE = replace(
    PERSON,
    name="慕容婉仪",
    phone="13900007781",
    address="碧云天路77号" * 30,  # longer than a page's cell: such a row has pages of its own
    buyer="tb_murong_wan",
    message="请放在碧云小筑",
    remark="慕容家的老客户",
)
WORDS = ("慕容婉仪", "13900007781", "碧云天路", "tb_murong_wan", "碧云小筑", "慕容家", "燕子坞路9号")


def erase_one(crew: Crew) -> int:
    kept, order = accept(crew, [draft(1), draft(2, person=GONE)])
    accept(crew, [draft(number) for number in range(3, 40)])
    claim_order(crew.clerk, order)
    amend_order(crew.clerk, order, AmendDraft("搬家", address="燕子坞路9号"))
    log_contact(crew.clerk, order, REACHED)
    cancel_order(crew.clerk, order, "不要了")
    customer = order_detail(crew.clerk, order).customer.id
    erase_customer(crew.program, customer, "客户来信要求")
    assert order_detail(crew.clerk, kept).person.name == PERSON.name
    return order


def left_in(raw: bytes) -> list[str]:
    return [word for word in WORDS if word.encode() in raw]


def test_no_table_holds_a_word_of_it(any_crew: Crew) -> None:
    order = erase_one(any_crew)
    with any_crew.db.reading() as conn:
        for table in inspect(conn).get_table_names():
            rows = conn.execute(text(f'SELECT * FROM "{table}"')).all()
            raw = "\n".join(f"{value!r}" for row in rows for value in row)
            assert left_in(raw.encode()) == [], table
        if not any_crew.db.is_sqlite:
            tokens = conn.execute(text(f"SELECT count(*) FROM order_search WHERE id = {order}")).scalar_one()
            assert tokens == 0
    assert verify(any_crew.clerk).ok


def test_no_file_of_the_office_holds_a_word_of_it(crew: Crew) -> None:
    erase_one(crew)
    place = Path(crew.db.place)
    files = [path for path in place.parent.iterdir() if path.name.startswith(place.name)]
    assert {path.name: left_in(path.read_bytes()) for path in files} == {path.name: [] for path in files}


def test_a_second_erasure_finds_an_index_already_merged(crew: Crew) -> None:
    erase_one(crew)
    again = replace(GONE, phone="13900007792", buyer="tb_duan_yu", name="段誉公子")
    (order,) = accept(crew, [draft(50, person=again)])
    cancel_order(crew.clerk, order, "不要了")
    erase_customer(crew.program, order_detail(crew.clerk, order).customer.id, "客户来信要求")
    raw = Path(crew.db.place).read_bytes()
    assert [word for word in ("13900007792", "tb_duan_yu", "段誉公子") if word.encode() in raw] == []
    assert verify(crew.clerk).ok
    assert list(queue_ids(crew.clerk, OrderFilter(queue=Queue.ALL, text="0001"))) != []


def test_no_later_backup_paper_or_answer_holds_a_word_of_it(any_crew: Crew, tmp_path: Path) -> None:
    order = erase_one(any_crew)
    backup(any_crew.program, tmp_path / "out")
    any_crew.clock.advance(minutes=1)
    record(any_crew.program, any_crew.clock.now().date(), tmp_path / "out")
    number = order_detail(any_crew.lead, order).row.number
    said = [list_as_data(any_crew.lead, "", None, 100), show_as_data(any_crew.lead, number)]
    assert left_in(repr(said).encode()) == []
    found = {path.name: left_in(path.read_bytes()) for path in (tmp_path / "out").iterdir()}
    assert found == {name: [] for name in found}
    assert len(found) == 5  # two backups, their manifests, a paper


def test_an_address_in_the_provinces_field_is_not_kept_in_the_ledger(crew: Crew) -> None:
    (order,) = accept(crew, [draft(person=replace(PERSON, province="碧云天" * 40, city="", district=""))])
    (finding,) = order_detail(crew.clerk, order).row.findings
    assert finding.code == "region"
    assert len(finding.facts["where"]) < 50
