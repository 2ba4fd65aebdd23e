"""What a keeper's lists would change at one station: each line new, changed, the same or refused; who is missing is proposed as
leaving, never dropped. Pure: the station as it stands goes in, a proposal comes out."""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal

from command.tiers.books.lines import Line
from command.tiers.rows import Bad, BadRow, check_row, split
from mobilization.joining import Joined, Wish, join
from mobilization.specialities import SPECIALITIES
from mobilization.verdicts import Change, Check, Key, Leaving, Proposal, Standing, State, Verdict, key_of


def propose(
    people: Sequence[Line], teams: Sequence[Line], standing: Standing, *, new_id: Callable[[], str], check_person: Check,
    check_team: Callable[[dict[str, str], Mapping[str, dict[str, str]]], object],
) -> Proposal:  # fmt: skip
    """`check_person`, `check_team`: the row readers of the importers; a team is looked at beside all people there will be. A line
    that is refused for what it says of teams is gone for the teams as well: so it is looked at again, each line by what was wrong
    with it first, until nothing more falls."""
    barred: dict[Key, tuple[Bad, ...]] = {}
    led = frozenset(key_of(line) for line in teams if "leader" in line.row)
    while True:
        kept = _People(standing, new_id, check_person, barred)
        persons = kept.of(people)
        after = dict(standing.people) | {each.id: each.row for each in persons if each.state != "refused"}
        back = [line for line, each in zip(people, persons, strict=True) if each.state == "refused"]
        crews = _Teams(standing, after, back, new_id, check_team, barred).of(teams)
        joined = join(standing, persons, crews, wishes=kept.wishes, led=led)
        barred |= {key_of(each): each.bads for each in (*persons, *crews) if each.bads}
        if not joined.bads:
            break
        barred |= joined.bads
    return Proposal(
        rev=standing.rev, names={id_: row["name"] for id_, row in after.items()}, verdicts=(*joined.persons, *joined.crews),
        others=tuple(joined.others), leaving=tuple(_leaving(standing, joined) if people else ()),
    )  # fmt: skip


def _leaving(standing: Standing, joined: Joined) -> Iterable[Leaving]:
    """Who stands in no line; a line that was refused still speaks for whoever has that name."""
    there = {each.id for each in joined.persons if each.id}
    unsure = {each.name for each in joined.persons if each.state == "refused"}
    crews = (*joined.crews, *joined.others)
    teams = dict(standing.teams) | {each.id: each.row for each in crews if each.state != "refused"}
    for id_, row in sorted(standing.people.items(), key=lambda each: (each[1]["name"], each[0])):
        if id_ not in there and row["name"] not in unsure:
            led = tuple(team["name"] for team in teams.values() if team["leader"] == id_)
            yield Leaving(id=id_, name=row["name"], phone=row["phone"], leads=led)


class _Kept(ABC):
    """What people and teams share: overlay, compare, refuse."""

    kind: Literal["people", "teams"]

    def __init__(self, standing: Standing, new_id: Callable[[], str], barred: Mapping[Key, tuple[Bad, ...]]) -> None:
        self._standing, self._new_id, self._barred = standing, new_id, barred

    def of(self, lines: Sequence[Line]) -> list[Verdict]:
        return [self._one(line) for line in lines]

    def _one(self, line: Line) -> Verdict:
        bads = line.bads or self._barred.get(key_of(line), ())
        try:
            if not bads:
                return self._judged(line)
        except BadRow as error:
            bads = (error.bad._replace(line=line.line),)
        return self._refused(line, bads)

    def _refused(self, line: Line, bads: tuple[Bad, ...]) -> Verdict:
        return Verdict(
            kind=self.kind, sheet=line.sheet, line=line.line, state="refused", name=line.row.get("name", ""), mended=line.mended, bads=bads
        )  # fmt: skip

    @abstractmethod
    def _judged(self, line: Line) -> Verdict: ...

    def _compared(
        self, line: Line, row: dict[str, str], held: dict[str, str] | None, notes: Iterable[tuple[str, str]]
    ) -> Verdict:
        changes = tuple(
            Change(column, held.get(column, ""), row[column]) for column in row if column != "id" and held.get(column, "") != row[column]
        ) if held is not None else ()  # fmt: skip
        state: State = "new" if held is None else "changed" if changes else "same"
        return Verdict(
            kind=self.kind, sheet=line.sheet, line=line.line, state=state, name=row["name"], id=row["id"], row=row, changes=changes,
            mended=line.mended, notes=tuple(notes),
        )  # fmt: skip


class _People(_Kept):
    kind = "people"

    def __init__(
        self, standing: Standing, new_id: Callable[[], str], check: Check, barred: Mapping[Key, tuple[Bad, ...]]
    ) -> None:
        super().__init__(standing, new_id, barred)
        self._check = check
        self.wishes: dict[Key, Wish] = {}
        self._taken: dict[str, int] = {}
        self._phones: dict[str, tuple[int, str]] = {}
        self._names: dict[str, int] = {}

    def of(self, lines: Sequence[Line]) -> list[Verdict]:
        for line in lines:
            name = line.row.get("name", "")
            self._names[name] = self._names.get(name, 0) + 1
        return super().of(lines)

    def _judged(self, line: Line) -> Verdict:
        said = dict(line.row)
        if "station" in said and said.pop("station") != self._standing.station:
            raise BadRow("row.other_station", "station", line.row["station"][:40])
        notes = []
        if "credentials" in said and _unread(said["credentials"]):
            notes.append(("credentials", said.pop("credentials")))
        wish = Wish(said.pop("team", ""), said.pop("rank", ""))
        check_row(said, ("name",))
        held = self._held(said)
        if held is None:
            check_row(said, ("phone",))
        row = {**(held or {}), **said}
        row["id"] = held["id"] if held else said.get("id") or self._new_id()
        if row["id"] in self._taken:
            raise BadRow("row.twice_in_file", "name", str(self._taken[row["id"]]))
        self._check(row)
        before = self._phones.get(row["phone"])
        if before is not None and before[1] == row["name"]:
            raise BadRow("row.twice_in_file", "name", str(before[0]))
        if before is not None:
            notes.append(("phone", f"{before[0]}"))
        self._taken[row["id"]] = line.line
        self._phones.setdefault(row["phone"], (line.line, row["name"]))
        if any(wish):
            self.wishes[key_of(line)] = wish
        return self._compared(line, row, held, notes)

    def _held(self, said: dict[str, str]) -> dict[str, str] | None:
        """Who this is at the station: by id; by name and telephone; by name alone where nobody else is called so and no birth date
        speaks against it."""
        people = self._standing.people
        if id_ := said.get("id"):
            if id_ in self._standing.elsewhere:
                raise BadRow("row.other_station", "id", id_[:40])
            return people.get(id_)
        same = [row for row in people.values() if row["name"] == said["name"]]
        by_phone = [row for row in same if row["phone"] == said.get("phone")]
        if by_phone:
            return by_phone[0]
        fits = [row for row in same if not row["birth_date"] or said.get("birth_date", row["birth_date"]) == row["birth_date"]]
        return fits[0] if len(same) == len(fits) == 1 and self._names[said["name"]] == 1 else None


class _Teams(_Kept):
    kind = "teams"

    def __init__(
        self, standing: Standing, people: Mapping[str, dict[str, str]], back: Sequence[Line], new_id: Callable[[], str],
        check: Callable[[dict[str, str], Mapping[str, dict[str, str]]], object], barred: Mapping[Key, tuple[Bad, ...]],
    ) -> None:  # fmt: skip
        """`back`: the lines of people that are refused; who stands there cannot be in a team yet."""
        super().__init__(standing, new_id, barred)
        self._people, self._back, self._check = people, back, check
        self._taken: dict[str, int] = {}

    def _judged(self, line: Line) -> Verdict:
        said = dict(line.row)
        if said.get("station", self._standing.station) != self._standing.station:
            raise BadRow("row.other_station", "station", said["station"][:40])
        check_row(said, ("name",))
        held = self._held(said)
        if held is None:
            check_row(said, ("speciality", "leader"))
        if "speciality" in said:
            said["speciality"] = speciality_of(said["speciality"])
        for column in ("leader", "deputies", "members"):
            if column in said:
                said[column] = ";".join(dict.fromkeys(self._person(word, column) for word in split(said[column])))
        row = {**(held or {"station": self._standing.station, "division": self._standing.division}), **said}
        row["id"] = held["id"] if held else said.get("id") or self._new_id()
        if row["id"] in self._taken or row["name"] in self._taken:
            raise BadRow("row.twice_in_file", "name", str(self._taken.get(row["id"]) or self._taken[row["name"]]))
        row.setdefault("size", str(len({*split(row["leader"]), *split(row.get("deputies", "")), *split(row.get("members", ""))})))
        self._check(row, self._people)
        self._taken[row["id"]] = self._taken[row["name"]] = line.line
        return self._compared(line, row, held, ())

    def _held(self, said: dict[str, str]) -> dict[str, str] | None:
        if id_ := said.get("id"):
            if id_ in self._standing.elsewhere:
                raise BadRow("row.other_station", "id", id_[:40])
            return self._standing.teams.get(id_)
        same = [row for row in self._standing.teams.values() if row["name"] == said["name"]]
        return same[0] if len(same) == 1 else None

    def _person(self, word: str, column: str) -> str:
        """Who is meant, by id, telephone, or a name only one has at the station; 王强13800001234 says both."""
        if word in self._people:
            return word
        phone = "".join(re.findall(r"\d", word))
        name = re.sub(r"[\d\s()（）-]", "", word)
        found = [
            id_ for id_, row in self._people.items() if (not phone or row["phone"] == phone) and (not name or row["name"] == name)
        ]
        if not found:
            rows = [line.row for line in self._back]
            back = [row for row in rows if (phone and row.get("phone") == phone) or (name and row.get("name") == name)]
            raise (
                BadRow("row.person_refused", column, back[0].get("name", word)[:40])
                if back
                else BadRow("row.unknown_person", column, word[:40])
            )
        if len(found) != 1:
            raise BadRow("row.two_people", column, word[:40])
        return found[0]


def speciality_of(word: str) -> str:
    """The code of a speciality that is written in words, as in the table or with what people put behind it: 急救队."""
    if word in SPECIALITIES:
        return word
    bare = re.sub(r"[(（].*|志愿|服务|队伍?$|类$", "", word)
    for each in SPECIALITIES.values():
        if word in (each.zh, each.en) or (bare and re.sub(r"[(（].*|志愿|服务", "", each.zh) == bare):
            return each.code
    raise BadRow("row.unknown_speciality", "speciality", word[:40])


def _unread(credentials: str) -> bool:
    """Whether it is no list of codes with their dates."""
    return not all(re.fullmatch(r"[A-Z_]+:\d{4}-\d\d-\d\d", part) for part in split(credentials))


def to_store(proposal: Proposal, kind: str) -> list[dict[str, Any]]:
    verdicts = (*proposal.verdicts, *proposal.others)
    return [each.row for each in verdicts if each.kind == kind and each.state in ("new", "changed")]
