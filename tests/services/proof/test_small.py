"""People, passwords, settings, marks and seals changed behind the program's back are found (rule O6)."""

from dataclasses import replace
from typing import Any

import pytest

from app.models.base import metadata
from app.services.office import change_settings, office_settings
from app.services.people.password_change import change_own_password, reset_password
from app.services.verify import verify
from tests.services.orders.making import Crew
from tests.services.proof.working import change, vandal

SMALL = ("people", "credentials", "settings", "customers", "seals")


@pytest.mark.parametrize("table", SMALL)
def test_a_row_taken_out_of_a_small_table_is_found(office: tuple[Crew, list[int]], table: str) -> None:
    crew, _ = office
    own = metadata.tables[table]
    key = next(iter(own.primary_key.columns))
    with vandal(crew) as conn:
        rows = conn.execute(own.select().order_by(key)).all()
        conn.execute(own.delete().where(key == rows[len(rows) // 2][0]))
    found = verify(crew.clerk)
    assert (found.ok, found.code) == (False, table)
    assert found.first_bad is not None


@pytest.mark.parametrize("table", SMALL)
def test_a_row_slipped_into_a_small_table_is_found(office: tuple[Crew, list[int]], table: str) -> None:
    crew, _ = office
    own = metadata.tables[table]
    key = next(iter(own.primary_key.columns))
    other: dict[str, Any] = {key.name: 77 if key.type.python_type is int else "2026-11-24"}
    if table == "people":
        other["name"] = "外人"
    with vandal(crew) as conn:
        row = conn.execute(own.select().order_by(key).limit(1)).one()
        conn.execute(own.insert().values({**row._mapping} | other))
    found = verify(crew.clerk)
    assert (found.ok, found.code, found.first_bad) == (False, table, 77 if key.type.python_type is int else None)


@pytest.mark.parametrize("state", ["closed", "nonsense"])
def test_a_count_slipped_in_is_found(office: tuple[Crew, list[int]], state: str) -> None:
    crew, _ = office
    change(crew, f"INSERT INTO order_counts VALUES ('{state}', 2, 1)")
    assert verify(crew.clerk).code == "counts"


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("concession_authority", '{"service":9999900}'),
        ("sample", "true"),
        ("pepper", '"00"'),
        ("record_time", '"23:59"'),
    ],
)
def test_a_setting_changed_behind_the_programs_back_is_found(crew: Crew, setting: str, value: str) -> None:
    change_settings(crew.manager, replace(office_settings(crew.manager), unusual_quantity=80))
    assert verify(crew.clerk).ok
    own = metadata.tables["settings"]
    with vandal(crew) as conn:
        conn.execute(own.delete().where(own.c.key == setting))
        conn.execute(own.insert().values(key=setting, value=value))
    assert verify(crew.clerk).code == "settings"


def test_a_password_put_in_the_place_of_another_is_found(any_crew: Crew) -> None:
    """Who can write to the file could else sign in as the manager, and release what the manager never saw."""
    crew = any_crew
    change_own_password(crew.lead, "secret#1", "secret#22")
    reset_password(crew.program, crew.packer.person, "secret#33")
    assert verify(crew.clerk).ok
    change(
        crew,
        "UPDATE credentials SET password_hash = (SELECT password_hash FROM credentials "
        f"WHERE person = {crew.clerk.person}) WHERE person = {crew.manager.person}",
    )
    found = verify(crew.clerk)
    assert (found.code, found.first_bad) == ("credentials", crew.manager.person)
