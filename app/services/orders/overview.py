"""The figures of the day and of the days before, from what was recorded (rules O2, R3)."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import case, func, select

from app.clock import OFFICE_ZONE, day_bounds, to_ms
from app.models.orders import OrderState, orders
from app.services.access import Context, Permission, requires
from app.services.office import load_settings
from app.services.orders.queue import latest_start, running_over
from app.services.orders.settings import desk_clock_of

DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class DayFigure:
    """One office day; money in minor units by currency."""

    day: date
    orders: int = 0
    payable: dict[str, int] = field(default_factory=dict)
    in_time: int = 0
    late: int = 0

    @property
    def rate(self) -> float | None:
        """The share of customers contacted in time; None where nobody was to be contacted."""
        judged = self.in_time + self.late
        return self.in_time / judged if judged else None


@requires(Permission.ORDER_READ)
def day_figures(ctx: Context, days: int = 14) -> list[DayFigure]:
    """The last `days` days up to today, each with its figures; cancelled orders count for the clock only.

    What is late is what the list's filter of late orders shows.
    """
    now = ctx.clock.now()
    today = now.astimezone(OFFICE_ZONE).date()
    first = today - timedelta(days=days - 1)
    start, end = day_bounds(first)[0], day_bounds(today)[1]
    c = orders.c
    # One zone offset serves all days: the office's zone has no summer time.
    place = (c.accepted_at - start) // DAY_MS
    with ctx.reading() as conn:
        over = running_over(latest_start(desk_clock_of(load_settings(conn)), to_ms(now)), to_ms(now))
        late = case((c.late == 1, 1), (over, 1), else_=0)
        in_time = case((c.late == 1, 0), (over, 0), (c.contacted_at.is_not(None), 1), else_=0)
        counted = case((c.state != OrderState.CANCELLED, 1), else_=0)
        rows = conn.execute(
            select(
                place,
                c.currency,
                func.sum(counted),
                func.sum(counted * c.payable),
                func.sum(in_time),
                func.sum(late),
            )
            .where(c.accepted_at >= start, c.accepted_at < end)
            .group_by(place, c.currency)
        ).all()
    figures = [DayFigure(first + timedelta(days=number)) for number in range(days)]
    for number, currency, count, payable, timely, delayed in rows:
        before = figures[int(number)]
        figures[int(number)] = DayFigure(
            before.day,
            before.orders + int(count),
            before.payable | {currency: int(payable)},
            before.in_time + int(timely),
            before.late + int(delayed),
        )
    return figures
