"""Importers of people and teams."""

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from sqlalchemy import select

from command.tiers.books.columns import Kind
from command.tiers.bulk import bulk
from command.tiers.imports import Placed, Where, code_of, known_divisions
from command.tiers.registry import Registry
from command.tiers.rows import BadRow, Report, Row, each_row, number, split
from command.tiers.sheets import read_sheet
from command.tiers.tables import StationRow
from mobilization.roster_columns import PEOPLE, TEAMS
from mobilization.specialities import SPECIALITIES
from mobilization.tables import PersonRow, TeamRow

ADULT_YEARS = 18
_CHINA = timezone(timedelta(hours=8))
_TRUE = frozenset({"1", "true", "yes", "是"})


def import_people(registry: Registry, path: Path) -> Report:
    """People, in stretches; what is personal is sealed under each one's own key."""
    sheet = read_sheet(path, _headings(PEOPLE))
    has_station = any("station" in row for _, row in sheet.rows)
    with registry.read() as session:
        known = known_divisions(session)
        stations = set(session.scalars(select(StationRow.id)))
    with bulk(registry, PersonRow, f"people {path.name}") as rows:

        def take(row: Row) -> None:
            values, personal = person_values(row, known)
            if has_station:
                values["station"] = station_of(row, stations)
            rows.put(row["id"], values, subject=f"person:{row['id']}", personal=personal)

        bad = each_row(sheet, ("id", "name", "phone"), take, key="id")
    return Report(rows.counts, bad, sheet.ignored)


def import_teams(registry: Registry, path: Path, *, where: Where) -> Report:
    """Teams; a team without a place stands at its station. What `where.check` raises leaves the registry as it was."""
    sheet = read_sheet(path, _headings(TEAMS))
    with registry.write("import", f"teams {path.name}") as writing:
        known = known_divisions(writing.session)
        people = set(writing.session.scalars(select(PersonRow.id)))
        stations = {row.id: row for row in writing.session.scalars(select(StationRow))}
        placed: list[Placed] = []

        def take(row: Row) -> None:
            station = stations.get(station_of(row, stations))
            values = team_values(row, station, people=people, where=where, known=known)
            writing.put(TeamRow, row["id"], values)
            if row.get("lon"):
                at_station = (station.lon, station.lat) if station else None
                placed.append(Placed((values["lon"], values["lat"]), values["division"], at_station))

        bad = each_row(sheet, ("id", "name", "speciality", "size", "leader"), take, key="id")
        where.check(placed)
    return Report(writing.counts, bad, sheet.ignored)


def _headings(kind: Kind) -> dict[str, tuple[str, ...]]:
    return {column.name: (column.words.zh, *column.names) for column in kind.columns}


def station_of(row: Row, stations: Collection[str]) -> str:
    """The station a row names, if any."""
    station = row.get("station", "")
    if station and station not in stations:
        raise BadRow("row.unknown_station", "station", station[:40])
    return station


def person_values(row: Row, known: set[str]) -> tuple[dict[str, Any], dict[str, str]]:
    """What is stored of a person in the open, but for the station, and what is sealed. Raises BadRow."""
    born = _day(row, "birth_date")
    insured = _day(row, "insured_until")
    values = {
        "division": code_of(row, "division", known) if row.get("division") else "",
        "adult_from_ms": None if born is None else _ms(_birthday(born, ADULT_YEARS)),
        "insured_until_ms": None if insured is None else _ms(insured + timedelta(days=1)),
        "credentials": _credentials(row.get("credentials", "")), "simulated": row.get("simulated", "") in _TRUE,
    }  # fmt: skip
    return values, {"name": row["name"], "phone": row.get("phone", ""), "birth_date": row.get("birth_date", "")}


def person_row(stored: PersonRow, personal: Mapping[str, Any]) -> dict[str, str]:
    """What is stored of a person as the row that would store it."""
    until = {code: _last_day(ms) for code, ms in sorted(stored.credentials.items())}
    return {
        "id": stored.id, "name": personal.get("name") or "", "phone": personal.get("phone") or "",
        "birth_date": personal.get("birth_date") or "", "division": stored.division,
        "insured_until": "" if stored.insured_until_ms is None else _last_day(stored.insured_until_ms),
        "credentials": ";".join(f"{code}:{day}" for code, day in until.items()), "simulated": "1" if stored.simulated else "",
    }  # fmt: skip


def team_values(
    row: Row, station: StationRow | None, *, people: Collection[str], where: Where, known: set[str]
) -> dict[str, Any]:
    """What is stored of a team. Raises BadRow."""
    if row["speciality"] not in SPECIALITIES:
        raise BadRow("row.unknown_speciality", "speciality", row["speciality"][:40])
    ladder, members = [row["leader"], *split(row.get("deputies", ""))], split(row.get("members", ""))
    stranger = next((person for person in (*ladder, *members) if person not in people), None)
    if stranger is not None:
        raise BadRow("row.unknown_person", "leader", stranger[:40])
    if row.get("lon") or station is None:
        lon, lat = where.place(row)
    else:
        lon, lat = station.lon, station.lat
    size = round(number(row, "size", lowest=1, highest=10_000))
    return {
        "name": row["name"], "name_en": row.get("name_en", ""), "speciality": row["speciality"], "kind": row.get("kind") or "specialist",
        "division": code_of(row, "division", known) if row.get("division") else (station.division if station else ""),
        "station": row.get("station", ""), "lon": lon, "lat": lat, "size": size,
        "minimum_crew": round(number(row, "minimum_crew", default=1, lowest=1, highest=size)), "simulated": row.get("simulated", "") in _TRUE,
        "ladder": ladder, "members": members,
    }  # fmt: skip


def team_row(stored: TeamRow) -> dict[str, str]:
    """What is stored of a team as the row that would store it."""
    return {
        "id": stored.id, "name": stored.name, "name_en": stored.name_en, "speciality": stored.speciality, "kind": stored.kind,
        "station": stored.station, "division": stored.division, "lon": repr(stored.lon), "lat": repr(stored.lat),
        "minimum_crew": str(stored.minimum_crew), "size": str(stored.size), "leader": stored.ladder[0],
        "deputies": ";".join(stored.ladder[1:]), "members": ";".join(stored.members), "simulated": "1" if stored.simulated else "",
    }  # fmt: skip


def _day(row: Row, column: str) -> date | None:
    text = row.get(column, "")
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise BadRow("row.value", column, text[:40]) from None


def _birthday(born: date, years: int) -> date:
    try:
        return born.replace(year=born.year + years)
    except ValueError:  # born on a leap day
        return born.replace(year=born.year + years, month=3, day=1)


def _credentials(text: str) -> dict[str, int]:
    """`CODE:2027-05-01;…` -> code -> valid until (end of that day, Chinese time)."""
    found: dict[str, int] = {}
    for part in split(text):
        code, _, until = part.partition(":")
        day = _day({"credentials": until.strip()}, "credentials")
        if day is None or not code.strip():
            raise BadRow("row.value", "credentials", part[:40])
        found[code.strip()] = _ms(day + timedelta(days=1))
    return found


def _ms(day: date) -> int:
    midnight = datetime(day.year, day.month, day.day, tzinfo=_CHINA).astimezone(UTC)
    return round(midnight.timestamp() * 1000)


def _last_day(ms: int) -> str:
    return (datetime.fromtimestamp(ms / 1000, _CHINA) - timedelta(days=1)).date().isoformat()
