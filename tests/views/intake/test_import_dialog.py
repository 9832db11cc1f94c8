"""Importing in the window: what would happen is shown first, then it happens, by keyboard (rule O1)."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.errors import CancelledError
from app.services.orders.queue import queue_counts
from app.services.orders.rows import Queue
from app.views.intake.import_dialog import ImportDialog
from app.views.intake.mapping_dialog import MappingDialog
from app.views.tasks import ImmediateTasks, Progress
from tests.services.orders.making import Crew

HEADER = (
    "商品,订单号,订单状态,商品总价(元),邮费(元),店铺优惠折扣(元),用户实付金额(元),商品数量(件),"
    "收货人,手机,省,市,区,街道"
)
ROW = "剑南春 水晶剑,{number},待发货,409.00,0.00,0.00,409.00,{count},何晓梅,13900001111,湖北省,武汉市,江汉区,新华路1号"
UNKNOWN = "Ref,What,How many,Each\nR1,剑南春,2,409.00\nR2,五粮液,1,1069.00\n"


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHANGGUI_HOME", str(tmp_path / "home"))


def export(path: Path, *rows: tuple[str, str]) -> Path:
    lines = [HEADER, *(ROW.format(number=number, count=count) for number, count in rows)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def open_dialog(qtbot: QtBot, crew: Crew, tasks: ImmediateTasks, *paths: Path) -> ImportDialog:
    dialog = ImportDialog(crew.clerk, tasks, paths)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def figures(dialog: ImportDialog) -> list[str]:
    return [figure.accessibleName().split(": ")[1].split()[0] for figure in dialog.figures.values()]


def orders(crew: Crew) -> int:
    return queue_counts(crew.clerk)[Queue.ALL]


def test_what_was_done_is_counted_as_above_it(qtbot: QtBot, crew: Crew, tasks: ImmediateTasks, tmp_path: Path) -> None:
    dialog = open_dialog(qtbot, crew, tasks, export(tmp_path / "a.csv", ("261123-1", "1")))
    dialog.show_done({"new": 120_000})
    assert dialog.strip.text() == "Done: 120,000 new, 0 changed, 0 unchanged, 0 rejected."


def test_nothing_is_written_before_import_is_pressed(
    qtbot: QtBot, crew: Crew, tasks: ImmediateTasks, tmp_path: Path
) -> None:
    file = export(tmp_path / "a.csv", ("261123-1", "1"), ("261123-2", "两"), ("261123-3", "2"))
    dialog = open_dialog(qtbot, crew, tasks, file)

    assert figures(dialog) == ["2", "0", "0", "1"]
    assert orders(crew) == 0
    assert "2" in dialog.button.text()

    QTest.keyClick(dialog, Qt.Key.Key_Return)

    assert orders(crew) == 2
    assert dialog.strip.text() == "Done: 2 new, 0 changed, 0 unchanged, 1 rejected."
    with qtbot.waitSignal(dialog.finished):
        QTest.keyClick(QApplication.focusWidget() or dialog, Qt.Key.Key_Return)  # Enter ends it


def test_escape_leaves_everything_as_it_was(qtbot: QtBot, crew: Crew, tasks: ImmediateTasks, tmp_path: Path) -> None:
    dialog = open_dialog(qtbot, crew, tasks, export(tmp_path / "a.csv", ("261123-1", "1")))
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert orders(crew) == 0


def test_an_import_that_is_stopped_still_says_what_the_file_is_and_enter_goes_on(
    qtbot: QtBot, crew: Crew, tasks: ImmediateTasks, tmp_path: Path
) -> None:
    dialog = open_dialog(qtbot, crew, tasks, export(tmp_path / "a.csv", ("261123-1", "1")))
    told = [text.text() for text in dialog.findChildren(QLabel) if "UTF-8" in text.text()]
    assert len(told) == 1

    def stopped(_progress: Progress) -> None:
        raise CancelledError

    dialog.run(stopped, lambda _none: None)
    assert "nothing was changed" in dialog.strip.text().lower()
    assert [text.text() for text in dialog.findChildren(QLabel) if "UTF-8" in text.text()] == told
    QTest.keyClick(QApplication.focusWidget() or dialog, Qt.Key.Key_Return)
    assert orders(crew) == 1


def test_the_same_file_again_has_nothing_new(qtbot: QtBot, crew: Crew, tasks: ImmediateTasks, tmp_path: Path) -> None:
    file = export(tmp_path / "a.csv", ("261123-1", "1"))
    first = open_dialog(qtbot, crew, tasks, file)
    first.button.click()

    again = open_dialog(qtbot, crew, tasks, file)

    assert figures(again) == ["0", "0", "1", "0"]
    assert again.strip.text() == "There is nothing new in this file."
    assert not again.button.isEnabled()


def test_rejected_rows_can_be_saved(qtbot: QtBot, crew: Crew, tasks: ImmediateTasks, tmp_path: Path) -> None:
    dialog = open_dialog(qtbot, crew, tasks, export(tmp_path / "a.csv", ("261123-1", "两")))
    assert dialog.save_rejects.isEnabled()

    dialog._save_rejects_to(str(tmp_path / "rejected.csv"))

    assert "两" in (tmp_path / "rejected.csv").read_text(encoding="utf-8-sig")
    assert dialog.strip.text() == "Saved: rejected.csv"


@pytest.mark.parametrize(("content", "said"), [(b"", "empty"), (b"\x00\x01\x02\xff" * 100, "")])
def test_a_file_that_cannot_be_read_is_told_in_the_dialog(
    qtbot: QtBot, crew: Crew, tasks: ImmediateTasks, tmp_path: Path, content: bytes, said: str
) -> None:
    file = tmp_path / "bad.csv"
    file.write_bytes(content)
    dialog = open_dialog(qtbot, crew, tasks, file)
    assert said in dialog.strip.text()
    assert dialog.strip.text()
    assert not dialog.button.isEnabled()


def test_an_unknown_file_is_mapped_once(qtbot: QtBot, crew: Crew, tasks: ImmediateTasks, tmp_path: Path) -> None:
    file = tmp_path / "shop.csv"
    file.write_text(UNKNOWN, encoding="utf-8")
    dialog = open_dialog(qtbot, crew, tasks, file)
    (mapping,) = dialog.findChildren(MappingDialog)
    chosen = {"source_number": "Ref", "line.title": "What", "line.quantity": "How many", "line.price": "Each"}
    for field, header in chosen.items():
        mapping.columns[field].setCurrentText(header)
    mapping.channel.setText("shop")
    mapping.button.click()

    assert figures(dialog) == ["2", "0", "0", "0"]
    dialog.button.click()
    assert orders(crew) == 2

    again = open_dialog(qtbot, crew, tasks, file)
    assert figures(again) == ["0", "0", "2", "0"]  # the mapping was kept, nobody is asked


def test_a_mapping_that_cannot_work_is_refused_and_told(
    qtbot: QtBot, crew: Crew, tasks: ImmediateTasks, tmp_path: Path
) -> None:
    file = tmp_path / "shop.csv"
    file.write_text(UNKNOWN, encoding="utf-8")
    dialog = open_dialog(qtbot, crew, tasks, file)
    (mapping,) = dialog.findChildren(MappingDialog)
    mapping.columns["source_number"].setCurrentText("")

    mapping.button.click()

    assert mapping.strip.text()
    assert mapping.isVisible()
    mapping.reject()
    assert not dialog.isVisible()
    assert orders(crew) == 0
