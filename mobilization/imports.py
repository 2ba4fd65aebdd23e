"""Importers of people and teams."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from sqlalchemy import select

from command.tiers.bulk import bulk
from command.tiers.imports import Placed, Where, code_of, known_divisions
from command.tiers.registry import Registry
from command.tiers.rows import BadRow, Report, Row, each_row, number, split
from command.tiers.sheets import read_sheet
from command.tiers.tables import StationRow
from mobilization.specialities import SPECIALITIES
from mobilization.tables import PersonRow, TeamRow

ADULT_YEARS = 18
_CHINA = timezone(timedelta(hours=8))
_TRUE = frozenset({"1", "true", "yes", "是"})

_PEOPLE = {
    "id": ("编号", "志愿者编号"), "name": ("姓名",), "phone": ("手机", "电话"), "birth_date": ("出生日期",), "division": ("区划代码",),
    "insured_until": ("保险到期",), "credentials": ("证书", "资质"), "simulated": ("模拟",),
}  # fmt: skip
_TEAMS = {
    "id": ("编号",), "name": ("名称", "队伍名称"), "name_en": ("英文名",), "speciality": ("专业",), "kind": ("类别",), "station": ("站点",),
    "division": ("区划代码",), "lon": ("经度",), "lat": ("纬度",), "minimum_crew": ("最少出动",), "size": ("人数",), "leader": ("队长",),
    "deputies": ("副队长",), "members": ("队员",), "simulated": ("模拟",),
}  # fmt: skip


def import_people(registry: Registry, path: Path) -> Report:
    """People, in stretches; what is personal is sealed under each one's own key."""
    sheet = read_sheet(path, _PEOPLE)
    with registry.read() as session:
        known = known_divisions(session)
    with bulk(registry, PersonRow, f"people {path.name}") as rows:

        def take(row: Row) -> None:
            born = _day(row, "birth_date")
            insured = _day(row, "insured_until")
            personal = {"name": row["name"], "phone": row.get("phone", ""), "birth_date": row.get("birth_date", "")}
            values = {
                "division": code_of(row, "division", known) if row.get("division") else "",
                "adult_from_ms": None if born is None else _ms(_birthday(born, ADULT_YEARS)),
                "insured_until_ms": None if insured is None else _ms(insured + timedelta(days=1)),
                "credentials": _credentials(row.get("credentials", "")), "simulated": row.get("simulated", "") in _TRUE,
            }  # fmt: skip
            rows.put(row["id"], values, subject=f"person:{row['id']}", personal=personal)

        bad = each_row(sheet, ("id", "name", "phone"), take, key="id")
    return Report(rows.counts, bad, sheet.ignored)


def import_teams(registry: Registry, path: Path, *, where: Where) -> Report:
    """Teams; a team without a place stands at its station. What `where.check` raises leaves the registry as it was."""
    sheet = read_sheet(path, _TEAMS)
    with registry.write("import", f"teams {path.name}") as writing:
        known = known_divisions(writing.session)
        people = set(writing.session.scalars(select(PersonRow.id)))
        stations = {row.id: row for row in writing.session.scalars(select(StationRow))}
        placed: list[Placed] = []

        def take(row: Row) -> None:
            if row["speciality"] not in SPECIALITIES:
                raise BadRow("row.unknown_speciality", "speciality", row["speciality"][:40])
            station = stations.get(row.get("station", ""))
            if row.get("station") and station is None:
                raise BadRow("row.unknown_station", "station", row["station"][:40])
            ladder, members = [row["leader"], *split(row.get("deputies", ""))], split(row.get("members", ""))
            stranger = next((person for person in (*ladder, *members) if person not in people), None)
            if stranger is not None:
                raise BadRow("row.unknown_person", "leader", stranger[:40])
            values = _team_values(row, station, where, known)
            writing.put(TeamRow, row["id"], values | {"ladder": ladder, "members": members})
            if row.get("lon"):
                at_station = (station.lon, station.lat) if station else None
                placed.append(Placed((values["lon"], values["lat"]), values["division"], at_station))

        bad = each_row(sheet, ("id", "name", "speciality", "size", "leader"), take, key="id")
        where.check(placed)
    return Report(writing.counts, bad, sheet.ignored)


def _team_values(row: Row, station: StationRow | None, where: Where, known: set[str]) -> dict[str, Any]:
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
