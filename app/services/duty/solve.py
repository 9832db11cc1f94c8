"""Planning some weeks of the office in the planner's own process: the best plan, or the rules that clash (rule D2)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.clock import office_day
from app.services.access import Context, Permission, requires
from app.services.duty.past import with_past
from app.services.duty.roster.check import breaches
from app.services.duty.roster.outcome import OnPlan, Outcome, Status, never, nobody
from app.services.duty.roster.problem import Breach, Cells
from app.services.duty.roster.process import Planner
from app.services.duty.rosters import PastRosterError, Stroke, draw
from app.services.duty.span import Span

SECONDS = 30.0  # after which the best plan so far is taken
SEED = 1


@dataclass(frozen=True, slots=True)
class Planned:
    """How it ended; where no plan is possible, the smallest set of rules found that clash."""

    span: Span
    outcome: Outcome
    clash: tuple[Breach, ...] = ()


@requires(Permission.DUTY_PLAN)
def plan_span(
    ctx: Context,
    planner: Planner,
    span: Span,
    *,
    seconds: float = SECONDS,
    fewest_changes: bool = False,
    on_plan: OnPlan = nobody,
    stop: Callable[[], bool] = never,
) -> Planned:
    """Plan these weeks from today on, or plan them anew with the fewest changes.

    `on_plan` hears of each better plan at once. A draft that keeps all rules is the first of them, so that a search
    that is stopped early never leaves a worse plan than the one that stood; anew, worse is first what changes more
    cells. Raises PastRosterError where all of the weeks are over.
    """
    ctx.ask_again()
    today = office_day(ctx.clock)
    if span.days[-1] < today:
        raise PastRosterError(day=span.days[-1].isoformat())
    for forgiving in (False, True) if span.first <= today else (False,):
        problem = with_past(span, ctx.clock.now(), forgiving=forgiving)
        drawn = span.cells()
        start = None if breaches(problem, drawn) else drawn
        search = planner.replan if fewest_changes else planner.plan
        outcome = search(problem, seconds, seed=SEED, start=start, on_plan=on_plan, stop=stop)
        if outcome.status is not Status.INFEASIBLE:
            break
    if outcome.status is not Status.INFEASIBLE:
        return Planned(span, outcome)
    return Planned(span, outcome, tuple(planner.clash(problem, stop=stop) or ()))


@requires(Permission.DUTY_PLAN)
def draw_plan(ctx: Context, planned: Planned) -> int:
    """Make a plan the draft of its weeks, from today on; returns how many cells changed."""
    cells, today = planned.outcome.cells, office_day(ctx.clock)
    strokes = [] if cells is None else [one for one in plan_strokes(planned.span, cells) if one.day >= today]
    draw(ctx, strokes)
    return len(strokes)


def plan_strokes(span: Span, cells: Cells) -> Sequence[Stroke]:
    """The cells of a plan that are not as they are drafted."""
    return [
        Stroke(line.key, day, span.code(before), span.code(after))
        for line, drawn, row in zip(span.lines, span.cells(), cells, strict=True)
        for day, before, after in zip(span.days, drawn, row, strict=True)
        if before != after
    ]
