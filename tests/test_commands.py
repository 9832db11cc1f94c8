"""The command line as a contract: options, JSON keys, exit codes — each run as a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap import open_office
from app.models.people import Level, Post
from app.services.people.accounts import add_person
from app.services.people.sign_in import sign_in

ROOT = Path(__file__).resolve().parents[1]
PASSWORD = "kaimen#88"
WOO = {
    "id": 727,
    "number": "727",
    "status": "processing",
    "currency": "CNY",
    "date_created_gmt": "2026-11-23T01:00:00",
    "date_paid_gmt": "2026-11-23T01:01:00",
    "discount_total": "0.00",
    "shipping_total": "10.00",
    "total": "428.00",
    "customer_note": "请轻放",
    "billing": {"first_name": "晓梅", "last_name": "何", "phone": "13900001111", "email": "a@example.com"},
    "shipping": {
        "first_name": "晓梅", "last_name": "何", "address_1": "新华路1号", "address_2": "", "city": "武汉市",
        "state": "湖北省", "postcode": "430000", "country": "CN",
    },
    "line_items": [
        {"id": 1, "name": "汾酒 青花20", "sku": "BJ-1003", "quantity": 1, "total": "418.00", "price": 418}
    ],
}  # fmt: skip


class Desk:
    """Runs commands on one office."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.office = folder / "office.zhanggui"

    def run(
        self, *words: str, password: str | None = PASSWORD, office: bool = True
    ) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "ZHANGGUI_HOME": str(self.folder / "home"), "PYTHONIOENCODING": "utf-8"}
        environment.pop("ZHANGGUI_PASSWORD", None)
        if password is not None:
            environment["ZHANGGUI_PASSWORD"] = password
        where = ["--office", str(self.office)] if office else []
        return subprocess.run(
            [sys.executable, str(ROOT / "main.py"), *where, *words],
            capture_output=True, text=True, encoding="utf-8", env=environment, stdin=subprocess.DEVNULL,
            timeout=120, check=False,
        )  # fmt: skip

    def json(self, *words: str, code: int = 0) -> dict[str, Any]:
        done = self.run(*words, "--json")
        assert done.returncode == code, done.stderr
        answer = json.loads(done.stdout)
        assert isinstance(answer, dict)
        return answer


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = Desk(tmp_path_factory.mktemp("desk"))
    (desk.folder / "woo.json").write_text(json.dumps([WOO]), encoding="utf-8")
    desk.json("init", "--admin", "周凯")
    desk.json("import", str(desk.folder / "woo.json"))
    return desk


def test_import_answers_with_the_contracts_keys(desk: Desk) -> None:
    answer = desk.json("import", str(desk.folder / "woo.json"), "--dry-run")
    wanted = {"format", "encoding", "orders", "lines", "new", "unchanged", "changed", "rejected", "total", "rejects"}
    assert wanted <= answer.keys()
    assert (answer["orders"], answer["unchanged"], answer["total"]) == (1, 1, "428.00")


def test_orders_and_show(desk: Desk) -> None:
    listed = desk.json("orders", "--search", "青花", "--limit", "5")
    assert listed["count"] == 1
    order = listed["orders"][0]
    assert (order["channel"], order["state"], order["total"]) == ("woocommerce", "accepted", "428.00")
    shown = desk.json("show", "727")
    assert shown["number"] == order["number"]
    assert shown["lines"][0]["sku"] == "BJ-1003"
    assert shown["as_ordered"]["payable"] == shown["as_it_stands"]["payable"] == "428.00"
    assert shown["events"][0]["kind"] == "order.accepted"
    assert desk.json("orders", "--state", "cancelled")["count"] == 0


def test_the_lists_are_built_anew(desk: Desk) -> None:
    assert desk.json("rebuild") == {"orders": 1}
    assert desk.json("orders")["count"] == 1


def test_without_json_the_answer_is_for_people(desk: Desk) -> None:
    done = desk.run("orders")
    assert done.returncode == 0
    assert "汾酒 青花20" in done.stdout


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("import", "nothing.csv"), 2),
        (("show", "0"), 2),
        (("orders", "--state", "flying"), 2),
        (("--as", "周凯", "orders", "--limit", "x"), 2),
        (("fly",), 2),
    ],
)
def test_what_cannot_be_read_is_two(desk: Desk, words: tuple[str, ...], code: int) -> None:
    done = desk.run(*words)
    assert done.returncode == code
    assert done.stdout == ""
    assert done.stderr.strip()


def test_a_wrong_or_missing_password_is_three(desk: Desk) -> None:
    assert desk.run("orders", password="wrong#1").returncode == 3
    assert desk.run("orders", password=None).returncode == 3


def test_a_temporary_password_opens_no_command(desk: Desk) -> None:
    db, clock = open_office(str(desk.office))
    add_person(sign_in(db, clock, "周凯", None, PASSWORD), "曹芸", [Post.SERVICE], Level.ORDINARY, "linshi#77")
    db.close()
    done = desk.run("--as", "曹芸", "orders", password="linshi#77")
    assert done.returncode == 3
    assert "修改密码" in done.stderr


def test_a_new_office_is_never_written_over_an_old_one(desk: Desk) -> None:
    assert desk.run("init", "--admin", "周凯").returncode == 2
    assert desk.json("orders")["count"] == 1


def test_a_weak_password_makes_no_office(desk: Desk, tmp_path: Path) -> None:
    other = Desk(tmp_path)
    assert other.run("init", "--admin", "周凯", password="12345").returncode == 2
    assert not other.office.exists()


def test_address_needs_no_office(desk: Desk) -> None:
    done = desk.run("address", "何晓梅 13900001111 湖北省武汉市江汉区新华路1号", "--json", office=False, password=None)
    answer = json.loads(done.stdout)
    assert answer == {
        "name": "何晓梅", "phone": "13900001111", "province": "湖北省", "city": "武汉市", "district": "江汉区",
        "detail": "新华路1号",
    }  # fmt: skip


def test_json_means_json_and_nothing_else_on_stdout(desk: Desk) -> None:
    done = desk.run("show", "0", "--json")
    assert done.returncode == 2
    assert "error" in json.loads(done.stdout)


def test_a_tour_shows_every_panel_and_every_paper_in_both_languages(desk: Desk, tmp_path: Path) -> None:
    done = desk.json("tour", "--out", str(tmp_path))
    names = {path.name for path in tmp_path.iterdir()}
    assert {Path(file).name for file in done["files"]} <= names
    for panel in ("desk", "manager", "catalog", "stock", "publishing", "duty", "own-duty", "staff", "settings"):
        assert {f"{panel}-{look}.png" for look in ("zh-light", "zh-dark", "en-light", "en-dark")} <= names
    for paper in ("pick-list", "delivery-notes", "count-sheet", "market-digest", "roster", "own-roster", "on-duty"):
        assert {f"{paper}-zh.pdf", f"{paper}-en.pdf"} <= names
