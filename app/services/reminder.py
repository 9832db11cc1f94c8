"""What a reminder is, whatever it reminds of: tasks, notices, what must be out, leave, acting in a post."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

QUIET, SOON, LATE = 0, 1, 3  # stages


class What(StrEnum):
    """Of what somebody is reminded."""

    CONTENT = "content"  # that must be out (rule P11), also an approved change that is not in the shops yet
    REVIEW = "review"  # a page that is to be looked at again (rule P10)
    TASK = "task"  # that is due
    TASK_NEW = "task_new"  # given to one, or to one's post
    TASK_AGAIN = "task_again"  # reported, and opened again
    TASK_LATE = "task_late"  # one that they have given
    REPORT = "report"  # on a task they have given
    NOTICE = "notice"
    LEAVE_REFUSED = "leave_refused"  # something of one's handover (rule D3)
    LEAVE_LEFT = "leave_left"  # whoever was to take something over has left for good
    LEAVE_READY = "leave_ready"  # all of it is accepted
    LEAVE_MORE = "leave_more"  # something has come to one since the leave was approved
    ROSTER_NEW = "roster_new"  # with shifts of one's own (rule D2)
    ROSTER_CHANGED = "roster_changed"
    SWAP_DONE = "swap_done"  # one's own, of shifts (rule D2)
    SWAP_REFUSED = "swap_refused"
    ACTING_AHEAD = "acting_ahead"  # one's own (rule D4)
    ACTING = "acting"
    ACTING_OVER = "acting_over"


@dataclass(frozen=True, slots=True)
class Reminder:
    """One of these; `mark` differs where it is to be told of once more, as after another day was set."""

    id: int
    what: What
    title: str
    stage: int
    mark: int
    day: date | None = None  # to which it leads, where that is not always the same
