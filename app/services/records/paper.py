"""The day's figures as the paper takes them."""

from collections import Counter

from app.models.orders import OrderState
from app.services.orders.words import channel_word, state_word
from app.services.papers.content import DailyRecord, DayFigures, GroupTotal, Money, Seal
from app.services.records.figures import Day, Group
from app.services.records.window import Sealed


def compose(day: Day, sealed: Sealed, office: str, backup: tuple[str, str]) -> DailyRecord:
    """The content of the sealed record; `backup` is its file's name and SHA-256."""
    window = sealed.window
    return DailyRecord(
        office=office,
        day=window.day,
        sealed_at=sealed.at,
        sealed_by=sealed.by,
        figures=_figures(day),
        orders=day.orders,
        late=tuple(day.late),
        held=tuple(day.held),
        cancelled=tuple(day.cancelled),
        seal=Seal(
            sealed.text, window.first, window.last, max(window.last - window.first + 1, 0), sealed.hash.hex(), *backup
        ),
        supplement=window.supplement,
    )


def _figures(day: Day) -> DayFigures:
    channels = sorted(day.by_channel.items(), key=lambda item: (-item[1].orders, item[0]))
    states = [(state, day.by_state[state]) for state in OrderState if state in day.by_state]
    return DayFigures(
        accepted=day.all.orders,
        in_time=day.in_time,
        late=len(day.late),
        confirmed=day.confirmed,
        held=len(day.held),
        cancelled=len(day.cancelled),
        payable=_sums(day.all.payable),
        by_channel=tuple(_total(channel_word(name), group) for name, group in channels),
        by_state=tuple(_total(state_word(state), group) for state, group in states),
    )


def _total(name: str, group: Group) -> GroupTotal:
    return GroupTotal(name, group.orders, _sums(group.payable))


def _sums(payable: Counter[str]) -> tuple[Money, ...]:
    return tuple(Money(minor, currency) for currency, minor in sorted(payable.items()))
