"""Planning anew what people know already: first as few cells changed as can be, then as good as can be."""

import threading
import time
from dataclasses import replace

from app.services.duty.roster.outcome import OnPlan, Outcome, Status, nobody
from app.services.duty.roster.price import changed, rank
from app.services.duty.roster.problem import Problem
from app.services.duty.roster.solve import Search
from app.services.duty.roster.task import Task

FEWEST_SHARE = 0.6  # of the time, at most, for how few cells must change


def plan_anew(task: Task, tell: OnPlan, stopped: threading.Event) -> Outcome:
    """The best plan among those with the fewest cells other than published.

    With a start, a valid plan, what comes out changes no more cells than it, and with as many it costs no more,
    however soon the search is stopped.
    """
    published = task.problem.published
    if published is None:
        return Search(task, tell, stopped).run()
    began = time.monotonic()
    first = replace(task, problem=only_changes(task.problem), seconds=task.seconds * FEWEST_SHARE)
    fewest = Search(first, nobody, stopped).run()
    if fewest.cells is None:
        return fewest
    plans = [fewest.cells] if task.start is None else [task.start, fewest.cells]  # of equals the one that stands
    start = min(plans, key=lambda cells: rank(task.problem, cells))
    left = max(0.1, task.seconds - (time.monotonic() - began))
    second = replace(task, seconds=left, start=start, most_changes=len(changed(published, start)))
    outcome = Search(second, tell, stopped).run()
    is_fewest = fewest.status == Status.PROVEN
    return replace(
        outcome,
        status=outcome.status if is_fewest or outcome.status != Status.PROVEN else Status.FEASIBLE,
        repeatable=outcome.repeatable and fewest.repeatable,
        changes=len(changed(published, outcome.cells or start)),
        fewest=is_fewest,
    )


def only_changes(problem: Problem) -> Problem:
    """The same rules, and nothing counts but how many cells are other than published."""
    covers = tuple(replace(cover, wanted=None) for cover in problem.covers)
    return replace(problem, covers=covers, wishes=(), tallies=(), change_weight=1)
