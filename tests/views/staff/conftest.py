"""The three pages on a real office."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from tests.views.pages import open_page

__all__ = ["open_page"]


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A picture that can be shown."""
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    path = tmp_path / "证书.png"
    assert image.save(str(path))
    return path
