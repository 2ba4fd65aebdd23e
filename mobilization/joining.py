"""Which teams people's own lines put them in (所属队伍, 队内职务): what that makes of the teams, and which lines cannot be taken. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from command.core.errors import Words
from command.tiers.rows import Bad, BadRow, split
from mobilization.verdicts import Change, Key, Standing, Verdict, key_of

RANKS: Mapping[str, Words] = {
    "leader": Words("队长", "leader"), "deputy": Words("副队长", "deputy"), "member": Words("队员", "member"),
}  # fmt: skip
_MEANT = {word: rank for rank, words in RANKS.items() for word in (rank, *words[:2])} | {"负责人": "leader", "成员": "member"}
Row = dict[str, str]


class Wish(NamedTuple):
    """What a line says of somebody's teams, as it stands there; "" where the cell is empty, which changes nothing."""

    team: str
    rank: str


class Joined(NamedTuple):
    """`others`: teams that no line of the file is about and that change. `bads`: lines that cannot be taken, by their place."""

    persons: list[Verdict]
    crews: list[Verdict]
    others: list[Verdict]
    bads: dict[Key, tuple[Bad, ...]]


def join(
    standing: Standing, persons: Sequence[Verdict], crews: Sequence[Verdict], *, wishes: Mapping[Key, Wish], led: frozenset[Key],
) -> Joined:  # fmt: skip
    """`led`: lines of teams that name their leader, which no line of a person gainsays."""
    return _Joining(standing, crews, led).join([each for each in persons if each.state != "refused"], persons, wishes)


def rank_in(team: Row, person: str) -> str:
    """ "" for who is not in it."""
    if team["leader"] == person:
        return "leader"
    return next(
        (rank for rank, held in (("deputy", "deputies"), ("member", "members")) if person in split(team.get(held, ""))), ""
    )


class _Joining:
    def __init__(self, standing: Standing, crews: Sequence[Verdict], led: frozenset[Key]) -> None:
        self._standing, self._crews = standing, crews
        self._refused = {each.name for each in crews if each.state == "refused"}
        taken = [each for each in crews if each.state != "refused"]
        self._in_file = {each.id for each in taken}
        self._led = {each.id for each in taken if key_of(each) in led}
        self._teams: dict[str, Row] = {id_: dict(row) for id_, row in standing.teams.items()} | {
            each.id: dict(each.row) for each in taken
        }
        self._bads: dict[Key, tuple[Bad, ...]] = {}

    def join(self, taken: Sequence[Verdict], persons: Sequence[Verdict], wishes: Mapping[Key, Wish]) -> Joined:
        wanted: dict[str, dict[str, str]] = {}
        lines: dict[str, Verdict] = {}
        for each in taken:
            wish = wishes.get(key_of(each))
            if wish is None:
                continue
            try:
                wanted[each.id] = self._resolved(each.id, wish)
                lines[each.id] = each
            except BadRow as error:
                self._refuse(each, error.bad)
        leaders = self._leaders(wanted, lines)
        for person, ranks in wanted.items():
            self._check_led(lines[person], ranks, leaders)
        if not self._bads:
            for team, person in leaders.items():
                self._put(self._teams[team], person, "leader")
            for person, ranks in wanted.items():
                self._leave(person, ranks)
                for team, rank in ranks.items():
                    self._put(self._teams[team], person, rank)
        told = [self._told(each) if each.id in wanted else each for each in persons]
        return Joined(told, [self._judged(each) for each in self._crews], list(self._others()), self._bads)

    def _refuse(self, verdict: Verdict, bad: Bad) -> None:
        self._bads.setdefault(key_of(verdict), (bad._replace(line=verdict.line),))

    def _resolved(self, person: str, wish: Wish) -> dict[str, str]:
        """Rank by team; of a team whose rank is not said the one held, else member."""
        now = {id_: rank for id_, team in self._teams.items() if (rank := rank_in(team, person))}
        ranks = [_rank(word) for word in split(wish.rank)]
        if wish.team:
            teams = [self._team(word) for word in split(wish.team)]
        elif len(now) == 1:
            teams = list(now)
        else:
            raise BadRow("row.missing", "team")
        if len(ranks) not in (0, 1, len(teams)):
            raise BadRow("row.rank", "rank", wish.rank[:40])
        said = ranks * len(teams) if len(ranks) == 1 else ranks or [""] * len(teams)
        return {team: rank or now.get(team, "member") for team, rank in zip(teams, said, strict=True)}

    def _team(self, word: str) -> str:
        found = [id_ for id_, row in self._teams.items() if word in (id_, row["name"])]
        if len(found) != 1:
            raise BadRow("row.team_refused" if word in self._refused else "row.unknown_team", "team", word[:40])
        return found[0]

    def _leaders(self, wanted: Mapping[str, dict[str, str]], lines: Mapping[str, Verdict]) -> dict[str, str]:
        """Who leads each team by these lines; of two that would lead one both are refused, for nobody says which."""
        by_team: dict[str, list[str]] = {}
        for person, ranks in wanted.items():
            for team, rank in ranks.items():
                if rank == "leader":
                    by_team.setdefault(team, []).append(person)
        for team, people in by_team.items():
            for person in people:
                other = next((each for each in people if each != person), None)
                if other is not None:
                    self._refuse(lines[person], Bad(0, "row.two_leaders", "rank", str(lines[other].line)))
                elif team in self._led and self._teams[team]["leader"] != person:
                    self._refuse(lines[person], Bad(0, "row.led_otherwise", "rank", self._teams[team]["name"]))
        return {team: people[0] for team, people in by_team.items()}

    def _check_led(self, line: Verdict, ranks: Mapping[str, str], leaders: Mapping[str, str]) -> None:
        """Who leads a team leads it until somebody else is named."""
        for id_, team in self._teams.items():
            if team["leader"] == line.id and ranks.get(id_) != "leader" and id_ not in leaders:
                self._refuse(line, Bad(0, "row.leads", "team", team["name"]))

    def _leave(self, person: str, ranks: Mapping[str, str]) -> None:
        """Out of teams the line does not name. Whose crew the file lists itself is as listed there."""
        for id_, team in self._teams.items():
            if id_ not in ranks and id_ not in self._in_file and team["leader"] != person:
                _drop(team, person)

    @staticmethod
    def _put(team: Row, person: str, rank: str) -> None:
        """Who led it before stays in it as a member."""
        before = rank_in(team, person)
        if before == rank:
            return
        _drop(team, person)
        if rank == "leader":
            was, team["leader"] = team["leader"], person
            team["members"] = ";".join((*split(team.get("members", "")), was))
        else:
            column = "deputies" if rank == "deputy" else "members"
            team[column] = ";".join((*split(team.get(column, "")), person))
        people = {team["leader"], *split(team.get("deputies", "")), *split(team.get("members", ""))}
        team["size"] = str(max(int(team["size"]), len(people)))

    def _told(self, verdict: Verdict) -> Verdict:
        """What changes of somebody's teams, beside what else changes."""
        was, now = _places(self._standing.teams, verdict.id), _places(self._teams, verdict.id)
        changes = tuple(
            Change(column, before, after)
            for column, before, after in (("team", was.team, now.team), ("rank", was.rank, now.rank))
            if before != after
        )
        if not changes:
            return verdict
        state = "changed" if verdict.state == "same" else verdict.state
        return msgspec.structs.replace(verdict, state=state, changes=(*verdict.changes, *changes))

    def _judged(self, verdict: Verdict) -> Verdict:
        """A line of a team, with what people's lines made of it."""
        if verdict.state == "refused" or self._teams[verdict.id] == verdict.row:
            return verdict
        held = self._standing.teams.get(verdict.id)
        row = self._teams[verdict.id]
        changes = _changes(held, row) if held is not None else ()
        state = "new" if held is None else "changed" if changes else "same"
        return msgspec.structs.replace(verdict, row=row, changes=changes, state=state)

    def _others(self) -> Iterator[Verdict]:
        for id_, held in self._standing.teams.items():
            if id_ not in self._in_file and (changes := _changes(held, self._teams[id_])):
                row = self._teams[id_]
                yield Verdict(kind="teams", sheet=-1, line=0, state="changed", name=row["name"], id=id_, row=row, changes=changes)


def _rank(word: str) -> str:
    if word not in _MEANT:
        raise BadRow("row.rank", "rank", word[:40])
    return _MEANT[word]


def _drop(team: Row, person: str) -> None:
    for column in ("deputies", "members"):
        held = split(team.get(column, ""))
        if person in held:
            team[column] = ";".join(each for each in held if each != person)


def _places(teams: Mapping[str, Row], person: str) -> Wish:
    """The names of somebody's teams and the ranks in them, in one order."""
    found = sorted((row["name"], rank) for row in teams.values() if (rank := rank_in(row, person)))
    return Wish(";".join(name for name, _ in found), ";".join(rank for _, rank in found))


def _changes(held: Row, row: Row) -> tuple[Change, ...]:
    return tuple(Change(column, held.get(column, ""), row[column]) for column in row if held.get(column, "") != row[column])
