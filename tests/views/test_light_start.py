"""What the first picture must not wait for."""

import subprocess
import sys

import pytest

from app.views.theme import RESOURCES

SHELL = (
    "import app.views.main_window, app.views.panel, app.views.tasks, app.views.error_reporter, app.views.icons, "
    "app.views.widgets.queue_list, app.views.widgets.bars, app.views.sound; import sys; print(sorted(sys.modules))"
)


@pytest.mark.parametrize(
    "heavy", ["sqlalchemy", "qtawesome", "reportlab", "keyring", "argon2", "PySide6.QtPdf", "PySide6.QtMultimedia"]
)
def test_the_shell_does_not_load_what_it_does_not_need(heavy: str) -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", SHELL], cwd=RESOURCES.parent, check=True, capture_output=True, text=True
    ).stdout

    assert "'app.views.main_window'" in loaded
    assert f"'{heavy}'" not in loaded
