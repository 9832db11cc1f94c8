"""Where the program keeps what is not the office's: folders, the offices it knows, the language. No secrets."""

import json
import os
from pathlib import Path

import platformdirs

APP = "zhanggui"
REMEMBERED = 8


def data_folder() -> Path:
    """The user's data folder; ZHANGGUI_HOME puts it elsewhere (tests, several installations)."""
    home = os.environ.get("ZHANGGUI_HOME")
    return Path(home) if home else Path(platformdirs.user_data_dir(APP, appauthor=False))


def default_office() -> Path:
    """The office a start without --office opens."""
    return data_folder() / "office.zhanggui"


def sample_office() -> Path:
    """Where the sample office to look around in is made."""
    return data_folder() / "sample.zhanggui"


def log_folder() -> Path:
    """Where the log is written."""
    return data_folder() / "log"


def records_folder() -> Path:
    """Where sealed records and backups go unless the office says otherwise."""
    return data_folder() / "records"


def mappings_folder() -> Path:
    """Where the mappings of unknown files of orders are saved."""
    return data_folder() / "mappings"


def product_mappings_folder() -> Path:
    """Where the mappings of unknown lists of products are saved."""
    return data_folder() / "product-mappings"


def _file() -> Path:
    return data_folder() / "program.json"


def _read() -> dict[str, object]:
    try:
        content = json.loads(_file().read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):  # not there yet, or no JSON in UTF-8: nothing in it is worth a refusal
        return {}
    return content if isinstance(content, dict) else {}


def _write(content: dict[str, object]) -> None:
    data_folder().mkdir(parents=True, exist_ok=True)
    fresh = _file().with_suffix(".new")
    fresh.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    fresh.replace(_file())


def language() -> str:
    """The language chosen on this computer; Chinese until somebody chooses."""
    return "en" if _read().get("language") == "en" else "zh_CN"


def choose_language(code: str) -> None:
    """Remember the language for the next start and for the command line."""
    _write(_read() | {"language": code})


def known_offices() -> list[str]:
    """Offices opened before, the last one first."""
    known = _read().get("offices", [])
    return [str(where) for where in known] if isinstance(known, list) else []


def remember_office(where: str) -> None:
    """Put an office first among those opened before; `where` is a Database's place, which bears no password."""
    known = [one for one in known_offices() if one != where]
    _write(_read() | {"offices": [where, *known][:REMEMBERED]})
