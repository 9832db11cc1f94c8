"""Adding a product's pictures: what is good is kept, and of every other file it is said why not."""

from pathlib import Path

from PySide6.QtGui import QPixmap
from pytestqt.qtbot import QtBot

from app.services.files import MOST_BYTES
from app.views.catalog.pictures_field import PicturesField
from app.views.tasks import ImmediateTasks
from tests.services.orders.making import Crew


def test_one_bad_file_does_not_keep_the_others_out(
    qtbot: QtBot, crew: Crew, tasks: ImmediateTasks, tmp_path: Path
) -> None:
    field = PicturesField(crew.specialist, tasks, [])
    qtbot.addWidget(field)
    told: list[str] = []
    field.refused.connect(told.append)
    huge, wrong, paper = tmp_path / "巨图.jpg", tmp_path / "假图.png", tmp_path / "合同.png"
    huge.write_bytes(b"\xff\xd8\xff" + bytes(MOST_BYTES))
    wrong.write_bytes(b"hello")
    paper.write_bytes(b"%PDF-1.7 ")
    front, back = tmp_path / "正面.png", tmp_path / "背面.jpg"
    QPixmap(40, 30).save(str(front))
    QPixmap(30, 40).save(str(back))
    field.keep([huge, front, wrong, paper, back])
    assert len(field.digests()) == 2
    assert not any(field.list.item(place).icon().isNull() for place in (0, 1))
    [message] = told
    assert [line.partition(" ")[0] for line in message.splitlines()] == ["巨图.jpg", "假图.png", "合同.png"]
