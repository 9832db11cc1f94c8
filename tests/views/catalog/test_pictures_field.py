"""What may stand among a product's pictures."""

from pathlib import Path

from PySide6.QtGui import QPixmap
from pytestqt.qtbot import QtBot

from app.views.catalog.pictures_field import PicturesField
from app.views.tasks import ImmediateTasks
from tests.services.orders.making import Crew


def test_a_paper_is_no_picture_of_a_product(qtbot: QtBot, crew: Crew, tasks: ImmediateTasks, tmp_path: Path) -> None:
    field = PicturesField(crew.specialist, tasks, ())
    qtbot.addWidget(field)
    told: list[str] = []
    field.refused.connect(told.append)
    picture, paper = tmp_path / "瓶.png", tmp_path / "质检.pdf"
    QPixmap(40, 30).save(str(picture))
    paper.write_bytes(b"%PDF-1.7 a paper")
    field.keep([picture, paper])
    assert told == ["质检.pdf is no picture (PNG, JPEG, WebP)."]
    assert len(field.digests()) == 1
