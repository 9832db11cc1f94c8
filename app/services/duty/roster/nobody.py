"""Which needs nobody can fill, whoever is there on the day: no plan can, and no search has to say so."""

from app.services.duty.roster.problem import Cover, Problem


def needs_of_nobody(problem: Problem) -> list[int]:
    """The needs that must be filled and that no worker does, each once: the first day's."""
    found: dict[tuple[str, frozenset[int]], int] = {}
    for index, cover in enumerate(problem.covers):
        if cover.least and not cover.parts and not _anybody(problem, cover):
            found.setdefault((cover.name, cover.shifts), index)
    return list(found.values())


def _anybody(problem: Problem, cover: Cover) -> bool:
    """Leave and contracts are left aside: who is away now is there on other days."""
    asked = range(len(problem.workers)) if cover.workers is None else cover.workers
    return any(cover.shifts & problem.workers[worker].shifts for worker in asked)
