"""People of a branch who do what they really did. Whoever the record has is replayed, counted from the branch's own moments; whoever was
never asked in it behaves by their profile; and what is drawn by profile never contradicts what the record knows. See ADR 0021.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from command.core.facts import Event
from drills.forks.doings import Did, Script, Told, calls_done_about
from drills.forks.recorded import Record
from drills.responders import CUT_OFF, ProfileOf, Responders, Step, is_busy, usual_profile
from geo import Trip
from incidents import Zone
from mobilization import AnswerRoll, Call, CallState, Order, OrderGiven, ReceiptOrder, Roll, RollAnswered, SeeCalls
from mobilization.safety.facts_orders import OrderJoined, OrderReceipted

DRAWS = 12
"""So often is a course drawn anew that the record contradicts; then nothing more is heard."""
_UNANSWERED = frozenset({CallState.OPEN, CallState.LAPSED})
_OUT = frozenset({CallState.SET_OUT, CallState.ARRIVED, CallState.STOOD_DOWN})
_NEXT = {CallState.ACCEPTED: "set_out", CallState.LATER: "set_out", CallState.SET_OUT: "arrived"}
Ways = Callable[[Call, Iterable[Zone]], Trip | None]
"""The way of a call's crew as these zones shut roads."""


class People(NamedTuple):
    """How many people of a branch: `recorded` did as they really did; of these `beyond` had to go on by profile where the record says no
    more; `simulated` were never asked in the record."""

    recorded: int
    beyond: int
    simulated: int


NOBODY = People(0, 0, 0)


class _Stands(NamedTuple):
    """How far a call of the branch is in its script: the next step, and when the one before was done."""

    script: Script
    next: int
    last_ms: int


class Recalled(Responders):
    """`position`: the moment of the branch; `zones`: what stands in it now. Shown every event of the branch by `follow`."""

    def __init__(
        self, record: Record, *, position: int, seed: int, travel: Callable[[Call], Trip | None], zones: Callable[[], Iterable[Zone]], ways: Ways,
        profile_of: ProfileOf = usual_profile,
    ) -> None:  # fmt: skip
        super().__init__(seed=seed, profile_of=profile_of, travel=travel)
        self._record, self._position, self._zones, self._ways = record, position, zones, ways
        self._draws = [self.redrawn(n) for n in range(DRAWS)]
        self._stands: dict[str, _Stands | None] = {}
        self._nth: dict[tuple[str, str, str], int] = {}
        self._tried: dict[str, tuple[int, int]] = {}
        self._said: dict[tuple[str, str], int] = {}
        self._under: dict[tuple[str, str], int] = {}
        self._longer: dict[str, tuple[int, int | None]] = {}
        self._who: dict[str, str] = {}

    @property
    def people(self) -> People:
        """Everybody who had something to do with a call from the branch's moment on."""
        kinds = list(self._who.values())
        return People(len(kinds) - kinds.count("simulated"), kinds.count("beyond"), kinds.count("simulated"))

    def follow(self, event: Event) -> None:
        """What lies before the branch is in the record already."""
        if event.position <= self._position:
            return
        for call in calls_done_about(event):
            stands = self._stands.get(call)
            if stands is not None:
                self._stands[call] = stands._replace(next=stands.next + 1, last_ms=event.at_ms)
        match event.fact:
            case RollAnswered(number=number, call=call):
                self._said[call, f"{number}"] = self._said.get((call, f"{number}"), 0) + 1
            case OrderReceipted(order=order, call=call):
                self._said[call, order] = self._said.get((call, order), 0) + 1
            case OrderGiven(order=order, crews=crews):
                self._under.update({(crew.call, order): event.at_ms for crew in crews})
            case OrderJoined(order=order, call=call):
                self._under[call, order] = event.at_ms
            case _:
                pass

    def heard(self, call: Call) -> None:
        super().heard(call)
        self._place(call)

    def is_busy(self, call: Call) -> bool:
        stands = self._place(call)
        return is_busy(call) or (stands is not None and stands.next < len(stands.script.dids))

    def acts_on(self, call: Call, now_ms: int) -> None:
        """What was asked for at an earlier moment and changed nothing, or was refused, is passed over."""
        stands, tried = self._place(call), self._tried.get(call.id)
        if stands is not None and tried is not None and tried[0] == stands.next and tried[1] < now_ms:
            self._stands[call.id] = stands._replace(next=stands.next + 1, last_ms=tried[1])

    def asked_for(self, call: Call, step: Step, now_ms: int) -> bool:
        stands = self._place(call)
        if stands is not None and not step.recorded:
            self._who[call.person] = "beyond"
        if stands is None or not step.recorded or isinstance(step.command, SeeCalls):
            return False
        self._tried[call.id] = stands.next, now_ms
        return True

    def next_step(self, call: Call) -> Step | None:
        self.heard(call)
        stands = self._place(call)
        if stands is None:
            self._who.setdefault(call.person, "simulated")
            return super().next_step(call)
        if self._who.get(call.person) != "beyond":
            self._who[call.person] = "recorded"
        if self._tried.get(call.id, (-1, 0))[0] == stands.next:
            return None  # asked for in this very moment
        done = self._done(call, stands)
        seen = self._seen(call, stands.script)
        if done is not None and seen is not None:
            return min(done, seen, key=lambda step: step.at_ms)
        if done is not None or seen is not None or self._is_cut_off(call, stands):
            return done or seen
        return self._by_profile(call, stands)

    def _seen(self, call: Call, script: Script) -> Step | None:
        if call.seen_ms is not None or script.seen is None:
            return None
        at_ms = call.asked_ms + script.seen[1]
        return Step(
            at_ms, SeeCalls(calls=(call.id,)), f"{call.asked_ms:013d}/{call.id}/seen", f"person:{call.person}", recorded=True
        )

    def _done(self, call: Call, stands: _Stands) -> Step | None:
        """The next thing this person did that fits how the call stands; what they did after it was over comes early where it is over early."""
        left = stands.script.dids[stands.next :]
        if call.state is CallState.STOOD_DOWN:
            left = [did for did in left if did.over]
        if left and left[0].fits(call):
            return self._step(call, stands, left[0])
        lent = None if left else self._lent(call, stands)
        return self._step(call, stands, lent) if lent is not None else None

    def _lent(self, call: Call, stands: _Stands) -> Did | None:
        """As they did it when they were called another time for this incident, where this time they came no further."""
        what, quiet_ms = _NEXT.get(call.state), self._quiet_ms(call, stands)
        others = (each for each in self._record.scripts(stands.script.key) if each is not stands.script)
        found = (did for each in others if what is not None and (did := each.first(what)) is not None)
        return next((did for did in found if did.fits(call) and did.after_ms > quiet_ms), None)

    def _quiet_ms(self, call: Call, stands: _Stands) -> int:
        """What is known of who went home from the spot says nothing of who turned round on the way."""
        if call.state is CallState.STOOD_DOWN and bool(call.arrived) != stands.script.there:
            return 0
        return stands.script.quiet_ms(call.state, self._record.known_ms)

    def _step(self, call: Call, stands: _Stands, did: Did) -> Step | None:
        longer_ms = self._longer_ms(call, stands, did) if did.is_arrival else 0
        if longer_ms is None:
            return None
        since_ms = max(stands.last_ms, call.over_ms or 0) if did.over else stands.last_ms
        at_ms = since_ms + did.after_ms + longer_ms
        id_ = f"{stands.last_ms:013d}/{call.id}/{did.position}"
        return Step(max(at_ms, since_ms), did.command_for(call), id_, f"person:{call.person}", recorded=True)

    def _longer_ms(self, call: Call, stands: _Stands, did: Did) -> int | None:
        """By how much the way takes longer than it did. Its time on the road grows as the ways are reckoned, by the roads open in the branch
        and by those open then, both when the crew sets out; where nobody said when that was, by the difference of the two. Where the same
        roads are shut nothing is reckoned. None: it is cut off, and stands still until a road is open again."""
        of, found = self._longer.get(call.id, (-1, None))
        if of != stands.next:
            found = self._reckoned(call, did)
            self._longer[call.id] = stands.next, found
        return found

    def _reckoned(self, call: Call, did: Did) -> int | None:
        now = tuple(self._zones())
        if shut_by(now) == shut_by(did.zones):
            return 0
        here, then = self._ways(call, now), self._ways(call, did.zones)
        if here is not None and here.source == CUT_OFF:
            self._trips[call.id] = call.answered_ms or 0, here
            return None
        if here is None or then is None or not here.seconds or not then.seconds:
            return 0
        return round(did.way_ms * (here.seconds / then.seconds - 1)) if did.way_ms else (here.seconds - then.seconds) * 1000

    def roads_opened(self, at_ms: int) -> list[str]:
        """Recorded crews that were cut off set out anew, in the time the way took them."""
        freed = [name for name, (_, longer) in self._longer.items() if longer is None]
        for name in freed:
            del self._longer[name]
            stands = self._stands.get(name)
            if stands is not None:
                self._stands[name] = stands._replace(last_ms=at_ms)
        return list(dict.fromkeys([*freed, *super().roads_opened(at_ms)]))

    def _is_cut_off(self, call: Call, stands: _Stands) -> bool:
        return call.state is CallState.SET_OUT and self._longer.get(call.id, (-1, 0)) == (stands.next, None)

    def _by_profile(self, call: Call, stands: _Stands) -> Step | None:
        """Where the record says no more. What is drawn must lie beyond what it knows, or is drawn anew."""
        if not is_busy(call):
            return None
        quiet_ms = self._quiet_ms(call, stands)
        since_ms = call.asked_ms if call.state in _UNANSWERED else max(stands.last_ms, call.over_ms or 0)
        for crowd in self._draws:
            step = crowd.next_step(call)
            if step is None:
                return None
            if not quiet_ms or step.at_ms - since_ms > quiet_ms:
                return step
        return None

    def roll_step(self, call: Call, roll: Roll) -> Step | None:
        stands = self._place(call)
        told = None if stands is None else stands.script.rolls.get(roll.number)
        row = roll.rows.get(call.id)
        if stands is None or told is None:
            return super().roll_step(call, roll)
        if row is None or call.state not in _OUT:
            return None
        said = self._said.get((call.id, f"{roll.number}"))
        next_ = _unsaid(told, self._since(call, stands), said)
        marks = tuple(mark for mark in next_.marks if mark.no <= row.people) if next_ is not None else ()
        if next_ is None or not marks:
            return self._beyond(crowd.roll_step(call, roll) for crowd in self._draws)
        id_ = f"{roll.opened_ms:013d}/{call.id}/roll/{roll.number}/{next_.position}"
        return Step(
            roll.opened_ms + next_.after_ms, AnswerRoll(call=call.id, marks=marks), id_, f"person:{call.person}", recorded=True
        )

    def order_step(self, call: Call, order: Order) -> Step | None:
        stands = self._place(call)
        told = None if stands is None else stands.script.orders.get(order.id)
        if stands is None or told is None:
            return super().order_step(call, order)
        if call.id not in order.receipts:
            return None
        next_ = _unsaid(told, self._since(call, stands), self._said.get((call.id, order.id)))
        under_ms = self._under.get((call.id, order.id))
        if under_ms is None:
            under_ms = stands.script.under.get(order.id, (0, order.given_ms))[1]
        if next_ is None:
            return self._beyond(crowd.order_step(call, order) for crowd in self._draws)
        id_ = f"{order.given_ms:013d}/{order.id}/{call.id}/{next_.position}"
        command = ReceiptOrder(order=order.id, call=call.id, receipt=next_.receipt)
        return Step(under_ms + next_.after_ms, command, id_, f"person:{call.person}", recorded=True)

    def _beyond(self, drawn: Iterable[Step | None]) -> Step | None:
        """Nothing is put into the mouth of who is known to have kept silent: the record lasts so long after that moment."""
        for step in drawn:
            if step is None or step.at_ms > self._record.known_ms:
                return step
        return None

    def _since(self, call: Call, stands: _Stands) -> int:
        """Up to which position the record's words about this very call were said before the branch began; 0: it is a call of the branch."""
        return self._position if self._record.script(call.id, until=self._position) is stands.script else 0

    def _place(self, call: Call) -> _Stands | None:
        if call.id not in self._stands:
            self._stands[call.id] = self._placed(call)
        return self._stands[call.id]

    def _placed(self, call: Call) -> _Stands | None:
        """A call from before the branch is its own script; the nth of the branch's own to the same person is the nth of the record."""
        own = self._record.script(call.id, until=self._position)
        if own is not None:
            done = own.done(self._position)
            return _Stands(own, done, own.dids[done - 1].at_ms if done else own.asked_ms)
        key = (call.incident, call.team, call.person)
        scripts = self._record.scripts(key)
        if not scripts:
            return None
        nth = self._nth.get(key, sum(script.position <= self._position for script in scripts))
        self._nth[key] = nth + 1
        return _Stands(scripts[min(nth, len(scripts) - 1)], 0, call.asked_ms)


def _unsaid(told: Sequence[Told], until: int, said: int | None) -> Told | None:
    """What comes next: after what was said before the branch began, and `said` words in it."""
    left = [each for each in told if each.position > until]
    number = said or 0
    return left[number] if number < len(left) else None


def shut_by(zones: Iterable[Zone]) -> frozenset[object]:
    """What of these shuts roads for cars."""
    return frozenset(zone.stretch or zone.ring for zone in zones if "car" in zone.shuts)
