"""What the trainer's page shows: the items of the topic `drill`. People by masked name only."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

from command.tiers.divisions import tier_of
from drills.conduct import Drill, Line
from drills.conduct.states import HELD, RELEASED, WAITING
from drills.measures.scoring import Verdict
from drills.scenario import Inject
from mobilization import Call, CallState
from web_console.board.view import View
from web_console.directory import Directory
from web_console.feed.presence import Presence
from web_console.trainer.exercise import Exercise

Item = dict[str, Any]
_CROWDED = 40
_COUNTED = {
    CallState.OPEN: "open", CallState.ACCEPTED: "coming", CallState.LATER: "coming", CallState.SET_OUT: "on_way", CallState.ARRIVED: "arrived",
    CallState.STANDBY: "standby", CallState.DECLINED: "declined", CallState.LAPSED: "lapsed",
}  # fmt: skip
_encode = msgspec.json.Encoder().encode


class DrillItems:
    """The source of the topic. `posts`: the division a post of the file stands for; `players`: leaders somebody can sign in as."""

    def __init__(
        self, exercise: Exercise, *, view: View, names: Callable[[], Directory], desks: Presence, phones: Presence, now_ms: Callable[[], int],
        posts: Callable[[], Mapping[str, str]], players: Callable[[], tuple[str, ...]],
    ) -> None:  # fmt: skip
        self._exercise, self._view, self._names = exercise, view, names
        self._desks, self._phones, self._now_ms = desks, phones, now_ms
        self._posts, self._players = posts, players

    def items_of(self) -> Iterator[str]:
        if self._exercise.drill is None:
            return
        yield "state/drill"
        yield "crews/all"
        yield from (f"inject/{each.no}" for each in self._exercise.scenario.injects)
        yield from (f"objective/{each.id}" for each in self._exercise.scenario.objectives)
        yield from (f"seat/{post}" for post in self._seats())
        yield from (f"phone/{person}" for person in self._players())
        yield from (f"improvement/{n}" for n, _ in enumerate(self._exercise.drill.improvements))

    def show(self, item: str, *, at_ms: int | None = None) -> bytes | None:
        found = self.item(item, at_ms=self._now_ms() if at_ms is None else at_ms)
        return None if found is None else _encode(found)

    def item(self, item: str, *, at_ms: int) -> Item | None:  # noqa: PLR0911 -- one a kind of item
        kind, _, name = item.partition("/")
        drill = self._exercise.drill
        if drill is None:
            return None
        match kind:
            case "state":
                return self._state(drill)
            case "inject":
                return self._inject(drill, int(name), at_ms)
            case "objective":
                return self._objective(drill, name, at_ms)
            case "seat":
                return self._seat(drill, name)
            case "phone":
                return self._phone(name)
            case "crews":
                return self._crews()
            case "improvement":
                return {"id": name, **msgspec.to_builtins(drill.improvements[int(name)])}
            case _:
                return None

    def _state(self, drill: Drill) -> Item:
        scenario, opened = self._exercise.scenario, drill.opened
        coming = [each for each in drill.lines.values() if each.state == WAITING and each.due_ms is not None]
        following = min(coming, key=lambda each: (each.due_ms or 0, each.cued.no), default=None)
        return {
            "id": scenario.id, "zh": scenario.zh, "en": scenario.en, "form": scenario.form, "way": opened.way, "seed": opened.seed,
            "begin_ms": opened.begin_ms, "end_ms": opened.end_ms, "over_ms": drill.over_ms, "stopped": bool(drill.stopped),
            "next": following.cued.no if following else None, "safety_officer": opened.safety_officer,
            "stopped_by": self._names().actor(drill.stopped_by)["label"] if drill.stopped_by else "",
            "counts": {state: sum(each.state == state for each in drill.lines.values()) for state in (WAITING, RELEASED, HELD, "skipped")},
        }  # fmt: skip

    def _inject(self, drill: Drill, no: int, at_ms: int) -> Item | None:
        inject = next((each for each in self._exercise.scenario.injects if each.no == no), None)
        line = drill.lines.get(no)
        if inject is None or line is None:
            return None
        scored = self._exercise.scores(at_ms).get(inject.objective)
        verdicts = [each for each in (scored.verdicts if scored else ()) if each.no == no]
        return {
            "no": no, "kind": inject.kind, "mode": inject.mode, "zh": inject.zh, "en": inject.en, "sender_zh": inject.sender_zh,
            "sender_en": inject.sender_en, "expect_zh": inject.expect_zh, "expect_en": inject.expect_en, "note": inject.note,
            "objective": inject.objective, "to": [self._post_name(post) for post in inject.to],
            "after": inject.cue.after, "after_min": inject.cue.after_min, "conditional": inject.cue.only_if is not None or inject.cue.unless is not None,
            **self._stands(line), "measures": [self._measure(inject, each) for each in verdicts],
        }  # fmt: skip

    def _stands(self, line: Line) -> Item:
        released_ms = self._exercise.at_ms_of.get(line.released_at) if line.released_at is not None else None
        return {
            "state": line.state, "why": line.why, "due_ms": line.due_ms, "released_ms": released_ms, "reached_ms": line.reached_ms,
            "corrected": line.corrected,
        }  # fmt: skip

    def _measure(self, inject: Inject, verdict: Verdict) -> Item:
        measure = inject.measures[verdict.measure]
        last = verdict.at[-1] if verdict.at else None
        return {
            "n": verdict.measure, "zh": measure.zh, "en": measure.en, "is": str(measure.__struct_config__.tag), "outcome": verdict.outcome,
            "took_s": verdict.took_s, "term_s": verdict.term_s, "counted": verdict.counted,
            "held_s": verdict.held_s, "words": verdict.words, "instead": verdict.instead,
            "at_ms": self._exercise.at_ms_of.get(last) if last is not None and len(verdict.at) > 1 else None, "positions": verdict.at,
        }  # fmt: skip

    def _objective(self, drill: Drill, name: str, at_ms: int) -> Item | None:
        objective = next((each for each in self._exercise.scenario.objectives if each.id == name), None)
        scored = self._exercise.scores(at_ms).get(name)
        if objective is None or scored is None:
            return None
        rated = drill.rated.get(name)
        outcomes = [each.outcome for each in scored.verdicts]
        return {
            "id": name, "order": self._exercise.scenario.objectives.index(objective), "zh": objective.zh, "en": objective.en, "proposed": scored.rating, "worst": scored.worst,
            "rating": rated.rating if rated else "", "reason": rated.reason if rated else "",
            "counts": {each: outcomes.count(each) for each in ("met", "missed", "open", "by_hand", "not_played")},
        }  # fmt: skip

    def _seats(self) -> list[str]:
        """Every post that is told something, or did something, or has somebody at its desk."""
        posts = self._posts()
        told = {posts[post] for inject in self._exercise.scenario.injects for post in inject.to if post in posts}
        sat = {
            officer.post
            for officer in self._names().officers.values()
            if self._is_player(officer.role) and self._desks.is_here(officer.id)
        }
        return sorted({*told, *self._exercise.acts, *sat}, key=lambda code: (len(code), code))[:_CROWDED]

    def _seat(self, drill: Drill, post: str) -> Item:
        officers = [each for each in self._names().officers.values() if each.post == post and self._is_player(each.role)]
        here = sorted(each.name for each in officers if self._desks.is_here(each.id))
        last, posts = self._exercise.acts.get(post), self._posts()
        own = [each.no for each in self._exercise.scenario.injects if post in [posts.get(to) for to in each.to]]
        released = sum(drill.lines[no].state == RELEASED for no in own if no in drill.lines)
        return {
            "post": post, "name": self._names().division(post), "tier": tier_of(post).value, "here": here,
            "last": {"name": last.name, "at_ms": last.at_ms, "simulated": last.simulated} if last else None,
            "injects": len(own), "released": released,
        }  # fmt: skip

    def _phone(self, person: str) -> Item:
        calls = [call for each in self._view.calls_for.get(person, ()) if (call := self._view.call(each)) is not None]
        call = calls[-1] if calls else None
        teams = self._names().teams_of.get(person, ())
        return {
            "person": person, "label": self._names().masked(person), "team": self._names().team(teams[0]) if teams else "",
            "here": self._phones.is_here(person), "awake": self._phones.is_awake(person),
            "call": {"state": call.state.value, "asked_ms": call.asked_ms, "incident": self._incident_name(call.incident)} if call else None,
        }  # fmt: skip

    def _crews(self) -> Item:
        """How many crews stand where, of all call-outs; people on the spot; and who is on the way, the nearest to their arrival first."""
        counts = dict.fromkeys(_COUNTED.values(), 0)
        people, under_way = 0, []
        for incident in self._view.incidents:
            for each in self._view.calls_of.get(incident, ()):
                call = self._view.call(each)
                if call is not None and call.state in _COUNTED:
                    counts[_COUNTED[call.state]] += 1
                    people += call.arrived if call.state is CallState.ARRIVED else 0
                    if call.state is CallState.SET_OUT:
                        under_way.append(call)
        under_way.sort(key=lambda call: (call.eta_ms or 0, call.id))
        return {
            **counts,
            "people": people,
            "under_way": [way for call in under_way[:_CROWDED] if (way := self._way(call)) is not None],
        }

    def _way(self, call: Call) -> Item | None:
        """From the base of a crew to its incident: straight, as nobody knows which road it took."""
        incident = self._view.incident(call.incident)
        if incident is None:
            return None
        return {
            "call": call.id, "team": self._names().team(call.team), "eta_ms": call.eta_ms, "people": call.confirmed,
            "from": (call.from_lon, call.from_lat), "to": (incident.place.lon, incident.place.lat),
        }  # fmt: skip

    def _incident_name(self, incident: str) -> str:
        found = self._view.incident(incident)
        return found.name if found is not None else ""

    def _post_name(self, post: str) -> str:
        code = self._posts().get(post, "")
        return self._names().division(code) if code else post

    @staticmethod
    def _is_player(role: str) -> bool:
        return role in ("duty_officer", "watch_leader")
