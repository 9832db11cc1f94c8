"""Importing a product file in the window: shown first, then written; what cannot come in is listed."""

from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.services.catalog.queue import shelf_counts
from app.services.catalog.rows import Shelf
from app.views.catalog.import_dialog import ProductImportDialog
from app.views.catalog.mapping_dialog import ProductMappingDialog
from app.views.tasks import ImmediateTasks
from tests.services.orders.making import Crew

ROWS = """商品编码,条形码,商品名称,规格,品牌,类别,度数,净含量,进价,售价,供应商,货位
BJ-1,6901234567892,剑南春 水晶剑 52度 500ml,单瓶,剑南春,白酒,52,500,334.50,409.00,川酒贸易,A-03
BJ-2,,汾酒 青花20 53度 500ml,单瓶,汾酒,白酒,53,500,320,¥398.00,晋酒贸易,A-04
BJ-3,,,单瓶,,白酒,,,1,2,,
"""


def test_a_file_is_previewed_and_imported(qtbot: QtBot, crew: Crew, tasks: ImmediateTasks, tmp_path: Path) -> None:
    path = tmp_path / "商品.csv"
    path.write_bytes(ROWS.encode("gb18030"))
    dialog = ProductImportDialog(crew.specialist, tasks, path)
    qtbot.addWidget(dialog)
    dialog.open()
    assert [dialog.figures[name]._value.text() for name in ("new", "rejected")] == ["2", "1"]
    assert shelf_counts(crew.clerk)[Shelf.ALL] == 0
    assert dialog.button.text() == "Import 2 products"
    dialog.button.click()
    assert shelf_counts(crew.clerk)[Shelf.ALL] == 2
    dialog._save_rejects_to(str(tmp_path / "rejected.csv"))
    assert "4," in (tmp_path / "rejected.csv").read_text(encoding="utf-8-sig")
    again = ProductImportDialog(crew.specialist, tasks, path)
    qtbot.addWidget(again)
    again.open()
    assert not again.button.isEnabled()


def test_what_is_no_product_file_is_told(qtbot: QtBot, crew: Crew, tasks: ImmediateTasks, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    dialog = ProductImportDialog(crew.specialist, tasks, path)
    qtbot.addWidget(dialog)
    dialog.open()
    QTest.qWait(0)
    assert dialog.strip.isVisible()
    assert not dialog.button.isEnabled()


def test_an_unknown_list_is_explained_once(
    qtbot: QtBot, crew: Crew, tasks: ImmediateTasks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHANGGUI_HOME", str(tmp_path / "home"))
    path = tmp_path / "grocer.csv"
    path.write_text("Ref,Wording,Amount\nG-1,Rice 5 kg,39.90\nG-2,Oil 5 l,69.00\n", encoding="utf-8")
    dialog = ProductImportDialog(crew.specialist, tasks, path)
    qtbot.addWidget(dialog)
    dialog.open()
    [mapping] = dialog.findChildren(ProductMappingDialog)
    for field, header in (("code", ""), ("name", "Wording"), ("price", "Amount")):
        mapping.columns[field].setCurrentText(header)
    mapping.button.click()
    assert mapping.isVisible()
    assert mapping.strip.isVisible()  # neither code nor barcode
    mapping.columns["code"].setCurrentText("Ref")
    mapping.button.click()
    assert not mapping.isVisible()
    dialog.button.click()
    assert shelf_counts(crew.clerk)[Shelf.ALL] == 2
    again = ProductImportDialog(crew.specialist, tasks, path)
    qtbot.addWidget(again)
    again.open()
    assert again.findChildren(ProductMappingDialog) == []
    assert again.figures["unchanged"]._value.text() == "2"
