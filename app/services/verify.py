"""The proof of the ledger: every value of every fact is read again, and the first that is bad is named (rule O6)."""

from sqlalchemy.exc import DBAPIError

from app.services.access import Context, Permission, requires
from app.services.db import DamagedError, Database
from app.services.progress import Progress
from app.services.proof.ends import Ends, compare_seal, compare_stock, read_ends
from app.services.proof.rows import is_damage
from app.services.proof.seal_text import SealText, read_seal
from app.services.proof.small import compare_small
from app.services.proof.stretch import Kept, first_of
from app.services.proof.verdict import Bad, Verdict, verdict
from app.services.proof.workers import read_chain
from app.services.stock.fold import Sums


@requires(Permission.LEDGER_VERIFY)
def verify(ctx: Context, seal: str | None = None, progress: Progress | None = None) -> Verdict:
    """Prove the whole chain, what hangs on it, and `seal` (from a sealed record) where one is given.

    People may go on working meanwhile. `progress` may raise CancelledError; raises SealUnreadableError.
    """
    _ask_again(ctx)
    return verify_database(ctx.db, None if seal is None else read_seal(seal), progress)


def _ask_again(ctx: Context) -> None:
    """Raise RightsChangedError; where the list of people itself is damaged the proof goes on and says so."""
    try:
        ctx.ask_again()
    except DamagedError:
        return
    except DBAPIError as error:
        if not is_damage(error):
            raise


def verify_database(db: Database, seal: SealText | None = None, progress: Progress | None = None) -> Verdict:
    """Prove a database that nobody has signed in to: a backup, a restored office."""
    seq, end_hash = 0, b""
    try:
        with db.reading() as conn:
            ends = read_ends(conn)
        seq, end_hash = ends.seq, ends.hash
        bad = _prove(db, ends, seal, progress)
    except DamagedError:
        bad = Bad(None, "damaged")
    return verdict(seq, end_hash, bad)


def _prove(db: Database, ends: Ends, seal: SealText | None, progress: Progress | None) -> Bad | None:
    """What is wrong: in the chain before in what it is shown by, and there the first along the chain."""
    along = folded = 0
    listed: Bad | None = None
    kept: list[Kept] = []
    stock = Sums()
    for stretch in read_chain(db, ends.seq, progress):
        if stretch.bad is not None:
            return stretch.bad
        along += stretch.along
        folded += stretch.folded
        listed = first_of(listed, stretch.listed)
        kept += stretch.kept
        stock.merge(stretch.stock)
    if ends.bad is not None:
        return ends.bad
    if along != folded:
        return Bad(None, "index")  # before what it makes the lists look like: they must not be rebuilt from it
    listed = first_of(listed, ends.listed, compare_small(ends.small, kept), compare_stock(ends, stock))
    if seal is not None and listed is None:
        with db.reading() as conn:
            return compare_seal(conn, seal)
    return listed
