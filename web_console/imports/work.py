"""From an upload to a proposal, from a proposal to the registry. Everything here blocks: it is done in a thread."""

from collections.abc import Sequence
from typing import Any

from command.core.errors import Refused
from command.tiers.books.headings import fingerprint, labels_of
from command.tiers.registry import Registry, Writing
from command.tiers.rows import split
from mobilization.imports import person_values, team_values
from mobilization.rosters import propose, to_store
from mobilization.tables import PersonRow, TeamRow
from mobilization.verdicts import Proposal
from web_console.house import House
from web_console.imports.drafts import Draft, SheetPlan, guess_plan
from web_console.imports.station import WHERE, Ground, read_ground
from web_console.imports.tables import ColumnMatchRow
from web_console.imports.worker import Order, ask_worker


def read_draft(house: House, raw: bytes, *, owner: str, station: str) -> Draft:
    """The file, read apart, with a first proposal."""
    book = ask_worker(Order(act="read", raw=raw)).book
    if book is None:
        raise Refused("file.no_book")
    draft = Draft(
        id=house.new_id(), owner=owner, station=station, raw=raw, book=book, touched_ms=house.core.now_ms(),
        plans=[guess_plan(sheet, lambda headings: _remembered(house.registry, station, headings)) for sheet in book.sheets],
    )  # fmt: skip
    look_again(house, draft)
    return draft


def look_again(house: House, draft: Draft) -> None:
    """The proposal beside the registry as it stands now."""
    people, teams = draft.lines("people"), draft.lines("teams")
    ground = read_ground(house.registry, draft.station, [line.row.get("id", "") for line in (*people, *teams)])
    draft.proposal = propose(
        people,
        teams,
        ground.standing,
        new_id=lambda: f"v-{house.new_id()}",
        check_person=ground.check_person,
        check_team=ground.check_team,
    )


def match(house: House, draft: Draft, plans: list[SheetPlan]) -> None:
    """Read the sheets as somebody says, and remember it for the next such file."""
    draft.plans = plans
    with house.registry.read() as session, session.begin():
        for sheet, plan in zip(draft.book.sheets, plans, strict=True):
            if plan.kind:
                headings = fingerprint(plan.kind, labels_of(sheet, plan.first, plan.last))
                session.merge(ColumnMatchRow(scope=draft.station, headings=headings, columns=plan.columns))
    look_again(house, draft)


def _remembered(registry: Registry, station: str, headings: str) -> list[str] | None:
    with registry.read() as session:
        found = session.get(ColumnMatchRow, (station, headings))
        return None if found is None else found.columns


def commit(house: House, draft: Draft, *, rev: int, leaving: Sequence[str]) -> dict[str, object]:
    """All of it as one import, or nothing. Raises Refused(stale) when the registry is no longer what was shown; the proposal is
    then a new one. The same again answers the same."""
    if draft.done is not None:
        return draft.done
    proposal = draft.proposal
    if proposal is None or rev != proposal.rev or house.registry.revision() != rev:
        look_again(house, draft)
        raise Refused("stale")
    _check_leaving(proposal, leaving)
    people, teams = to_store(proposal, "people"), to_store(proposal, "teams")
    ground = read_ground(house.registry, draft.station, ())
    ready = [(row["id"], *person_values(row, ground.known)) for row in people]
    sealed = house.registry.seal([(f"person:{id_}", personal) for id_, _, personal in ready])
    with house.registry.write("import", f"roster {draft.id}", by=draft.owner) as writing:
        if writing.rev != rev:
            raise Refused("stale")
        writing.put_many(
            PersonRow,
            [
                (id_, {**values, "station": draft.station, "sealed": part})
                for (id_, values, _), part in zip(ready, sealed, strict=True)
            ],
        )
        among = ground.standing.people.keys() | {row["id"] for row in people}
        writing.put_many(TeamRow, [(row["id"], _team(row, ground, among)) for row in teams])
        for person in leaving:
            _let_go(writing, person, draft.station)
    draft.done = {"counts": proposal.counts(), "left": len(leaving), "revision": writing.rev}
    return draft.done


def _team(row: dict[str, str], ground: Ground, people: set[str]) -> dict[str, Any]:
    return team_values(row, ground.station, people=people, where=WHERE, known=ground.known)


def _check_leaving(proposal: Proposal, leaving: Sequence[str]) -> None:
    offered = {each.id: each for each in proposal.leaving}
    for person in leaving:
        if person not in offered:
            raise Refused("import.not_leaving")
        if offered[person].leads:
            raise Refused("import.leads", team=offered[person].leads[0])


def _let_go(writing: Writing, person: str, station: str) -> None:
    """Off the station and out of its teams; who they are and what they did stays. Other stations' teams are not touched."""
    writing.put(PersonRow, person, {"station": ""})
    for team in list(writing.session.query(TeamRow).where(TeamRow.station == station).order_by(TeamRow.id)):
        if person in split(";".join((*team.ladder[1:], *team.members))):
            values = {
                "ladder": [each for each in team.ladder if each != person],
                "members": [each for each in team.members if each != person],
            }
            writing.put(TeamRow, team.id, values)
