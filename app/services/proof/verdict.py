"""What a proof ends with, and its sentences."""

from dataclasses import dataclass

from app.i18n import N_, _

FINE = "ok"

SENTENCES = {
    FINE: N_("All {entries:,} entries are as they were written."),
    "missing": N_("Entry {seq} is missing."),
    "changed": N_("Entry {seq} is not what was written."),
    "unreadable": N_("Entry {seq} or what belongs to it cannot be read; the database is damaged there."),
    "senseless": N_("Entry {seq} makes no sense where it stands; the program did not write it so."),
    "head": N_("The end of the chain was changed: the office names an end that entry {seq} does not bear out."),
    "beyond": N_("Entry {seq} stands behind the end of the chain."),
    "personal_changed": N_("The personal fields of entry {seq} are not what was written."),
    "personal_gone": N_("The personal fields of entry {seq} are gone, and no entry says that they were erased."),
    "personal_extra": N_("There are personal fields for entry {seq}, which has none."),
    "erased_back": N_("Personal fields that entry {seq} erased are there again."),
    "order": N_("The order that began with entry {seq} is listed otherwise than its entries say. Rebuild the lists."),
    "order_extra": N_("An order is listed that entry {seq} did not begin. Rebuild the lists."),
    "counts": N_("The counts of the queues are not those of the orders. Rebuild the lists."),
    "people": N_("A person's post, level or name is not what entry {seq} says."),
    "credentials": N_("Somebody's password is not the one that entry {seq} set."),
    "settings": N_("A setting of the office is not what entry {seq} says."),
    "customers": N_("A customer's mark is not what entry {seq} says."),
    "seals": N_("The list of seals is not what entry {seq} says."),
    "products": N_("A product is not what entry {seq} says."),
    "variants": N_("An article is not what entry {seq} says."),
    "proposals": N_("A proposal is not what entry {seq} says."),
    "delegations": N_("A delegation is not what entry {seq} says."),
    "contents": N_("A content item is not what entry {seq} says."),
    "market_notes": N_("A market note is not what entry {seq} says."),
    "promotions": N_("A promotion is not what entry {seq} says."),
    "stock_counts": N_("A stock count is not what entry {seq} says."),
    "count_lines": N_("A line of a stock count is not what entry {seq} says."),
    "wishes": N_("A wish for goods is not what entry {seq} says."),
    "rosters": N_("A week's roster is not what entry {seq} says."),
    "duty_wishes": N_("A wish for the roster is not what entry {seq} says."),
    "swaps": N_("A swap of shifts is not what entry {seq} says."),
    "leaves": N_("A leave is not what entry {seq} says."),
    "handovers": N_("A handover is not what entry {seq} says."),
    "actings": N_("Somebody's acting in a post is not what entry {seq} says."),
    "file_notes": N_("A note on somebody's file is not what entry {seq} says."),
    "tasks": N_("A task is not what entry {seq} says."),
    "notices": N_("A notice is not what entry {seq} says."),
    "stock": N_("The stock of an article is not what the entries up to {seq} add up to. Rebuild the lists."),
    "stock_extra": N_("There is stock of an article that no entry names. Rebuild the lists."),
    "movements": N_("The list of stock movements is not what entry {seq} says. Rebuild the lists."),
    "index": N_("The index of the entries is damaged; facts may be overlooked. Restore the last backup."),
    "damaged": N_("The office's file is damaged. Restore the last backup."),
    "seal_unknown": N_("The seal names entry {seq}, which is not the seal of that day."),
    "seal_differs": N_("The seal and entry {seq} differ: what was sealed is not what the database holds."),
}


@dataclass(frozen=True, slots=True)
class Bad:
    """What is wrong, by its code, and the first entry concerned; None where no single entry is."""

    seq: int | None
    code: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of a proof: how far the chain reaches, its last hash as hex, and what is wrong first."""

    ok: bool
    entries: int
    head: str
    first_bad: int | None
    reason: str  # a sentence for the person
    code: str  # the same for the program


def verdict(entries: int, head: bytes, bad: Bad | None) -> Verdict:
    """Put into words what was found; `bad` is None where everything is as it was written."""
    code = FINE if bad is None else bad.code
    seq = None if bad is None else bad.seq
    return Verdict(bad is None, entries, head.hex(), seq, _(SENTENCES[code]).format(entries=entries, seq=seq), code)
