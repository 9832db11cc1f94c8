"""The content texts of a product, one for all channels and one for each channel that needs another."""

from collections.abc import Mapping

from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QVBoxLayout, QWidget

from app.i18n import _
from app.services.orders.words import channel_word
from app.views.theme import GAP_2

CHANNELS = ("", "taobao", "tmall", "jd", "pinduoduo", "douyin", "shop")
HEIGHT = 180


class TextsField(QWidget):
    """Choose a channel, write its text; a dot marks the channels that have one."""

    def __init__(self, texts: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = {channel: text for channel, text in texts.items() if text}
        self._channels = [*CHANNELS, *(one for one in texts if one not in CHANNELS)]
        self.channel, self.text = QComboBox(), QPlainTextEdit()
        self.channel.setAccessibleName(_("Channel"))
        self.text.setAccessibleName(_("Text"))
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(HEIGHT)
        for channel in self._channels:
            self.channel.addItem(self._word(channel), channel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_2)
        column.addWidget(self.channel)
        column.addWidget(self.text, 1)
        self._shown, self._begun = "", False
        self.channel.currentIndexChanged.connect(self._on_channel_changed)
        self._on_channel_changed()

    def texts(self) -> dict[str, str]:
        """The texts by channel, "" for all; without empty ones."""
        self._keep()
        return dict(self._texts)

    def _keep(self) -> None:
        text = self.text.toPlainText().strip()
        if text:
            self._texts[self._shown] = text
        else:
            self._texts.pop(self._shown, None)
        self.channel.setItemText(self._channels.index(self._shown), self._word(self._shown))

    def _on_channel_changed(self) -> None:
        if self._begun:
            self._keep()
        self._begun = True
        self._shown = str(self.channel.currentData())
        self.text.setPlainText(self._texts.get(self._shown, ""))

    def _word(self, channel: str) -> str:
        word = channel_word(channel) if channel else _("All channels")
        return f"{word} •" if channel in self._texts else word
