"""The sealed daily record: every figure, order and reason on paper, on no order and on twenty thousand."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import CancelledError
from app.services.papers.content import GroupTotal, Money
from app.services.papers.daily_record import write_daily_record
from app.services.papers.look import A4
from tests.services.papers.reading import codes_of, facts_of, fonts_of, pages_of, text_of, words_of
from tests.services.papers.samples import DAY, OFFICE, SEAL, at, daily_record


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("record") / "record.pdf"
    write_daily_record(daily_record(130), path)
    return path


def test_the_first_page_says_what_day_it_was(paper: Path) -> None:
    first = pages_of(paper)[0]
    content = daily_record(130)
    assert OFFICE in first
    assert "Daily record 2026-11-23" in first
    assert "2026-11-23 18:00" in first
    assert content.sealed_by in first
    for figure in ("130", "111", "19", "32", "¥ 176,685.00"):
        assert figure in first
    for group in (*content.figures.by_channel, *content.figures.by_state):
        assert group.name in first
    assert all(label in first for label in ("On duty", "Manager", "Date"))


def test_the_seal_can_be_copied_from_the_paper(paper: Path) -> None:
    text = text_of(paper)
    content = daily_record(130).seal
    for what in (content.text, content.head, content.backup, content.backup_sha256, "47,102–47,492(391inall)"):
        assert what in text
    assert "verify --seal" in " ".join(pages_of(paper)[0].split())


def test_the_seal_can_be_scanned(paper: Path, tmp_path: Path) -> None:
    assert codes_of(paper, tmp_path) == [("QR-Code", SEAL)]


def test_every_order_late_contact_and_reason_is_there(paper: Path) -> None:
    text = text_of(paper)
    content = daily_record(130)
    for order in content.orders:
        assert order.number in text
        assert order.source_number in text
        assert order.phone in text
    reasons = [entry.reason for entry in content.late]
    reasons += [entry.reason for entry in content.held + content.cancelled]
    assert all("".join(reason.split()) in text for reason in reasons)
    assert "08:45:06" in text


def test_every_page_is_headed_numbered_and_bound_to_the_seal(paper: Path) -> None:
    pages = pages_of(paper)
    seal = " ".join(SEAL[k : k + 4] for k in (0, 4, 8, 12))
    for number, page in enumerate(pages, 1):
        lines = [" ".join(line.split()) for line in page.splitlines() if line.strip()]
        assert lines[-1] == f"Daily record 2026-11-23 · seal {seal} … Page {number} of {len(pages)}"
        if number > 1:
            assert lines[0] == f"{OFFICE} · Daily record 2026-11-23"
    assert all("Order, source number" in page for page in pages[2:])


def test_nothing_stands_beyond_the_margins(paper: Path) -> None:
    for page in words_of(paper):
        assert all(A4.left - 1 <= word.left and word.right <= A4.width - A4.right + 1 for word in page)


def test_fonts_are_embedded_and_the_file_says_what_it_is(paper: Path) -> None:
    assert all(embedded for _name, embedded in fonts_of(paper))
    facts = facts_of(paper)
    assert (facts["Title"], facts["Author"], facts["Subject"]) == ("Daily record", OFFICE, "2026-11-23")
    assert facts["Page size"].endswith("(A4)")


def test_a_day_without_orders(tmp_path: Path) -> None:
    path = tmp_path / "record.pdf"
    write_daily_record(daily_record(0), path)
    (page,) = pages_of(path)
    assert page.count("None.") == 4
    assert "¥ 0.00" in page
    assert SEAL in text_of(path)


def test_twenty_thousand_orders(tmp_path: Path) -> None:
    path = tmp_path / "record.pdf"
    shares: list[float] = []
    write_daily_record(daily_record(20_000), path, shares.append)
    assert int(facts_of(path)["Pages"]) > 600
    listed = re.findall(r"^ *(20261123-\d+) ", "".join(pages_of(path)), re.MULTILINE)
    assert set(listed) == {f"20261123-{number:04d}" for number in range(1, 20_001)}
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)


def test_the_same_day_gives_the_same_bytes(tmp_path: Path, paper: Path) -> None:
    write_daily_record(daily_record(130), tmp_path / "again.pdf")
    assert (tmp_path / "again.pdf").read_bytes() == paper.read_bytes()


def test_cancelling_leaves_nothing(tmp_path: Path) -> None:
    def cancel(share: float) -> None:
        if share > 0.3:
            raise CancelledError

    with pytest.raises(CancelledError):
        write_daily_record(daily_record(1_000), tmp_path / "record.pdf", cancel)
    assert list(tmp_path.iterdir()) == []


def test_several_currencies_and_many_channels(tmp_path: Path) -> None:
    content = daily_record(3)
    payable = (Money(1_234_50), Money(99_00, "USD"), Money(5_000, "JPY"))
    groups = tuple(GroupTotal(f"渠道{number}号", number, payable) for number in range(60))
    orders = (replace(content.orders[0], payable=Money(12_30, "EUR")),)
    figures = replace(content.figures, payable=payable, by_channel=groups)
    path = tmp_path / "record.pdf"
    write_daily_record(replace(content, figures=figures, orders=orders), path)
    text = text_of(path)
    assert all(f"渠道{number}号" in text for number in range(60))
    assert all(sum_ in text for sum_ in ("¥1,234.50", "US$99.00", "JP¥5,000", "€12.30"))
    assert text.count(SEAL) == 1


def test_another_day_is_shown_with_its_date(tmp_path: Path) -> None:
    content = daily_record(1)
    path = tmp_path / "record.pdf"
    order = replace(content.orders[0], accepted_at=at(-13 * 60), contacted_at=at(3))
    write_daily_record(replace(content, orders=(order,)), path)
    assert DAY.isoformat() == "2026-11-23"
    assert "11-22" in pages_of(path)[0] + pages_of(path)[-1]
    assert "19:30:00" in text_of(path)


def test_hostile_text_is_shown_and_does_no_harm(tmp_path: Path) -> None:
    content = daily_record(1)
    nasty = "(((\\)\\\\ %PDF <</Length>> endstream 🍷\ud800\x00\u202e" + "长" * 3_000 + "\n\n尾"
    order = replace(content.orders[0], goods=nasty, recipient=nasty[:40], source_number="9" * 400)
    path = tmp_path / "record.pdf"
    write_daily_record(replace(content, office="云\n岭" + nasty, sealed_by=nasty, orders=(order,)), path)
    text = text_of(path)
    assert "(((\\)\\\\%PDF<</Length>>endstream□□" in text
    assert text.count("9" * 10) >= 1
    count = len(pages_of(path))
    assert count > 2
    assert f"Page{count}of{count}" in text
    assert text.count("长") >= 3_000


def test_a_day_that_is_far_is_shown_with_its_year(tmp_path: Path) -> None:
    content = daily_record(1)
    path = tmp_path / "record.pdf"
    order = replace(content.orders[0], accepted_at=at(-365 * 24 * 60))
    write_daily_record(replace(content, orders=(order,)), path)
    assert "2025-11-23" in text_of(path)
