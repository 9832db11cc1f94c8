"""Words in two languages: English in the source, Simplified Chinese from the gettext catalog."""

import gettext as _gettext
import threading
from pathlib import Path

LANGUAGES = {"zh_CN": "简体中文", "en": "English"}
LOCALE_DIR = Path(__file__).resolve().parent.parent / "resources" / "locale"

_lock = threading.Lock()
_language = "en"
_translations: _gettext.NullTranslations = _gettext.NullTranslations()


def set_language(language: str) -> None:
    """Switch every later `_()` to `language` ("zh_CN" or "en"); raises FileNotFoundError without its catalog."""
    global _language, _translations
    with _lock:
        if language == "en":
            _translations = _gettext.NullTranslations()
        else:
            _translations = _gettext.translation("zhanggui", LOCALE_DIR, [language])
        _language = language


def language() -> str:
    """The language in use now."""
    return _language


def _(message: str) -> str:
    """The message in the language in use."""
    return _translations.gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    """The message for `n` of something, in the language in use."""
    return _translations.ngettext(singular, plural, n)


def pgettext(context: str, message: str) -> str:
    """The message where one English word has several Chinese ones; the context tells which."""
    return _translations.pgettext(context, message)


def N_(message: str) -> str:  # noqa: N802 (gettext's own name)
    """Mark a message for translation where it is defined; `_()` it where it is shown."""
    return message
