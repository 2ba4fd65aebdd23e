"""Which topics an event moves: each item on the boards of its own divisions, and on the phones of those it names."""

from collections.abc import Callable, Iterable, Iterator

from command.core.facts import Event
from command.core.realm_facts import FollowerParked, SubjectErased
from command.tiers.divisions import path_of
from incidents import Response
from web_console.board.view import View
from web_console.directory import Directory
from web_console.feed.hub import Hub

KEEPER = "keeper"
MASKS = ("duty", "wall", KEEPER)
TOWNSHIP_DIGITS = 9


def keeper_board(post: str) -> str:
    """The board of a keeper whose station lies in this division: that of the township."""
    return f"board/{post[:TOWNSHIP_DIGITS]}/{KEEPER}"


class Moves:
    """Told of every event behind the view: topics of people are shown at once, boards with the next beat."""

    def __init__(self, view: View, hub: Hub, *, names: Callable[[], Directory]) -> None:
        self._view, self._hub, self._names = view, hub, names

    def follow(self, items: frozenset[str], event: Event) -> None:
        shown = set(items) | self._under_response(items)
        phones = {f"me/{item.partition('/')[2]}" for item in items if item.startswith("person/")}
        if isinstance(event.fact, SubjectErased):
            kind, _, name = event.fact.subject.partition(":")
            shown |= self._of_subject(kind, name)
            phones |= self._phones_of(shown)
        self._hub.touch(sorted(shown), topics=self._boards_of(shown))
        if isinstance(event.fact, FollowerParked):
            state = self._view.look("realm")
            self._hub.touch([f"fault/{len(state.parked) - 1}"], topics=self._hub.held("board/"))
        if phones:
            self._hub.touch(["self", *sorted(item for item in shown if item.startswith("call/"))], topics=sorted(phones))
            self._hub.flush(topics=sorted(phones))

    def _of_subject(self, kind: str, name: str) -> set[str]:
        """What screens show of an erased subject: it is shown anew, without."""
        calls = self._view.calls_of.get(name, {}) if kind == "incident" else self._view.calls_for.get(name, {})
        return {f"call/{call}" for call in calls} | {f"{kind}/{name}"}

    def _phones_of(self, items: Iterable[str]) -> set[str]:
        calls = [self._view.call(item.partition("/")[2]) for item in items if item.startswith("call/")]
        return {f"me/{call.person}" for call in calls if call is not None}

    def _under_response(self, items: Iterable[str]) -> set[str]:
        """The incidents whose level follows a response that changed."""
        found: set[str] = set()
        for item in items:
            response = self._view.look(f"response:{item[9:]}") if item.startswith("response/") else None
            if isinstance(response, Response):
                of = [state for each in self._view.incidents if (state := self._view.incident(each)) is not None]
                found |= {
                    f"incident/{i.id}" for i in of if i.category == response.category and i.division.startswith(response.division)
                }
        return found

    def _boards_of(self, items: Iterable[str]) -> list[str]:
        codes = {above for item in items for code in self._codes_of(item) for above in path_of(code)}
        near = {above for item in items for code in self._stations_of(item) for above in path_of(code)}
        boards = [f"board/{code}/{mask}" for code in sorted(codes) for mask in MASKS]
        return boards + [f"board/{code}/{KEEPER}" for code in sorted(near - codes)]

    def _stations_of(self, item: str) -> Iterator[str]:
        """Where the stations lie whose circle holds an incident."""
        kind, _, name = item.partition("/")
        incident = self._view.incident(name) if kind == "incident" else None
        known = self._names().stations
        yield from (known[hit.id].division for hit in (incident.place.stations if incident else ()) if hit.id in known)

    def _codes_of(self, item: str) -> Iterator[str]:
        """The divisions an item lies in. A line lies where its incident does, which is touched with it."""
        kind, _, name = item.partition("/")
        if kind == "team" and (team := self._names().teams.get(name)) is not None:
            yield team.division
        call = self._view.call(name) if kind == "call" else None
        incident = self._view.incident(call.incident if call is not None else name) if kind in ("incident", "call") else None
        if incident is not None:
            yield from incident.place.path
