"""People's files from the keyboard: noted, looked at, struck; one's own is read."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest

from app.models.staff import NoteKind
from app.services.staff.files import NoteDraft, list_files, note_on_file, strike_note
from app.services.staff.timeline import person_file
from app.views.staff.files_page import WATCHES, FilesPage
from app.views.staff.note_dialog import NoteDialog
from app.views.staff.reading_dialog import ReadingDialog
from tests.services.orders.making import Crew
from tests.views.pages import CTRL, Open, answer, dialog, press

ENTER = Qt.Key.Key_Return
TRAINING = NoteDraft(NoteKind.TRAINING, date(2026, 11, 23), "平台规则培训", "满分")


def choose(page: FilesPage, name: str) -> None:
    names = [one.name for one in page.table.all_rows()]
    page.table.selectRow(names.index(name))


def titles(page: FilesPage) -> list[str]:
    return [one.title for one in page.entries.all_rows()]


def test_something_is_noted_by_keyboard(crew: Crew, open_page: Open, certificate: Path) -> None:
    page = open_page(FilesPage, crew.manager)
    choose(page, "王敏")
    press(page, Qt.Key.Key_N, CTRL)
    asked = dialog(page, "file_note")
    assert isinstance(asked, NoteDialog)
    assert asked.windowTitle() == "Note on 王敏's file"
    asked.kind.setCurrentIndex(asked.kind.findData(NoteKind.AWARD))
    asked.button.click()
    assert asked.form.error("title")
    asked.title.setText("双十一标兵")
    asked.day.setDate(QDate(2026, 11, 24))
    asked.button.click()
    assert asked._days.error("day")
    asked.day.setDate(QDate(2026, 11, 12))
    asked.text.setPlainText("奖金 2000 元")
    asked.files.choose([certificate])
    open_page.take(asked, asked.title)
    assert not asked.isVisible(), asked.strip.text()
    note = person_file(crew.manager, crew.clerk.person).entries[-1]
    assert (note.kind, note.day, note.title, note.text, len(note.attachments)) == (
        NoteKind.AWARD, date(2026, 11, 12), "双十一标兵", "奖金 2000 元", 1,
    )  # fmt: skip
    assert titles(page) == ["Customer service", "双十一标兵"]
    assert open_page.said == ["王敏: noted on file"]


def test_a_dialog_left_open_over_midnight_takes_the_new_day(crew: Crew, open_page: Open) -> None:
    page = open_page(FilesPage, crew.manager)
    choose(page, "王敏")
    press(page, Qt.Key.Key_N, CTRL)
    asked = dialog(page, "file_note")
    assert isinstance(asked, NoteDialog)
    asked.title.setText("双十一标兵")
    asked.day.setDate(QDate(2026, 11, 24))
    crew.clock.advance(days=1)
    open_page.take(asked, asked.title)
    assert not asked.isVisible(), asked.strip.text()
    assert person_file(crew.manager, crew.clerk.person).entries[0].day == date(2026, 11, 24)


def test_enter_goes_from_the_person_to_the_file_and_to_the_line(crew: Crew, open_page: Open) -> None:
    note_on_file(crew.manager, crew.clerk.person, TRAINING)
    page = open_page(FilesPage, crew.manager)
    choose(page, "王敏")
    press(page, ENTER)
    assert page.entries.hasFocus()
    QTest.keyClick(page.entries, ENTER)
    shown = dialog(page, "reading")
    assert isinstance(shown, ReadingDialog)
    assert (shown.windowTitle(), shown.text.toPlainText()) == ("平台规则培训", "满分")


def test_what_was_noted_by_mistake_is_struck(crew: Crew, open_page: Open) -> None:
    note_on_file(crew.manager, crew.clerk.person, TRAINING)
    page = open_page(FilesPage, crew.manager)
    choose(page, "王敏")
    page.entries.selectRow(1)
    assert not page.strike.isEnabled()  # what the ledger says of itself is not struck
    page.entries.selectRow(0)
    QTest.keyClick(page.entries, Qt.Key.Key_Backspace, CTRL)
    answer(page, "记错人了")
    assert (titles(page), open_page.said) == (["Customer service"], ["平台规则培训: struck"])
    page.struck.setChecked(True)
    assert titles(page) == ["平台规则培训", "Customer service"]
    assert page.entries.model().index(0, 2).data() == "平台规则培训 · struck: 记错人了"
    page.entries.selectRow(0)
    assert not page.strike.isEnabled()


def test_one_reads_ones_own_file_only(crew: Crew, open_page: Open) -> None:
    note_on_file(crew.manager, crew.clerk.person, TRAINING)
    page = open_page(FilesPage, crew.clerk)
    assert [one.name for one in page.table.all_rows()] == ["王敏"]
    assert titles(page) == ["平台规则培训", "Customer service"]
    press(page, Qt.Key.Key_N, CTRL)
    assert not page.window().findChildren(NoteDialog)
    assert [one.isEnabled() for one in (page.note, page.strike, page.look)] == [False, False, True]


def test_nobody_notes_on_their_own_file(crew: Crew, open_page: Open) -> None:
    note_on_file(crew.director, crew.manager.person, TRAINING)
    page = open_page(FilesPage, crew.manager)
    choose(page, "刘总监")
    assert titles(page)[0] == "平台规则培训"
    assert [one.isEnabled() for one in (page.note, page.strike)] == [False, False]
    choose(page, "王敏")
    assert page.note.isEnabled()


def test_the_line_looked_at_stays_when_others_are_noted(crew: Crew, open_page: Open) -> None:
    note_on_file(crew.manager, crew.clerk.person, TRAINING)
    page = open_page(FilesPage, crew.manager)
    choose(page, "王敏")
    page.entries.selectRow(1)
    number = note_on_file(crew.director, crew.clerk.person, NoteDraft(NoteKind.AWARD, date(2026, 11, 23), "标兵"))
    assert titles(page) == ["标兵", "平台规则培训", "Customer service"]
    looked_at = page.entries.current_row()
    assert looked_at is not None
    assert looked_at.title == "Customer service"
    page.entries.selectRow(0)
    strike_note(crew.director, number, "误记")
    assert titles(page) == ["平台规则培训", "Customer service"]
    assert page.entries.currentIndex().row() == 0


def test_the_list_has_everybody_for_who_keeps_files(crew: Crew, open_page: Open) -> None:
    page = open_page(FilesPage, crew.director)
    assert len(page.table.all_rows()) == len(list_files(crew.director)) == 9
    assert open_page.counts == []  # a file waits for nobody
    assert page.table.accessibleName() == "People's files"
    assert page.entries.accessibleName() == "The file, newest first"
    assert {"file_notes", "people"} <= WATCHES
