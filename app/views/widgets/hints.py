"""Hints under the pointer that show what people wrote as they wrote it."""

from PySide6.QtGui import Qt


def hint_of(text: str) -> str:
    """The text for a tooltip, which knows no plain text: what looks like markup to Qt would be drawn as such.

    What a customer wrote could otherwise name a picture anywhere, which the pointer above it would fetch.
    """
    return Qt.convertFromPlainText(text) if Qt.mightBeRichText(text) else text
