"""The migrations make what the models say, on both databases."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, inspect, text

import app.models.approvals
import app.models.catalog
import app.models.customers
import app.models.duty
import app.models.files
import app.models.leave
import app.models.ledger
import app.models.office
import app.models.orders
import app.models.people
import app.models.publishing
import app.models.staff
import app.models.stock  # noqa: F401 (the tables must be known)
from app import models
from app.models.base import metadata
from app.services.db import postgresql_engine, sqlite_engine
from tests.postgresql import server

FOLDER = Path(models.__file__).parent / "migrations"


def config() -> Config:
    made = Config()
    made.set_main_option("script_location", str(FOLDER))
    return made


def upgrade(engine: Engine, revision: str) -> None:
    to = config()
    with engine.begin() as conn:
        to.attributes["connection"] = conn
        command.upgrade(to, revision)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty database."""
    if request.param == "sqlite":
        made = sqlite_engine(tmp_path / "office")
        yield made
        made.dispose()
        return
    name = server().create()
    made = postgresql_engine(server().url(name))
    yield made
    made.dispose()
    server().drop(name)


def ours(_object: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
    """The full-text index is made by hand and has no model."""
    return not (
        kind in {"table", "index"} and (name or "").removeprefix("ix_").startswith(("order_search", "product_search"))
    )


def differences(conn: Connection) -> list[Any]:
    context = MigrationContext.configure(conn, opts={"compare_type": True, "include_object": ours})
    return list(compare_metadata(context, metadata))


def revisions() -> list[str]:
    return [script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()][::-1]


def test_from_nothing_to_the_models(engine: Engine) -> None:
    upgrade(engine, "head")
    with engine.connect() as conn:
        assert differences(conn) == []


def test_a_difference_would_be_seen(engine: Engine) -> None:
    upgrade(engine, "head")
    with engine.begin() as conn:
        conn.execute(text("ALTER TABLE counters ADD COLUMN extra TEXT"))
        conn.execute(text("DROP INDEX ix_orders_customer"))
        assert sorted(found[0] for found in differences(conn)) == ["add_index", "remove_column"]


def test_partial_indexes_are_partial(engine: Engine) -> None:
    upgrade(engine, "head")
    partial = {"ix_entries_subject": "subject", "ix_orders_held": "held", "ix_movements_order": "order"}
    with engine.connect() as conn:
        for name, column in partial.items():
            table = name.split("_")[1]
            [found] = [index for index in inspect(conn).get_indexes(table) if index["name"] == name]
            where = found["dialect_options"][f"{engine.dialect.name}_where"]
            assert column in str(where)


def test_the_revision_of_the_models_is_the_last_migration() -> None:
    scripts = ScriptDirectory.from_config(config())
    assert scripts.get_heads() == [models.REVISION]
    assert revisions()[-1] == models.REVISION
    assert revisions() == sorted(revisions())  # an office's age is told by comparing


def test_every_table_of_the_models_is_migrated(engine: Engine) -> None:
    upgrade(engine, "head")
    with engine.connect() as conn:
        assert set(metadata.tables) <= set(inspect(conn).get_table_names())


@pytest.mark.parametrize("start", revisions()[:-1])
def test_an_office_of_any_age_ends_with_the_same_schema(engine: Engine, start: str) -> None:
    upgrade(engine, start)
    upgrade(engine, "head")
    with engine.connect() as conn:
        assert differences(conn) == []


def test_models_know_nothing_of_a_database_yet() -> None:
    engine = create_engine("sqlite://")
    with engine.connect() as conn:
        assert {found[0] for found in differences(conn)} == {"add_table", "add_index"}
    engine.dispose()
