"""The order desk's words, in the language in use: states, queues, channels, findings, happenings."""

from typing import Any

from app.clock import exact_moment, office_time
from app.i18n import N_, _
from app.models.orders import STATE_WORDS, OrderEvent, OrderState
from app.money import format_amount, format_money
from app.services.address.phone import phone_sentence
from app.services.address.regions import region_sentence
from app.services.orders.rows import CheckResult, Finding, Happening, Outcome, Queue

_QUEUES = {
    Queue.CONTACT: N_("To contact"),
    Queue.CONFIRM: N_("To confirm"),
    Queue.SHIP: N_("To ship"),
    Queue.DELIVERING: N_("On the way"),
    Queue.HELD: N_("Held"),
    Queue.DONE: N_("Done"),
    Queue.CANCELLED: N_("Cancelled"),
    Queue.ALL: N_("All orders"),
}
_CHANNELS = {
    "taobao": N_("Taobao"),
    "tmall": N_("Tmall"),
    "jd": N_("JD"),
    "pinduoduo": N_("Pinduoduo"),
    "douyin": N_("Douyin"),
    "shop": N_("Own site"),
    "shopify": "Shopify",
    "woocommerce": "WooCommerce",
    "amazon": "Amazon",
    "square": "Square",
    "magento": "Magento",
}
_CHECKS = {
    "payment": N_("Payment"),
    "floor": N_("Floor price"),
    "stock": N_("Stock"),
    "region": N_("Address"),
    "phone": N_("Phone"),
    "doubled": N_("Doubled order"),
    "flagged": N_("Customer"),
    "quantity": N_("Quantity"),
}
_PASSED = {
    "payment": N_("paid as payable"),
    "floor": N_("no price below the floor"),
    "stock": N_("enough there"),
    "region": N_("complete, deliverable"),
    "phone": N_("well formed"),
    "doubled": N_("no equal order shortly before"),
    "flagged": N_("not flagged"),
    "quantity": N_("usual"),
}
_FOUND = {
    "payment": N_("paid {paid}, payable {payable}"),
    "floor": N_("{title} at {price} is below the floor price {floor}"),
    "stock": N_("{title} ×{wanted} wanted, {available} available"),
    "doubled": N_("same customer and goods as {number}"),
    "flagged": N_("flagged: {reason}"),
    "quantity": N_("{title} ×{quantity} is unusually many"),
}
_MONEY_FACTS = frozenset({"paid", "payable", "price", "floor"})
_OUTCOMES = {
    Outcome.REACHED: N_("Reached"),
    Outcome.NO_ANSWER: N_("No answer"),
    Outcome.WRONG_NUMBER: N_("Wrong number"),
    Outcome.CALL_BACK: N_("Call back later"),
}
_FIELDS = {
    "name": N_("Recipient"),
    "phone": N_("Phone"),
    "province": N_("Province"),
    "city": N_("City"),
    "district": N_("District"),
    "address": N_("Address"),
    "postcode": N_("Postcode"),
    "buyer": N_("Buyer account"),
    "message": N_("Buyer's message"),
    "remark": N_("Seller's remark"),
    "office_remark": N_("Office remark"),
    "payable": N_("Payable"),
    "paid": N_("Paid"),
    "freight": N_("Freight"),
    "discount": N_("Discount"),
    "lines": N_("Goods"),
    "waybill": N_("Waybill"),
    "carrier": N_("Carrier"),
    "shop": N_("Shop"),
    "placed_at": N_("Placed at"),
    "paid_at": N_("Paid at"),
    "platform_state": N_("Platform state"),
}
_HAPPENINGS = {
    OrderEvent.CLAIMED: N_("claimed the order"),
    OrderEvent.UNCLAIMED: N_("gave the order back"),
    OrderEvent.CONFIRMED: N_("confirmed the order"),
    OrderEvent.PICKED: N_("picked the goods"),
    OrderEvent.CHECKED_OUT: N_("checked the goods out"),
    OrderEvent.SHIPPED: N_("shipped: {carrier} {waybill}"),
    OrderEvent.DELIVERED: N_("delivered"),
    OrderEvent.CLOSED: N_("closed the order"),
    OrderEvent.HELD: N_("held the order: {reason}"),
    OrderEvent.RELEASED: N_("released the order: {reason}"),
    OrderEvent.CANCELLED: N_("cancelled the order: {reason}"),
    OrderEvent.AMENDED: N_("amended {fields}: {reason}"),
    OrderEvent.CONCEDED: N_("conceded {amount}: {reason}"),
    OrderEvent.REFUNDED: N_("refunded {amount}: {reason}"),
    OrderEvent.PLATFORM_MOVED: N_("the platform reports: {state}"),
}
_STAGES = {
    1: N_("not contacted yet: the desk was reminded"),
    2: N_("not contacted yet: the lead was told"),
    3: N_("not contacted in time: late"),
}


def state_word(state: OrderState) -> str:
    """A state as a pill shows it."""
    return _(STATE_WORDS[state])


def queue_word(queue: Queue) -> str:
    """A queue's name."""
    return _(_QUEUES[queue])


def channel_word(channel: str) -> str:
    """A channel's name; a mapped file's own name as it is."""
    return _(_CHANNELS.get(channel, channel))


def check_word(code: str) -> str:
    """What a check looks at."""
    return _(_CHECKS[code])


def outcome_word(outcome: Outcome) -> str:
    """How an attempt ended."""
    return _(_OUTCOMES[outcome])


def field_word(name: str) -> str:
    """A field of an order, for amendments and mappings."""
    return _(_FIELDS.get(name, name))


def finding_sentence(found: Finding | CheckResult, currency: str = "CNY") -> str:
    """Why a check fired, or that it passed."""
    if isinstance(found, CheckResult) and not found.fired:
        return _(_PASSED[found.code])
    facts = {
        name: format_money(value, currency) if name in _MONEY_FACTS else value for name, value in found.facts.items()
    }
    if found.code == "region":
        return region_sentence(str(facts["problem"]), str(facts["where"]))
    if found.code == "phone":
        return phone_sentence(str(facts["problem"]))
    return _(_FOUND[found.code]).format(**facts)


def hint_text(findings: tuple[Finding, ...], currency: str = "CNY") -> str:
    """What the list's last column says."""
    return _(", ").join(finding_sentence(finding, currency) for finding in findings)


def happening_sentence(happening: Happening, currency: str = "CNY") -> str:
    """One line of the timeline, without time and person."""
    facts = happening.facts
    if happening.kind is OrderEvent.ACCEPTED:
        return _("order accepted ({channel}) · entry #{seq}").format(
            channel=channel_word(facts["facts"]["channel"]), seq=happening.seq
        )
    if happening.kind is OrderEvent.CHECKED:
        return _checked(facts, currency)
    if happening.kind in {OrderEvent.ATTEMPTED, OrderEvent.CONTACTED}:
        return _contact(facts, happening.at)
    if happening.kind is OrderEvent.REMINDED:
        return _(_STAGES[facts["stage"]])
    if happening.kind is OrderEvent.CLAIMED and "reason" in facts:
        return _("took the order over: {reason}").format(reason=facts["reason"])
    return _(_HAPPENINGS[happening.kind]).format(**_told(facts, currency))


def _checked(facts: dict[str, Any], currency: str) -> str:
    findings = tuple(Finding(*pair) for pair in facts["findings"])
    if not findings:
        return _("checked by the system: nothing found")
    return _("checked by the system: {found}").format(found=hint_text(findings, currency))


def _contact(facts: dict[str, Any], at: int) -> str:
    parts = [outcome_word(Outcome(facts["outcome"]))]
    if "callback_at" in facts:
        parts.append(exact_moment(facts["callback_at"], office_time(at).date()))  # beside the day of the contact
    if facts["late"]:
        parts.append(_("late: {reason}").format(reason=facts["reason"]))
    if facts["note"]:
        parts.append(facts["note"])
    return " · ".join(parts)


def _told(facts: dict[str, Any], currency: str) -> dict[str, Any]:
    told = dict(facts)
    if "amount" in told:
        told["amount"] = format_amount(told["amount"], currency)
    if "changes" in told:
        names = [*told["changes"], *told.get("fields", ())]
        told["fields"] = _(", ").join(field_word(name) for name in names)
    if "state" in told:
        told["state"] = state_word(OrderState(told["state"]))
    return told
