"""Why there is no plan: rules that cannot all be met, none of them to spare, and as few as can be found in time.

Each rule of the explaining model has a literal. First the solver names rules that suffice for the clash; then each of
them is left out in turn, and stays out where the clash remains. Smaller sets are sought by what all clashes share: each
has a rule of every set of rules whose absence makes a plan possible (implicit hitting sets).
"""

import threading
import time

from ortools.sat.python import cp_model_helper as core

from app.services.duty.roster.model import build
from app.services.duty.roster.outcome import OnPlan
from app.services.duty.roster.problem import Breach
from app.services.duty.roster.sketch import Sketch
from app.services.duty.roster.task import ClashTask

Rules = frozenset[int]  # the literals of rules
SINGLE_SECONDS = 1.0
SMALLER_SECONDS = 3.0  # for seeking a smaller clash than the first


def find_clash(task: ClashTask, _tell: OnPlan, stopped: threading.Event) -> list[Breach] | None:
    """A clash with none of its rules to spare; None where there is a plan, or time was too short to know."""
    search = _Clash(build(task.problem, explaining=True).sketch, time.monotonic() + task.seconds, stopped)
    some = search.named(frozenset(search.rules))
    if some is None:
        return None
    found = search.smallest(search.thinned(some))
    return [search.rules[literal] for literal in sorted(found)]


class _Clash:
    def __init__(self, sketch: Sketch, until: float, stopped: threading.Event) -> None:
        self.rules = sketch.switches
        self._proto = sketch.proto
        self._until = until
        self._stopped = stopped

    @property
    def _is_over(self) -> bool:
        return self._stopped.is_set() or time.monotonic() >= self._until

    def named(self, rules: Rules) -> Rules | None:
        """Some of the rules that clash; None where they can be met together, or it was not known in time."""
        response = self._ask(rules)
        if response is None or response.status != core.INFEASIBLE:
            return None
        found = frozenset(core.ResponseHelper.sufficient_assumptions_for_infeasibility(response))
        return found & rules

    def thinned(self, rules: Rules) -> Rules:
        """Leave out what is to spare, one after the other; what is left when time is up may still have some."""
        needed: set[int] = set()
        left = set(rules)
        while left and not self._is_over:
            one = min(left)
            left.discard(one)
            smaller = self.named(frozenset(needed | left))
            if smaller is None:
                needed.add(one)
            else:
                left &= smaller
        return frozenset(needed | left)

    def smallest(self, known: Rules) -> Rules:
        """A clash of the fewest rules, or the one that is known where time is too short."""
        self._until = min(self._until, time.monotonic() + SMALLER_SECONDS)
        to_hit: list[Rules] = []
        while not self._is_over:
            candidate = _least_hitting(to_hit)
            if candidate is None or len(candidate) >= len(known):
                return known
            if self.named(candidate) is not None:
                return candidate
            spared = self._spared(candidate)
            if spared is None:
                return known
            to_hit.append(spared)
        return known

    def _spared(self, rules: Rules) -> Rules | None:
        """Rules whose absence makes a plan possible that keeps `rules`; None where time was too short."""
        values = self._most(rules)
        return frozenset(literal for literal in self.rules if not values[literal]) if values else None

    def _most(self, rules: Rules) -> list[int]:
        """The values of a plan that keeps these rules and as many others as are found in a moment."""
        proto = core.CpModelProto()
        proto.copy_from(self._proto)
        for literal in rules:
            constraint = proto.constraints.add()
            constraint.bool_or.literals.append(literal)
        others = [literal for literal in self.rules if literal not in rules]
        proto.objective.vars.extend(others)
        proto.objective.coeffs.extend([-1] * len(others))
        left = min(SINGLE_SECONDS, self._until - time.monotonic())
        return values_of(proto, left) if left > 0 else []

    def _ask(self, rules: Rules) -> core.CpSolverResponse | None:
        left = self._until - time.monotonic()
        if left <= 0:
            return None
        proto = core.CpModelProto()
        proto.copy_from(self._proto)
        proto.assumptions.extend(sorted(rules))
        return _solve(proto, left)


def _least_hitting(sets: list[Rules]) -> Rules | None:
    """As few rules as can be of which each of the sets has one; None where that was not found in a moment."""
    sketch = Sketch()
    chosen = {rule: sketch.boolean() for rule in sorted(frozenset().union(*sets))}
    for one in sets:
        sketch.clause([chosen[rule] for rule in sorted(one)])
    for literal in chosen.values():
        sketch.cost(1, literal)
    sketch.close()
    values = values_of(sketch.proto, SINGLE_SECONDS)
    return frozenset(rule for rule, literal in chosen.items() if values[literal]) if values else None


def values_of(proto: core.CpModelProto, seconds: float) -> list[int]:
    """The value of each variable in the best that was found; nothing where there is none."""
    response = _solve(proto, seconds)  # held: the solution lies in its memory and does not keep it
    return list(response.solution)


def _solve(proto: core.CpModelProto, seconds: float) -> core.CpSolverResponse:
    """Alone, because only one worker names the rules of a clash."""
    settings = core.SatParameters()
    settings.merge_text_format(f"num_workers:1 max_time_in_seconds:{seconds}")
    solver = core.SolveWrapper()
    solver.set_parameters(settings)
    response: core.CpSolverResponse = solver.solve(proto)  # type: ignore[no-untyped-call]
    return response
