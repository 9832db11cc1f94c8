"""Posting a notice to everybody, or to some posts (rule B2)."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from app.i18n import _, ngettext
from app.models.people import Post
from app.services.access import Context
from app.services.people.names import post_word
from app.services.staff.holders import Holder
from app.services.staff.notices import NoticeDraft, post_notice
from app.services.staff.wording import LONGEST_TEXT, LONGEST_TITLE
from app.views.staff.text_area import text_area
from app.views.tasks import Tasks
from app.views.theme import GAP_2, GAP_3
from app.views.widgets.attachments import AttachLine, keep_all
from app.views.widgets.form import Form
from app.views.widgets.line_edit import LineEdit
from app.views.widgets.room import least_width
from app.views.widgets.step_dialog import StepDialog

TEXT_HEIGHT = 150
ACROSS = 4


class NoticeDialog(StepDialog):
    """Heading, text, files, and to whom: no box checked is everybody; the number stands once it is posted."""

    def __init__(self, ctx: Context, tasks: Tasks, at_work: Sequence[Holder], parent: QWidget | None = None) -> None:
        super().__init__(tasks, _("Post a notice"), _("Post the notice"), parent)
        self.setObjectName("notice_dialog")
        least_width(self, 660)
        self._ctx, self._at_work = ctx, at_work
        self.posted: int | None = None  # the notice, once it is posted
        self.title, self.text = LineEdit(), text_area(TEXT_HEIGHT)
        self.title.setMaxLength(LONGEST_TITLE)
        self.posts: dict[Post, QCheckBox] = {}
        self.files = AttachLine()
        self.form.add("title", _("Heading"), self.title)
        self.form.add("text", _("What is announced"), self.text)
        self._to = Form()
        self._to.add("posts", _("To these posts; none checked: to everybody"), self._boxes(), " ")
        self._to.add_plain(self.files)
        self.lay_out(self.form, self._to)
        self._tell()
        self.title.setFocus()

    def _boxes(self) -> QWidget:
        result = QWidget()
        grid = QGridLayout(result)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GAP_3)
        grid.setVerticalSpacing(GAP_2)
        held = {post for one in self._at_work for post in one.posts}
        for place, post in enumerate(Post):
            box = self.posts[post] = QCheckBox(post_word(post))
            box.setEnabled(post in held)
            box.toggled.connect(self._tell)
            grid.addWidget(box, place // ACROSS, place % ACROSS, Qt.AlignmentFlag.AlignLeft)
        return result

    def chosen(self) -> list[Post]:
        """The posts that are checked."""
        return [post for post, box in self.posts.items() if box.isChecked()]

    def _tell(self) -> None:
        """Say how many will be asked to read it: without oneself."""
        posts = set(self.chosen())
        count = sum((not posts or bool(posts & one.posts)) and one.id != self._ctx.person for one in self._at_work)
        told = ngettext("{count} person is to read it", "{count} people are to read it", count).format(count=count)
        self._to.set_hint("posts", told)

    def work(self) -> Callable[[], object] | None:
        """Post it, with its files."""
        title, text, files = self.title.text().strip(), self.text.toPlainText().strip(), self.files.paths()
        if not title:
            self.form.show_error("title", _("Give it a heading."))
            return None
        if not 0 < len(text) <= LONGEST_TEXT:
            wrong = _("At most {most} characters.").format(most=LONGEST_TEXT) if text else _("Fill this in.")
            self.form.show_error("text", wrong)
            return None
        ctx, posts = self._ctx, self.chosen()

        def step() -> None:
            self.posted = post_notice(ctx, NoticeDraft(title, text, posts, keep_all(ctx, files)))

        return step
