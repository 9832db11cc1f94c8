"""The line to a PostgreSQL server: why it is broken in our own words, and how to leave one that hangs."""

import socket
from contextlib import suppress
from typing import Any
from weakref import WeakSet

from sqlalchemy import Engine, event

from app.i18n import N_

_LATE = N_("it did not answer in time.")
_NOBODY = N_("nothing answers at its address: it is switched off, or the network is down.")
_NOT_LET_IN = N_("it does not let this account in: its name or password is another one.")
_NO_DATABASE = N_("there is no such database on it.")
_FULL = N_("it takes no more connections for now.")
_STOPPING = N_("it is being shut down or started.")
_BROKEN = N_("the connection was broken.")

# By the beginning of SQLSTATE; a connection that was never made bears none, so that its words have to tell.
_BY_STATE = (("28", _NOT_LET_IN), ("3D", _NO_DATABASE), ("53", _FULL), ("57P", _STOPPING))
_BY_WORDS = (
    (("timeout", "timed out"), _LATE),
    (("authentication failed", "no password supplied", "pg_hba", 'role "'), _NOT_LET_IN),
    (('database "',), _NO_DATABASE),
    (("too many clients", "too many connections", "connection slots"), _FULL),
    (("starting up", "shutting down"), _STOPPING),
    (("refused", "resolve", "translate host", "unreachable", "No route", "No such file"), _NOBODY),
)


def gone_reason(said: str, state: str) -> str:
    """Why a server does not answer, as the end of an English sentence that is still to be translated."""
    by_state = next((why for begin, why in _BY_STATE if state.startswith(begin)), None)
    by_words = (why for words, why in _BY_WORDS if any(word in said for word in words))
    return by_state or next(by_words, _BROKEN)


class Lines:
    """The connections that an engine has made to a server."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._failed: type[Exception] = engine.dialect.loaded_dbapi.OperationalError
        self._raw: WeakSet[Any] = WeakSet()
        self._is_cut = False
        event.listen(engine, "connect", lambda raw, _record: self._raw.add(raw))
        event.listen(engine, "do_connect", self._refuse_cut)

    def answers(self, seconds: int) -> bool:
        """Whether the server takes a new connection in time."""
        arguments, named = self._engine.dialect.create_connect_args(self._engine.url)
        try:  # without the engine, which would ask the server things with no end to its patience
            raw = self._engine.dialect.loaded_dbapi.connect(*arguments, **{**named, "connect_timeout": seconds})
        except self._failed:
            return False
        raw.close()
        return True

    def cut(self) -> None:
        """Break off every connection from our side, and make no other one.

        A server that was stopped keeps its sockets open, and only our end of them wakes who waits for an answer.
        """
        self._is_cut = True
        for raw in tuple(self._raw):
            with suppress(OSError, self._failed):  # it was closed meanwhile
                line = socket.socket(fileno=raw.fileno())
                try:
                    line.shutdown(socket.SHUT_RDWR)
                finally:
                    line.detach()  # its owner closes it

    def _refuse_cut(self, *_how: object) -> None:
        if self._is_cut:
            raise self._failed("the connection was cut")
