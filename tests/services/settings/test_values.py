"""How settings are kept, and what hangs on them: the folder of records, the backups that stay."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app import config
from app.services.access import program
from app.services.backups.backup import make_backup
from app.services.office import change_settings, office_settings
from app.services.settings.values import Settings, records_folder
from app.services.verify import verify
from tests.factories import Office


def test_records_go_where_the_office_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ZHANGGUI_HOME", str(tmp_path))
    assert records_folder(Settings()) == config.records_folder() == tmp_path / "records"
    assert records_folder(replace(Settings(), backup_folder=str(tmp_path / "else"))) == tmp_path / "else"


def test_every_setting_is_kept_as_it_was_set_and_proved(office: Office) -> None:
    manager = office.ctx("manager")
    wanted = Settings(
        name="新店",
        contact_minutes=30,
        remind_minutes=10,
        lead_minutes=20,
        unusual_quantity=5,
        doubled_minutes=60,
        record_time="17:45",
        backup_folder="/backups/新",
        keep_days=7,
        keep_weeks=4,
        release_posts=["manager", "director"],
        concession_authority={"service": 0, "director": 1},
    )
    change_settings(manager, wanted)
    assert office_settings(manager) == wanted
    assert verify(manager).ok


def test_a_backup_drops_what_the_office_no_longer_keeps(file_office: Office, tmp_path: Path) -> None:
    own = program(file_office.db, file_office.clock)
    folder = tmp_path / "backups"

    def days_kept() -> int:
        make_backup(own.db, own.clock, folder)
        return len(list(folder.glob("*.zhanggui")))

    for count in (1, 2, 3):
        assert days_kept() == count
        file_office.clock.time += timedelta(days=1)
    change_settings(own, replace(office_settings(own), keep_days=1, keep_weeks=0))
    assert days_kept() == 2  # today's, and of the days before, all in one month, the last
