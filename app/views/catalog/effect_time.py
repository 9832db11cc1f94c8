"""When what is proposed takes effect: at once, or at a moment of the office's time."""

from datetime import datetime, timedelta

from PySide6.QtWidgets import QCheckBox

from app.i18n import _
from app.views.widgets.date_edit import chosen_moment, office_moment_edit
from app.views.widgets.form import Form

USUAL_WAIT = timedelta(days=1)


class EffectTime:
    """The check box and the moment that a dialog's form shows under it."""

    def __init__(self, form: Form, now: datetime) -> None:
        self.later = QCheckBox(_("In force at a later time"))
        self.moment = office_moment_edit(now + USUAL_WAIT)
        form.add_plain(self.later)
        form.add("moment", _("From"), self.moment)
        self.moment.setEnabled(False)
        self.later.toggled.connect(self.moment.setEnabled)

    def chosen(self) -> datetime | None:
        """The moment; None for at once."""
        return chosen_moment(self.moment) if self.later.isChecked() else None
