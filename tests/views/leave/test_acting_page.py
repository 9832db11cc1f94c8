"""Acting from the keyboard: begun, seen by everybody, ended (rule D4)."""

from datetime import date

from PySide6.QtCore import QDate, Qt

from app.models.people import Post
from app.services.leave.acting import ActingDraft, begin_acting, list_actings
from app.views.leave.acting_dialog import ActingDialog
from app.views.leave.acting_page import ActingPage
from tests.services.orders.making import Crew
from tests.views.pages import CTRL, Open, answer, dialog, press


def test_a_manager_lets_somebody_act(crew: Crew, open_page: Open) -> None:
    page = open_page(ActingPage, crew.manager)
    assert "Ctrl+N" in page.empty._text.text()
    press(page, Qt.Key.Key_N, CTRL)
    asked = dialog(page, "acting")
    assert isinstance(asked, ActingDialog)
    assert asked.post.findData(Post.DIRECTOR) < 0
    asked.post.setCurrentIndex(asked.post.findData(Post.LEAD))
    assert asked.instead_of.currentText() == "赵倩"
    assert asked.person.findData(crew.lead.person) < 0 > asked.person.findData(crew.manager.person)
    asked.person.setCurrentIndex(asked.person.findData(crew.clerk.person))
    asked.last.setDate(QDate(2026, 11, 20))
    asked.button.click()
    assert asked.form.error("last")
    asked.last.setDate(QDate(2027, 6, 1))
    asked.button.click()
    assert asked.form.error("reason")
    asked.reason.setText("主管休假")
    asked.button.click()
    assert "at most 6 months" in asked.strip.text()
    asked.last.setDate(QDate(2026, 11, 30))
    asked.button.click()
    [row] = list_actings(crew.clerk)
    assert (row.name, row.post, row.instead_name, row.last_day) == ("王敏", Post.LEAD, "赵倩", date(2026, 11, 30))
    assert (page.summary.text(), open_page.counts) == ("1 acts now", [])  # nothing waits for anybody
    press(page, Qt.Key.Key_Return)
    answer(page, "主管回来了")
    assert not page.table.all_rows()
    page.over.setChecked(True)
    assert [one.name for one in page.table.all_rows()] == ["王敏"]
    assert not page.end.isEnabled()
    assert open_page.said == ["Acting set; it begins and ends by itself", "王敏: the acting has ended"]


def test_everybody_sees_who_acts_and_only_managers_change_it(crew: Crew, open_page: Open) -> None:
    day = date(2026, 11, 23)
    begin_acting(crew.manager, ActingDraft(crew.clerk.person, Post.FINANCE, None, day, day, "空缺"))
    page = open_page(ActingPage, crew.packer)
    assert [one.name for one in page.table.all_rows()] == ["王敏"]
    assert not page.begin.isEnabled()
    press(page, Qt.Key.Key_Backspace, CTRL)
    assert len(list_actings(crew.clerk)) == 1
