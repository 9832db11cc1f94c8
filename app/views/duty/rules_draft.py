"""The duty rules and the hotline's numbers while somebody types them: what stands there, and what is wrong with it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from app.errors import AppError
from app.i18n import _
from app.models.people import Post
from app.services.duty.rule_check import LONGEST_CODE, LONGEST_NAME, SHIFTS, RuleProblem, rule_problems
from app.services.duty.rule_words import read_windows, windows_text
from app.services.duty.rules import DEFAULT_RULES, Contract, Demand, DutyRules, ShiftKind, kept, shown, with_codes
from app.services.people.accounts import PersonRow
from app.services.people.names import post_word
from app.services.settings.rules import problems_of
from app.services.settings.values import Settings

Who = Post | int
Bound = tuple[Who, Contract]

HOTLINE = "hotline"
NEW = "\n"  # begins the key of a kind that the office does not have yet; no code has a line break
CODE_ROOM, NAME_ROOM = LONGEST_CODE - 2, LONGEST_NAME - 2  # beside a number that is put behind


@dataclass(slots=True)
class RulesDraft:
    """Kinds of shifts are known by keys here, which stay while their signs are typed and may be nonsense.

    A key is the code of a kind that the office has; a new one gets its code from `result()`.
    """

    rules: DutyRules = field(default_factory=DutyRules)
    people: Sequence[PersonRow] = ()
    hotline: dict[str, str] = field(default_factory=dict)
    _signs: dict[str, str] = field(default_factory=dict)
    _unread: dict[str, str] = field(default_factory=dict)  # hours that cannot be read, as typed
    _made: int = 0

    def load(self, rules: DutyRules) -> None:
        """Begin anew with these rules."""
        self.rules = rules
        self._signs = {kind.code: rules.signs.get(kind.code, kind.code) for kind in rules.shifts}
        self._unread = {}
        self.put_contracts(self.contracts())

    def load_defaults(self) -> None:
        """Begin anew with what an office begins with; kinds that go by it keep their signs."""
        there = {kind.code for kind in DEFAULT_RULES.shifts}
        gone = {code: sign for code, sign in self.rules.signs.items() if code not in there}
        self.load(replace(DEFAULT_RULES, signs=gone))

    def result(self) -> DutyRules:
        """The rules as typed; a kind that is gone keeps its sign, for the cells that name it still."""
        codes = self._new_codes()
        typed = {codes.get(kind.code, kind.code): self._signs[kind.code] for kind in self.rules.shifts}
        signs = {code: sign for code, sign in (dict(self.rules.signs) | typed).items() if sign != code}
        return with_codes(replace(self.rules, signs=signs), codes)

    def _new_codes(self) -> dict[str, str]:
        """By key the codes of new kinds: the sign, or the code of a gone kind that bore it, as long as none has it."""
        there = [kind.code for kind in self.rules.shifts]
        gone = {sign: code for code, sign in self.rules.signs.items() if code not in there}
        taken, codes = {*there, *self.rules.signs}, dict[str, str]()
        for key in there:
            if key.startswith(NEW) and (sign := self._signs[key]):
                back = gone.pop(sign, sign)
                codes[key] = unused(f"{sign}#", taken, len(sign) + 1) if back == sign and sign in taken else back
                taken.add(codes[key])
        return codes

    def unread(self) -> bool:
        """Whether something stands there that cannot be read."""
        return bool(self._unread)

    def numbers(self) -> dict[str, str]:
        """The hotline's numbers as the setting keeps them."""
        return {key: number.strip() for key, number in self.hotline.items() if number.strip()}

    def problems(self) -> list[RuleProblem]:
        """Everything that makes no sense; what cannot be read first."""
        return [*self._unread_hours(), *rule_problems(self.result()), *self._wrong_numbers()]

    def _unread_hours(self) -> Iterable[RuleProblem]:
        for place, kind in enumerate(self.rules.shifts):
            if kind.code in self._unread:
                try:
                    read_windows(self._unread[kind.code])
                except AppError as error:
                    yield RuleProblem(SHIFTS, place, "windows", str(error))

    def _wrong_numbers(self) -> Iterable[RuleProblem]:
        for key, number in self.numbers().items():
            for problem in problems_of(replace(Settings(), hotline={key: number})):
                if problem.setting == HOTLINE:
                    yield RuleProblem(HOTLINE, None, key, problem.reason)

    def sign(self, key: str) -> str:
        """A kind's code as it is read."""
        return shown(self._signs.get(key, self.rules.signs.get(key, key)))

    def type_sign(self, key: str, typed: str) -> None:
        """Take another sign for a kind, wherever it is named."""
        self._signs[key] = kept(typed, self._signs[key])

    def hours(self, kind: ShiftKind) -> str:
        """A kind's hours as typed."""
        return self._unread.get(kind.code, windows_text(kind.windows))

    def type_hours(self, kind: ShiftKind, typed: str) -> ShiftKind:
        """Take other hours; what counts as work follows for as long as that was all of them."""
        try:
            windows = read_windows(typed)
        except AppError:
            self._unread[kind.code] = typed
            return kind
        self._unread.pop(kind.code, None)
        whole = replace(kind, windows=windows)
        return replace(whole, minutes=whole.lasts) if kind.minutes == kind.lasts else whole

    def new_kind(self, like: ShiftKind | None) -> ShiftKind:
        """A kind that is not in the list yet: an empty one, or a copy with a sign of its own."""
        self._made += 1
        key = f"{NEW}{self._made}"
        if like is None:
            self._signs[key] = ""
            return ShiftKind(key, "", (), 0, ())
        self._signs[key] = unused(self.sign(like.code), [self.sign(kind.code) for kind in self.rules.shifts], CODE_ROOM)
        if like.code in self._unread:
            self._unread[key] = self._unread[like.code]
        return replace(like, code=key)

    def new_demand(self, like: Demand | None) -> Demand:
        """A need that is not in the list yet: an empty one, or a copy with a name of its own."""
        if like is None:
            return Demand("", frozenset(), (), (), 0, 1)
        names = [shown(demand.name) for demand in self.rules.demands]
        return replace(like, name=unused(f"{shown(like.name)} ", names, NAME_ROOM))

    def naming(self, key: str) -> list[str]:
        """What names a kind: needs by their names, other kinds by their signs."""
        needs = [shown(demand.name) for demand in self.rules.demands if key in demand.shifts]
        return needs + [self.sign(k.code) for k in self.rules.shifts if key in k.never_next and k.code != key]

    def choices(self, named: Iterable[str]) -> list[tuple[str, str]]:
        """The kinds to choose from with their words, also those that are named and no longer there."""
        there = {kind.code: f"{self.sign(kind.code)}  {shown(kind.name)}".strip() for kind in self.rules.shifts}
        gone = {key: _("{code} (removed)").format(code=self.sign(key)) for key in named if key not in there}
        return list((there | gone).items())

    def put_shifts(self, shifts: Iterable[ShiftKind]) -> None:
        """Take other kinds of shifts."""
        self.rules = replace(self.rules, shifts=tuple(shifts))

    def put_demands(self, demands: Iterable[Demand]) -> None:
        """Take other needs."""
        self.rules = replace(self.rules, demands=tuple(demands))

    def contracts(self) -> Sequence[Bound]:
        """The contracts of posts, and then the people's own."""
        return (*self.rules.contracts.items(), *self.rules.own.items())

    def put_contracts(self, bound: Iterable[Bound]) -> None:
        """Take other contracts, those of posts in the posts' order and then the people's own in order of joining."""
        contracts = dict(bound)
        posts = {post: contracts[post] for post in Post if post in contracts}
        own = {who: contracts[who] for who in sorted(who for who in contracts if not isinstance(who, Post))}
        self.rules = replace(self.rules, contracts=posts, own=own)

    def bound_now(self, who: Who) -> Contract:
        """What binds a post or a person as long as they have no contract of their own."""
        if isinstance(who, Post):
            return Contract()
        posts = next((person.posts for person in self.people if person.id == who), ())
        return self.rules.contract(who, posts)

    def whose(self, bound: Bound) -> str:
        """Whose a contract is."""
        who = bound[0]
        return post_word(who) if isinstance(who, Post) else self.name_of(who)

    def name_of(self, person: int) -> str:
        """Somebody's name."""
        return next((one.name for one in self.people if one.id == person), str(person))


def unused(base: str, taken: Collection[str], room: int) -> str:
    """The first of base2, base3 and so on that nothing has."""
    return next(word for word in (f"{base[:room]}{number}" for number in count(2)) if word not in taken)
