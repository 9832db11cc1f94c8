"""The command line: a contract for scheduled jobs, checks and machines without a screen.

`--json` prints one JSON object on stdout and nothing else there; messages go to stderr. Exit 0 done, 1 a check failed,
2 bad usage or unreadable input, 3 not allowed.
"""

import argparse
import getpass
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from app import config, i18n, log
from app.clock import office_day
from app.errors import AppError, InputError, OutsideError, PermissionDeniedError, system_reason
from app.i18n import N_, _

DONE, FAILED, UNREADABLE, REFUSED = 0, 1, 2, 3

Answer = tuple[dict[str, Any], int]


class NobodyError(InputError):
    """A command that works in somebody's name was not told whose."""

    message = N_("Say who you are: --as NAME.")


class ChangePasswordFirstError(PermissionDeniedError):
    """A temporary or expired password lets nobody work."""

    message = N_("Your password must be changed first: sign in at the window.")


class NoPasswordError(PermissionDeniedError):
    """No password to be had without a terminal."""

    message = N_("Set ZHANGGUI_PASSWORD, or run this at a terminal to be asked for the password.")


class NoRecoveryKeyError(InputError):
    """An encrypted file whose key is not here, and nobody to ask."""

    message = N_(
        "The key of this encrypted file is not in this computer's keyring. Set ZHANGGUI_RECOVERY_KEY to its recovery "
        "key, or run this at a terminal to be asked for it."
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Run the window or a command; returns the exit code."""
    options = _parser().parse_args(argv)
    log.set_up(config.log_folder())
    i18n.set_language(config.language())
    if options.command is None:
        from app.views.application import run_window

        return run_window(options.office, options.person)
    try:
        run: Callable[[argparse.Namespace], Answer] = options.run
        answer, code = run(options)
    except AppError as error:
        return _refuse(error, options.json)
    _print(answer, options)
    return code


def _refuse(error: AppError, as_json: bool) -> int:
    from app.services.people.sign_in import SignInError

    sys.stderr.write(f"{error}\n")
    if isinstance(error, OutsideError) and error.said:
        sys.stderr.write(f"  {error.said}\n")
    if as_json:
        json.dump({"error": str(error)}, sys.stdout, ensure_ascii=False)
        sys.stdout.write("\n")
    return REFUSED if isinstance(error, PermissionDeniedError | SignInError) else UNREADABLE


def _print(answer: dict[str, Any], options: argparse.Namespace) -> None:
    if options.json:
        json.dump(answer, sys.stdout, ensure_ascii=False)
        sys.stdout.write("\n")
        return
    for key, value in answer.items():
        if isinstance(value, dict):
            told = [f"{name}: {_in_line(one)}" for name, one in value.items()]
        elif isinstance(value, list):
            told = [_in_line(one) for one in value]
        else:
            sys.stdout.write(f"{key}: {value}\n")
            continue
        sys.stdout.write("\n  ".join((f"{key}:", *told)) + "\n")


def _in_line(value: Any) -> str:
    parts = value.values() if isinstance(value, dict) else value
    return "  ".join(map(str, parts)) if isinstance(value, dict | list) else str(value)


def _parser() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=_("print one JSON object"))
    parser = argparse.ArgumentParser(prog="main.py", description=_("掌柜 Zhanggui; without a command: the window"))
    parser.add_argument("--office", default=None, help=_("a file or a postgresql:// address"))
    parser.add_argument("--as", dest="person", default=None, help=_("who works"))
    parser.add_argument("--json", action="store_true", help=_("print one JSON object"))
    commands = parser.add_subparsers(dest="command")

    def command(name: str, run: Callable[[argparse.Namespace], Answer], help_text: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=help_text, parents=[shared])
        sub.set_defaults(run=run)
        return sub

    sub = command("init", _init, _("a new office"))
    sub.add_argument("--demo", action="store_true", help=_("fill it with a believable month of work"))
    sub.add_argument("--admin", default=None, help=_("name of the first person"))
    sub.add_argument("--encrypt", action="store_true", help=_("encrypt the file; the key stays in the keyring"))

    sub = command("import", _import, _("orders from files of one export"))
    sub.add_argument("files", nargs="+", type=Path)
    sub.add_argument("--source", default="", help=_("the shop the files come from"))
    sub.add_argument("--mapping", type=Path, default=None, help=_("a saved column mapping"))
    sub.add_argument("--dry-run", action="store_true", help=_("only say what would happen"))

    sub = command("orders", _orders, _("list orders"))
    sub.add_argument("--search", default="")
    sub.add_argument("--state", default=None)
    sub.add_argument("--limit", type=int, default=50)

    command("show", _show, _("one order, complete")).add_argument("number")

    sub = command("record", _record, _("backup and sealed daily record"))
    sub.add_argument("--day", type=date.fromisoformat, default=None)
    sub.add_argument("--out", type=Path, required=True)

    command("verify", _verify, _("prove the ledger")).add_argument("--seal", default=None)
    command("rebuild", _rebuild, _("build the lists anew from the entries"))
    command("backup", _backup, _("a verified copy")).add_argument("--out", type=Path, required=True)

    sub = command("restore", _restore, _("a backup into a new office"))
    sub.add_argument("file", type=Path)
    sub.add_argument("--into", required=True)

    command("drill", _drill, _("restore into scratch and verify"))
    sub = command("roster", _roster, _("plan the duty, or a public benchmark's instance"))
    what = sub.add_mutually_exclusive_group(required=True)
    what.add_argument("--from", dest="first", type=date.fromisoformat, help=_("a day of the first week"))
    what.add_argument("--instance", type=Path, help=_("a file in the Curtois-Qu text format; needs no office"))
    sub.add_argument("--weeks", type=int, choices=range(1, 13), default=2, metavar="N")
    sub.add_argument("--seconds", type=float, default=60.0)

    command("address", _address, _("parse a pasted address")).add_argument("text")
    command("tour", _tour, _("a working day without a screen")).add_argument("--out", type=Path, required=True)
    return parser


def _where(options: argparse.Namespace) -> str:
    return options.office or str(config.default_office())


def _password(name: str, again: bool = False) -> str:
    """The password from ZHANGGUI_PASSWORD, else asked for at the terminal."""
    given = os.environ.get("ZHANGGUI_PASSWORD")
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise NoPasswordError
    password = getpass.getpass(_("Password of {name}: ").format(name=name))
    if again and getpass.getpass(_("Once more: ")) != password:
        raise InputError(detail=_("the two passwords differ"))
    return password


def _enter(options: argparse.Namespace) -> Any:
    from app.services.people.accounts import sole_administrator
    from app.services.people.sign_in import sign_in_person

    db, clock = _open(_where(options))
    name = options.person or sole_administrator(db)
    if name is None:
        raise NobodyError
    signed = sign_in_person(db, clock, name, None, _password(name))
    if signed.must_change:
        raise ChangePasswordFirstError
    return signed.ctx


def _amount(totals: Mapping[str, int]) -> dict[str, Any]:
    from app.money import to_decimal

    sums = {currency: str(to_decimal(minor, currency)) for currency, minor in sorted(totals.items())}
    only = next(iter(sums.items()), ("CNY", "0.00")) if len(sums) < 2 else (None, None)
    return {"total": only[1], "currency": only[0], "totals": sums}


def _init(options: argparse.Namespace) -> Answer:
    from app.clock import SystemClock
    from app.services.office import create_office

    where = _where(options)
    if options.demo:
        from app.services.sample.office import create_sample_office

        people = create_sample_office(where, SystemClock(), encrypt=options.encrypt)
        answer = {"office": where, "people": [{"name": p.name, "post": p.post, "password": p.password} for p in people]}
        return answer | _recovery(options, people[0].name, people[0].password), DONE
    admin = options.admin or "admin"
    password = _password(admin, again=True)
    create_office(where, _("My office"), admin, password, options.encrypt, SystemClock()).close()
    return {"office": where, "admin": admin} | _recovery(options, admin, password), DONE


def _recovery(options: argparse.Namespace, admin: str, password: str) -> dict[str, Any]:
    """The recovery key of an encrypted office that was made just now, to be kept apart from this computer."""
    if not options.encrypt:
        return {}
    from app.bootstrap import enter
    from app.services.recovery import show_recovery_key

    sys.stderr.write(
        _("Write the recovery key down and keep it away from this computer: without it, and without this computer's "
          "keyring, nobody can open the office or its backups.") + "\n"
    )  # fmt: skip
    ctx = enter(_where(options), admin, password)
    try:
        return {"recovery": show_recovery_key(ctx)}
    finally:
        ctx.db.close()


def _recovery_key() -> str:
    """The recovery key from ZHANGGUI_RECOVERY_KEY, else asked for at the terminal."""
    given = os.environ.get("ZHANGGUI_RECOVERY_KEY")
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise NoRecoveryKeyError
    return getpass.getpass(_("Recovery key: "))


def _open(where: str) -> Any:
    """The office; one whose key is not in the keyring is opened with the recovery key, which is kept from then on."""
    from app.bootstrap import open_office
    from app.services.opening import NoKeyError
    from app.services.recovery import learn_key

    try:
        return open_office(where)
    except NoKeyError:
        if "ZHANGGUI_RECOVERY_KEY" not in os.environ and not sys.stdin.isatty():
            raise
        learn_key(Path(where), _recovery_key())
        return open_office(where)


def _import(options: argparse.Namespace) -> Answer:
    from app.services.intake.commit import preview_import, run_import
    from app.services.intake.mapping import load_mapping
    from app.services.intake.read import detect

    source = detect(options.files, load_mapping(options.mapping) if options.mapping else None)
    ctx = _enter(options)
    done = (preview_import if options.dry_run else run_import)(ctx, source, None, options.source)
    counts = {name: getattr(done, name) for name in ("format", "encoding", "orders", "lines")}
    counts |= {name: getattr(done, name) for name in ("new", "unchanged", "changed", "rejected")}
    rejects = [{"row": reject.row, "reason": reject.reason} for reject in done.rejects]
    return counts | _amount(done.totals) | {"rejects": rejects}, DONE


def _orders(options: argparse.Namespace) -> Answer:
    from app.services.orders.export import list_as_data

    return list_as_data(_enter(options), options.search, options.state, options.limit), DONE


def _show(options: argparse.Namespace) -> Answer:
    from app.services.orders.export import show_as_data

    return show_as_data(_enter(options), options.number), DONE


def _record(options: argparse.Namespace) -> Answer:
    from app.services.records.record import record

    ctx = _enter(options)
    day = options.day or office_day(ctx.clock)
    done = record(ctx, day, options.out)
    answer = {"seal": done.seal, "entries": done.entries, "orders": done.orders}
    return answer | _amount(done.totals) | {"pdf": str(done.pdf), "backup": str(done.backup)}, DONE


def _verify(options: argparse.Namespace) -> Answer:
    from app.services.verify import verify

    verdict = verify(_enter(options), options.seal)
    answer = {name: getattr(verdict, name) for name in ("ok", "entries", "head", "first_bad", "reason")}
    return answer, DONE if verdict.ok else FAILED


def _rebuild(options: argparse.Namespace) -> Answer:
    from app.services.orders.rebuild import rebuild

    return {"orders": rebuild(_enter(options))}, DONE


def _backup(options: argparse.Namespace) -> Answer:
    from app.services.backups.backup import backup

    done = backup(_enter(options), options.out)
    return {
        "backup": str(done.path),
        "manifest": str(done.manifest_path),
        "sha256": done.sha256,
        "head": done.head,
    }, DONE


def _restore(options: argparse.Namespace) -> Answer:
    from app.services.backups.backup import restore

    done = restore(options.file, options.into, recovery=_recovery_key)
    return {
        "office": options.into,
        "ok": done.ok,
        "entries": done.entries,
        "head": done.head,
    }, DONE if done.ok else FAILED


def _drill(options: argparse.Namespace) -> Answer:
    from app.services.backups.backup import drill

    done = drill(_enter(options))
    return {"ok": done.ok, "entries": done.entries, "seconds": round(done.seconds, 3)}, DONE if done.ok else FAILED


def _roster(options: argparse.Namespace) -> Answer:
    if options.instance is not None:
        from app.services.duty.roster.instance import solve_instance
        from app.services.files import UnreadableFileError

        try:
            solved = solve_instance(options.instance, options.seconds)
        except OSError as error:
            raise UnreadableFileError(file=options.instance, detail=system_reason(error)) from error
        answer = {name: solved[name] for name in ("objective", "bound", "status", "seconds", "assignment")}
        return answer, FAILED if solved["status"] == "infeasible" else DONE
    from app.services.duty.roster.process import Planner
    from app.services.duty.rosters import read_roster
    from app.services.duty.solve import draw_plan, plan_span
    from app.services.duty.words import cell_word, line_word, words_of

    ctx = _enter(options)
    span = read_roster(ctx, options.first, options.weeks)
    with Planner() as planner:
        planned = plan_span(ctx, planner, span, seconds=options.seconds)
    draw_plan(ctx, planned)
    outcome, words = planned.outcome, words_of(span)
    rows = list(zip(span.lines, outcome.cells or (), strict=False))
    answer = {
        "objective": None if outcome.cells is None else outcome.objective,
        "bound": outcome.bound,
        "status": outcome.status.value,
        "seconds": round(outcome.seconds, 3),
        "assignment": {line.key: [span.code(shift) for shift in row] for line, row in rows},
    }
    if not options.json:
        answer["assignment"] = {
            line_word(line): [cell_word(span.rules, line.key, span.code(shift)) for shift in row] for line, row in rows
        }
    for breach in planned.clash:
        sys.stderr.write(f"{words.rule(breach)}\n")
    return answer, FAILED if outcome.cells is None else DONE


def _address(options: argparse.Namespace) -> Answer:
    from app.services.address.parse import parse

    found = parse(options.text)
    return {name: getattr(found, name) for name in ("name", "phone", "province", "city", "district", "detail")}, DONE


def _tour(options: argparse.Namespace) -> Answer:
    from app.views.tour import take_tour

    made = take_tour(options.out)
    return {"out": str(options.out), "files": [str(path) for path in made]}, DONE
