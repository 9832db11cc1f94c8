"""What holds for the whole of the code: the door, the words of errors, the layers, the size of files."""

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from enum import Enum
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from grimp import ImportGraph, build_graph

import app
from app.errors import AppError
from app.services.access import Permission
from tests.factories import ROOT

APP = ROOT / "app"
LINES = 400

# The only public functions that a person reaches without the door, each with what lets them: nobody is signed in yet,
# or the program itself works.
UNGUARDED = {
    "app.services.access.program": "the program itself",
    "app.services.people.sign_in.sign_in": "signing in",
    "app.services.people.sign_in.sign_in_person": "signing in",
    "app.services.people.sign_in.people_to_sign_in": "the sign-in screen",
    "app.services.people.accounts.sole_administrator": "in whose name a scheduled job signs in",
    "app.services.office.office_name": "the sign-in screen",
    "app.services.office.is_sample": "the sign-in screen",
}


# What guarded functions share: it takes their ctx, is not for views and commands, and stands behind their doors.
BEHIND_THE_DOOR = {"app.services.orders.steps.step"}

# Says what its parent says, and bears the number of the entry besides.
PARENTS_SENTENCE = {"app.services.proof.rows.UnreadableError"}


def modules(package: str) -> Iterator[ModuleType]:
    root = importlib.import_module(package)
    yield root
    for found in pkgutil.walk_packages(root.__path__, f"{package}."):
        if ".migrations" not in found.name:
            yield importlib.import_module(found.name)


def public_functions(package: str) -> Iterator[tuple[str, Callable[..., Any]]]:
    for module in modules(package):
        for name, function in vars(module).items():
            mine = inspect.isfunction(function) and function.__module__ == module.__name__
            if mine and not name.startswith("_"):
                yield f"{module.__name__}.{name}", function


def first_type(function: Callable[..., Any]) -> str:
    """The name of the first parameter's type, as it was written before any decoration."""
    parameters = inspect.signature(inspect.unwrap(function)).parameters.values()
    annotation = next((one.annotation for one in parameters), "")
    return annotation.strip('"') if isinstance(annotation, str) else getattr(annotation, "__name__", "")


def subclasses(kind: type[AppError]) -> Iterator[type[AppError]]:
    for one in kind.__subclasses__():
        yield one
        yield from subclasses(one)


def files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.py"))


def imports(path: Path) -> Iterator[tuple[str, str]]:
    """Module and name of every import in the file, also of those inside functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", alias.name) for alias in node.names)


def used_above_the_services() -> set[str]:
    """Everything of the services that a view or the command line imports."""
    above = [*files(APP / "views"), APP / "commands.py", APP / "bootstrap.py"]
    return {f"{module}.{name}" for path in above for module, name in imports(path) if module.startswith("app.services")}


def test_every_service_function_in_somebodys_name_has_the_door() -> None:
    found = {name: function for name, function in public_functions("app.services") if first_type(function) == "Context"}
    bare = {name for name, function in found.items() if not isinstance(permission_of(function), Permission)}
    assert bare == BEHIND_THE_DOOR
    assert len(found) > 30
    assert not BEHIND_THE_DOOR & used_above_the_services()


def permission_of(function: Callable[..., Any]) -> object:
    return getattr(function, "required_permission", None)


def test_what_takes_a_clock_or_opens_for_nobody_is_named() -> None:
    """A function over the bare database acts in nobody's name: each that views or the command line call is listed."""
    used = used_above_the_services()
    bare = {
        name
        for name, function in public_functions("app.services")
        if name in used and first_type(function) == "Database"
    }
    assert bare <= set(UNGUARDED)


def test_the_exceptions_exist() -> None:
    known = dict(public_functions("app.services"))
    assert {name for name in UNGUARDED if name not in known} == set()
    assert {name for name in UNGUARDED if permission_of(known[name]) is not None} == set()


def test_every_error_has_a_message_of_its_own() -> None:
    for package in ("app.services", "app.models", "app.views"):
        list(modules(package))
    importlib.import_module("app.commands")
    errors = [one for one in subclasses(AppError) if one.__module__.startswith("app.")]
    silent = {f"{one.__module__}.{one.__qualname__}" for one in errors if "message" not in vars(one)}
    assert silent == PARENTS_SENTENCE
    said = [vars(one)["message"] for one in [AppError, *errors] if "message" in vars(one)]
    assert all(message.strip() for message in said)
    assert sorted({message for message in said if said.count(message) > 1}) == []


def test_views_take_only_words_from_the_models() -> None:
    """A view may name a state or a post; rows, tables and SQL are the services'."""
    wrong = []
    for path in files(APP / "views"):
        for module, name in imports(path):
            if module.startswith("app.models"):
                value = getattr(importlib.import_module(module), name, None)
                if not (isinstance(value, type) and issubclass(value, Enum)):
                    wrong.append(f"{path.name}: {module}.{name}")
            if module.split(".")[0] in {"sqlalchemy", "alembic", "sqlcipher3", "psycopg"}:
                wrong.append(f"{path.name}: {module}")
    assert wrong == []


def test_no_file_needs_another_that_needs_it() -> None:
    """Not by an import inside a function either, which would only hide it; what is there for types alone is no need."""
    graph = build_graph("app", exclude_type_checking_imports=True)
    left = set(graph.modules)
    while free := {module for module in left if _is_at_an_end(graph, module, left)}:
        left -= free
    assert not left


def _is_at_an_end(graph: ImportGraph, module: str, among: set[str]) -> bool:
    """Whether it needs none of them, or none of them needs it: then it stands in no circle."""
    needed, needing = graph.find_modules_directly_imported_by(module), graph.find_modules_that_directly_import(module)
    return not needed & among or not needing & among


def test_leaves_and_handovers_are_read_by_their_own_service() -> None:
    """Others ask it, so that what a leave means stands in one place; the folds of all subjects name every table."""
    own = {*files(APP / "services" / "leave"), APP / "services" / "folds.py"}
    tables = {("app.models.leave", "leaves"), ("app.models.leave", "handovers")}
    others = [path.name for path in files(APP / "services") if path not in own and tables & set(imports(path))]
    assert others == []


@pytest.mark.parametrize("folder", ["app", "tests", "installer"])
def test_every_file_fits_in_the_head(folder: str) -> None:
    long = {
        str(path.relative_to(ROOT)): count
        for path in files(ROOT / folder)
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > LINES
    }
    assert long == {}


def test_nothing_relies_on_the_place_of_the_checkout() -> None:
    assert Path(app.__file__).parent == APP
    named = [str(path) for path in files(APP) if str(ROOT) in path.read_text(encoding="utf-8")]
    assert named == []
