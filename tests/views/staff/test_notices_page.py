"""Notices from the keyboard: posted to posts, opened and so read, and who has read them."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.models.people import Post
from app.services.access import Context
from app.services.files import keep_file
from app.services.staff.notices import NoticeDraft, end_notice, notices_for, post_notice, read_notice, unread
from app.views.staff.columns import notice_state
from app.views.staff.notice_dialog import NoticeDialog
from app.views.staff.notices_page import WATCHES, NoticesPage
from app.views.staff.reading_dialog import ReadingDialog
from app.views.widgets.picture_dialog import PictureDialog
from tests.services.orders.making import Crew
from tests.services.staff.making import move
from tests.views.conftest import opened
from tests.views.pages import CTRL, Open, answer, dialog, press

ENTER = Qt.Key.Key_Return


def post(ctx: Context, title: str = "天猫发货新规", *files: str) -> int:
    return post_notice(ctx, NoticeDraft(title, "24 小时内发货。", (Post.SERVICE,), files))


def reading(page: NoticesPage) -> ReadingDialog:
    found = dialog(page, "reading")
    assert isinstance(found, ReadingDialog)
    return found


def states(page: NoticesPage) -> list[str]:
    return [notice_state(one) for one in page.table.all_rows()]


def test_a_notice_is_posted_by_keyboard(crew: Crew, open_page: Open, certificate: Path) -> None:
    page = open_page(NoticesPage, crew.planner)
    assert "Ctrl+N" in page.empty._text.text()
    press(page, Qt.Key.Key_N, CTRL)
    asked = dialog(page, "notice")
    assert isinstance(asked, NoticeDialog)
    assert asked._to._fields["posts"][1].text() == "8 people are to read it"
    assert not asked.posts[Post.DESIGN].isEnabled()  # nobody holds it
    asked.button.click()
    assert asked.form.error("title")
    asked.title.setText("天猫发货新规")
    asked.button.click()
    assert asked.form.error("text")
    asked.text.setPlainText("24 小时内发货。")
    for one in (Post.SERVICE, Post.LISTING):
        QTest.keyClick(asked.posts[one], Qt.Key.Key_Space)
    assert asked._to._fields["posts"][1].text() == "3 people are to read it"
    asked.files.choose([certificate])
    open_page.take(asked, asked.title)
    assert not asked.isVisible(), asked.strip.text()
    [row] = notices_for(crew.planner)
    assert (row.title, row.text, row.posts) == (
        "天猫发货新规",
        "24 小时内发货。",
        frozenset({Post.SERVICE, Post.LISTING}),
    )
    assert len(row.attachments) == 1
    assert (open_page.said, states(page)) == (["Notice posted"], ["Posted"])


def test_a_notice_just_posted_is_looked_at(crew: Crew, open_page: Open) -> None:
    post(crew.planner, "旧通知")
    page = open_page(NoticesPage, crew.planner)
    press(page, Qt.Key.Key_N, CTRL)
    asked = dialog(page, "notice")
    assert isinstance(asked, NoticeDialog)
    asked.title.setText("天猫发货新规")
    asked.text.setPlainText("24 小时内发货。")
    open_page.take(asked, asked.title)
    row = page.table.current_row()
    assert row is not None
    assert row.title == "天猫发货新规"
    assert "Read by 0 of 8" in page.below.caption.text()


def test_a_file_that_is_not_kept_refuses_the_whole_notice(crew: Crew, open_page: Open, tmp_path: Path) -> None:
    page = open_page(NoticesPage, crew.lead)
    press(page, Qt.Key.Key_N, CTRL)
    asked = dialog(page, "notice")
    assert isinstance(asked, NoticeDialog)
    asked.title.setText("新规")
    asked.text.setPlainText("x")
    wrong = tmp_path / "规则.exe"
    wrong.write_bytes(b"MZ")
    asked.files.choose([wrong])
    asked.button.click()
    assert "规则.exe" in asked.strip.text()
    assert (asked.isVisible(), notices_for(crew.lead)) == (True, [])


def test_what_is_opened_is_read(crew: Crew, open_page: Open) -> None:
    post(crew.lead)
    page = open_page(NoticesPage, crew.clerk)
    assert (states(page), open_page.counts[-1], page.summary.text()) == (["Unread"], 1, "1 unread")
    press(page, ENTER)
    opened_ = reading(page)
    assert opened_.text.toPlainText() == "24 小时内发货。"
    assert opened_.text.isReadOnly()
    assert (unread(crew.clerk), states(page), open_page.counts[-1]) == (0, ["Read"], 0)
    assert open_page.said == ["天猫发货新规: read"]
    QTest.keyClick(opened_.text, ENTER)  # pressed twice by habit
    assert opened_.isVisible()
    open_page.take(opened_, opened_.text)
    assert not opened_.isVisible()
    press(page, ENTER)
    QTest.keyClick(reading(page), Qt.Key.Key_Escape)
    assert open_page.said == ["天猫发货新规: read"]  # once


def test_below_the_list_nothing_can_be_read_that_does_not_count(crew: Crew, open_page: Open, certificate: Path) -> None:
    post(crew.lead, "规则原文", keep_file(crew.lead, certificate))
    page = open_page(NoticesPage, crew.clerk)
    assert page.below.text.text() == "Not read yet. Press Enter to open it; it counts as read then."
    assert page.below.files.findChildren(QPushButton) == []
    assert "24 小时" not in page.below.accessibleDescription()
    press(page, ENTER)
    QTest.keyClick(reading(page), Qt.Key.Key_Escape)
    assert page.below.text.text() == "24 小时内发货。"
    assert len(page.below.files.findChildren(QPushButton)) == 1


def test_a_manager_who_is_to_read_it_sees_who_has_and_opens_it_as_well(crew: Crew, open_page: Open) -> None:
    post_notice(crew.lead, NoticeDraft("年会", "1 月 20 日下午。"))
    page = open_page(NoticesPage, crew.manager)
    assert page.below.caption.text().startswith("Read by 0 of")
    assert "1 月" not in page.below.text.text()


def test_a_notice_that_ended_meanwhile_says_so(crew: Crew, open_page: Open) -> None:
    number = post(crew.lead)
    page = open_page(NoticesPage, crew.clerk)
    open_page.changes.changed.disconnect(page.refresh)  # the list has not heard of it yet
    end_notice(crew.lead, number, "作废")
    press(page, ENTER)
    opened_ = reading(page)
    assert "over" in opened_.strip.text()
    assert (opened_.isVisible(), open_page.said) == (True, [])


def test_the_poster_sees_who_has_read_it(crew: Crew, open_page: Open) -> None:
    number = post(crew.lead)
    page = open_page(NoticesPage, crew.lead)
    assert (page.below.caption.text(), page.below.text.text()) == ("Read by 0 of 2", "24 小时内发货。")
    crew.clock.advance(minutes=5)
    read_notice(crew.clerk, number)
    assert page.below.caption.text() == "Read by 1 of 2"
    assert page.below.timeline.accessibleDescription() == "not yet 李娜; 10:05 王敏"
    move(crew, crew.clerk.person, [Post.PLANNER])
    assert page.below.caption.text() == "Read by 0 of 1"
    assert page.below.timeline.accessibleDescription() == "not yet 李娜; 10:05 王敏 (no longer concerned)"


def test_others_do_not(crew: Crew, open_page: Open) -> None:
    post(crew.lead)
    page = open_page(NoticesPage, crew.clerk)
    assert page.below.caption.text() == ""
    assert page.table.model().columnCount() == 5
    assert not page.end.isEnabled()
    assert not page.post.isEnabled()


def test_a_notice_is_ended_with_a_reason(crew: Crew, open_page: Open) -> None:
    post(crew.planner)
    page = open_page(NoticesPage, crew.manager)
    press(page, Qt.Key.Key_Backspace, CTRL)
    answer(page, "新规已写入话术")
    assert (states(page), open_page.said) == ([], ["天猫发货新规: no longer valid"])
    page.ended.setChecked(True)
    assert states(page) == ["No longer valid"]
    assert not page.end.isEnabled()


def test_attached_files_are_opened(qtbot: QtBot, crew: Crew, open_page: Open, certificate: Path) -> None:
    post(crew.lead, "规则原文", keep_file(crew.lead, certificate))
    page = open_page(NoticesPage, crew.clerk)
    press(page, ENTER)
    QTest.keyClick(reading(page), Qt.Key.Key_Escape)
    [button] = page.below.files.findChildren(QPushButton)
    assert (button.text(), button.isVisible()) == ("Attachment 1", True)
    button.click()
    shown = opened(page, "picture_dialog")
    assert isinstance(shown, PictureDialog)
    qtbot.waitUntil(lambda: not shown._picture.pixmap().isNull())
    shown.close()


@pytest.mark.parametrize("role", ["clerk", "packer", "specialist"])
def test_an_empty_list_says_what_to_expect(crew: Crew, open_page: Open, role: str) -> None:
    page = open_page(NoticesPage, getattr(crew, role))
    assert not page.empty.isHidden()
    assert "by itself" in page.empty._text.text()
    assert {"notices", "people"} <= WATCHES


def test_on_a_small_screen_the_list_has_the_larger_part(qtbot: QtBot, crew: Crew, open_page: Open) -> None:
    post(crew.planner)
    page = open_page(NoticesPage, crew.planner)
    page.resize(600, 330)
    qtbot.waitUntil(lambda: page.height() == 330)
    assert page.table.height() > page.below.height() >= 96


def test_last_years_notice_says_its_year_and_its_hint_the_minute(crew: Crew, open_page: Open) -> None:
    post(crew.lead)
    crew.clock.advance(days=365)
    post(crew.lead, "京东发货新规")
    model = open_page(NoticesPage, crew.lead).table.model()
    assert [model.index(row, 4).data() for row in (0, 1)] == ["10:00", "2026-11-23"]
    assert model.index(1, 4).data(Qt.ItemDataRole.ToolTipRole) == "2026-11-23 10:00"
