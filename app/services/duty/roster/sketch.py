"""A CP-SAT model while it is written: literals, clauses and sums, each belonging to the rule that is being written.

A literal is a variable's number, `~literal` its opposite, as the solver itself counts them. The solver's own core is
used without its Python front: that one brings pandas, half a second of every start.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from math import gcd

from ortools.sat.python import cp_model_helper as core

from app.services.duty.roster.problem import Breach

Term = tuple[int, int]  # factor, literal (or an integer variable)

FAR = 2**40  # no limit on this side; far above any sum of a roster


class Sketch:
    """The model. `explaining` gives each rule a literal with which it can be switched off; it makes solving slower."""

    def __init__(self, *, explaining: bool = False) -> None:
        self.proto = core.CpModelProto()
        self.explaining = explaining
        self.switches: dict[int, Breach] = {}  # the literal of each rule
        self._guard: int | None = None
        self.true = self.integer(1, 1)
        self.false = ~self.true
        self.price: list[Term] = []
        self.fixed_price = 0

    @contextmanager
    def rule(self, breach: Breach) -> Iterator[None]:
        """What is written inside is one hard rule, told by the breach that would be found without it."""
        if not self.explaining:
            yield
            return
        self._guard = self.boolean()
        self.switches[self._guard] = breach
        yield
        self._guard = None

    def boolean(self) -> int:
        """A new literal."""
        return self.integer(0, 1)

    def integer(self, low: int, high: int) -> int:
        """A new variable from `low` to `high`."""
        variables = self.proto.variables
        variables.add().domain.extend([low, high])
        return len(variables) - 1

    def clause(self, literals: Iterable[int]) -> None:
        """At least one of them holds."""
        open_ones = [literal for literal in literals if literal != self.false]
        if self.true not in open_ones:
            self._constraint().bool_or.literals.extend(open_ones)

    def never(self, literal: int) -> None:
        """It does not hold."""
        self.clause([~literal])

    def at_most_one(self, literals: Sequence[int]) -> None:
        """No two of them hold."""
        open_ones = [literal for literal in literals if literal != self.false]
        if self._guard is None and len(open_ones) > 1:
            self._constraint().at_most_one.literals.extend(open_ones)
        elif len(open_ones) > 1:
            self.sum([(1, literal) for literal in open_ones], None, 1)

    def exactly_one(self, literals: Sequence[int]) -> None:
        """One of them holds and no other."""
        self._constraint().exactly_one.literals.extend(list(literals))

    def sum(self, terms: Iterable[Term], low: int | None, high: int | None) -> None:
        """The sum of the terms lies between `low` and `high`; what all factors share is divided out."""
        factors: dict[int, int] = {}
        moved = 0
        for factor, literal in terms:
            if literal < 0:
                moved += factor
                factor, literal = -factor, ~literal
            if literal == self.true:
                moved += factor
            else:
                factors[literal] = factors.get(literal, 0) + factor
        share = gcd(*factors.values()) or 1
        linear = self._constraint().linear
        linear.vars.extend(list(factors))
        linear.coeffs.extend([factor // share for factor in factors.values()])
        linear.domain.extend(
            [
                -FAR if low is None else -((moved - low) // share),
                FAR if high is None else (high - moved) // share,
            ]
        )

    def cost(self, factor: int, literal: int) -> None:
        """The plan costs `factor` more where the literal holds (or for each one of an integer variable)."""
        if literal < 0:
            self.fixed_price += factor
            factor, literal = -factor, ~literal
        if literal == self.true:
            self.fixed_price += factor
        elif factor:
            self.price.append((factor, literal))

    def close(self) -> None:
        """Write the price as what is to be least; nothing where nothing costs."""
        factors: dict[int, int] = {}
        for factor, variable in self.price:
            factors[variable] = factors.get(variable, 0) + factor
        self.minimise(factors)
        self.proto.objective.offset = float(self.fixed_price)

    def minimise(self, factors: Mapping[int, int]) -> None:
        """Let the sum of these variables be what is to be least, instead of what was."""
        kept = {variable: factor for variable, factor in factors.items() if factor}
        objective = self.proto.objective
        objective.vars.clear()
        objective.coeffs.clear()
        objective.vars.extend(list(kept))
        objective.coeffs.extend(list(kept.values()))
        objective.offset = 0.0
        objective.scaling_factor = 1.0

    def _constraint(self) -> core.ConstraintProto:
        constraint: core.ConstraintProto = self.proto.constraints.add()
        if self._guard is not None:
            constraint.enforcement_literal.append(self._guard)
        return constraint
