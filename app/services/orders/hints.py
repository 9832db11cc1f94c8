"""What a list says of an order's findings: a few characters each, where the detail has the sentence."""

from app.i18n import N_, _
from app.money import format_money
from app.services.orders.rows import Finding

_SHORT = {
    "floor": N_("below floor"),
    "stock": N_("{available} of {wanted} there"),
    "doubled": N_("doubled?"),
    "flagged": N_("flagged"),
    "quantity": N_("{quantity} pieces"),
}
_REGION = {
    "missing_region": N_("no region"),
    "missing_city": N_("no city"),
    "missing_district": N_("no district"),
    "contradictory": N_("region clashes"),
    "unknown": N_("region unknown"),
}


def short_hint(findings: tuple[Finding, ...], currency: str = "CNY") -> str:
    """What fired, in the order of the checks."""
    return _(", ").join(_short(finding, currency) for finding in findings)


def _short(finding: Finding, currency: str) -> str:
    facts = finding.facts
    if finding.code == "payment":
        missing = facts["payable"] - facts["paid"]
        amount = format_money(abs(missing), currency)
        return (_("{amount} short") if missing > 0 else _("{amount} over")).format(amount=amount)
    if finding.code == "region":
        problem = facts["problem"]
        return _(_REGION[problem])
    if finding.code == "phone":
        return _("no phone") if facts["problem"] == "missing" else _("phone wrong")
    return _(_SHORT[finding.code]).format(**facts)
