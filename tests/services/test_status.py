"""What the window's foot says of the office."""

from pathlib import Path

from app.clock import to_ms
from app.services.backups.backup import backup
from app.services.records.record import record
from app.services.status import office_status
from tests.services.orders.making import Crew, accept, draft


def test_the_newest_backup_is_told_whoever_made_it(any_crew: Crew, tmp_path: Path) -> None:
    crew = any_crew
    accept(crew, [draft(1)])
    assert office_status(crew.clerk).backup_at is None

    backup(crew.program, tmp_path / "by-hand")
    assert office_status(crew.clerk).backup_at == to_ms(crew.clock.now())

    crew.clock.advance(minutes=30)
    record(crew.lead, crew.clock.now().date(), tmp_path / "records")
    status = office_status(crew.clerk)
    assert status.backup_at == to_ms(crew.clock.now())
    assert status.entries > 1
    assert status.local == crew.db.is_sqlite
    assert not status.encrypted
