"""An office from before there was stock: what its orders reserve and moved is counted when it is opened."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import inspect, text

from app import models
from app.services.db import sqlite_engine
from app.services.opening import STOCK_SINCE, open_database
from app.services.verify import verify_database
from tests.services.orders.making import Crew
from tests.services.stock.making import A, B, order, ship, table


def tables_before(folder: Path) -> set[str]:
    """The tables of an office right before the stock came."""
    engine = sqlite_engine(folder / "older")
    config = Config()
    config.set_main_option("script_location", str(Path(models.__file__).parent / "migrations"))
    with engine.begin() as conn:
        config.attributes["connection"] = conn
        command.upgrade(config, f"{STOCK_SINCE}-1")
        found = set(inspect(conn).get_table_names())
    engine.dispose()
    return found


def test_an_older_office_gets_its_stock(file_crew: Crew, tmp_path: Path) -> None:
    crew = file_crew
    order(crew, 1, {A: 2})
    ship(crew, order(crew, 2, {A: 3, B: 1}))
    before = table(crew)
    older = tables_before(tmp_path)
    with crew.db.engine.begin() as conn:
        for name in set(inspect(conn).get_table_names()) - older:
            conn.execute(text(f"DROP TABLE {name}"))
        conn.execute(text("UPDATE alembic_version SET version_num = '0003'"))
    place = crew.db.place
    crew.db.close()
    db = open_database(place)
    with db.reading() as conn:
        found = {row.code: (row.on_hand, row.reserved) for row in conn.execute(text("SELECT * FROM stock"))}
    assert found == before == {A: (-3, 2), B: (-1, 0)}
    assert verify_database(db).ok
    db.close()
