"""Drill files (剧本) by the trainer's page of a live realm: the library, the shelf of own ones, and the ground they are written over.
A trainer may write, an observer look; nobody else either.
"""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

import msgspec
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from command.core.errors import Refused
from drills.conduct.refusals import FAULTS
from drills.scenario import Scenario, ScenarioFault, parse
from drills.scenario.checking import Fault, check
from drills.scenario.msel import write_msel
from drills.scenario.reading import LARGEST, of_form
from web_console.bodies_scripts import CheckBody, SaveBody
from web_console.directory import OfficerName
from web_console.house import House
from web_console.imports.worker import Order, ask_worker
from web_console.layers import etag
from web_console.requests import decode, raw_body
from web_console.routes.common import answer, check_origin, house_of, signed_officer
from web_console.scripts.lands import Land, Lands, land_of, layer_of
from web_console.scripts.shelf import Script
from web_console.trainer.exercise import MAY_ACT, MAY_FOLLOW

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BODY_MOST = 2 * LARGEST
_ZIP = b"PK"


def _looks(connection: HTTPConnection) -> OfficerName:
    officer = signed_officer(connection)
    if officer.role not in MAY_FOLLOW:
        raise Refused("session.role")
    if house_of(connection).kind == "drill":
        raise Refused("script.realm")
    return officer


def _writes(request: Request) -> None:
    check_origin(request)
    if _looks(request).role not in MAY_ACT:
        raise Refused("session.role")


async def listed(request: Request) -> Response:
    """Own ones first."""
    _looks(request)
    return answer([_row(each) for each in await house_of(request).apart(lambda: [*house_of(request).scripts.all()])])


async def read(request: Request) -> Response:
    """A whole drill as JSON, in the shape of its file."""
    _looks(request)
    found = house_of(request).scripts.get(request.path_params["script"])
    return answer({"id": found.id, "revision": found.revision, "scenario": house_of(request).scripts.sound(found.id)})


async def checked(request: Request) -> Response:
    """Every fault by its place, as `muster drill check` names them, and what this ground has not. Nothing is kept."""
    _writes(request)
    body = decode(await raw_body(request, most=_BODY_MOST), CheckBody)
    found = await house_of(request).apart(_faults, request.app.state.lands, house_of(request), body.scenario)
    return answer({"faults": _told(found)})


async def save(request: Request) -> Response:
    """In the place of the revision that was opened. 409 `script.changed` where somebody else was quicker."""
    _writes(request)
    body = decode(await raw_body(request, most=_BODY_MOST), SaveBody)
    scenario = _scenario(body.scenario)
    if scenario.id != request.path_params["script"]:
        raise Refused("script.id")
    house = house_of(request)
    before = {each.id for each in house.scripts.all()}
    found = await house.apart(lambda: house.scripts.save(scenario, revision=body.revision))
    return answer({"id": found.id, "revision": found.revision}, status=200 if found.id in before else 201)


async def copy(request: Request) -> Response:
    """Another one with the same content, also of one that comes along -> 201."""
    _writes(request)
    found = await house_of(request).apart(house_of(request).scripts.copy, request.path_params["script"])
    return answer({"id": found.id, "revision": found.revision}, status=201)


async def delete(request: Request) -> Response:
    _writes(request)
    house_of(request).scripts.delete(request.path_params["script"], revision=request.query_params.get("revision", ""))
    return Response(status_code=204)


async def as_file(request: Request) -> Response:
    """The drill file itself (YAML)."""
    _looks(request)
    script = request.path_params["script"]
    return _download(house_of(request).scripts.text(script), "application/yaml", f"{script}.yaml", f"{script}.yaml")


async def as_workbook(request: Request) -> Response:
    """The list of scenario events (XLSX)."""
    _looks(request)
    scenario = house_of(request).scripts.sound(request.path_params["script"])
    return _download(await house_of(request).apart(write_msel, scenario), _XLSX, f"{scenario.id}.xlsx", f"{scenario.zh}.xlsx")


async def from_file(request: Request) -> Response:
    """A workbook or a drill file, as a drill that is not saved yet, or its faults by place. A workbook is read in a process of its own."""
    _writes(request)
    try:
        raw = await raw_body(request, most=LARGEST)
    except Refused as refusal:
        if refusal.code == "body.too_large":
            raise Refused("file.too_large", most=LARGEST >> 20) from None
        raise
    try:
        scenario, by_hand = await house_of(request).apart(_brought, raw)
    except ScenarioFault as fault:
        return answer({"scenario": None, "by_hand": (), "faults": _told(fault.faults)})
    return answer({"scenario": scenario, "by_hand": by_hand, "faults": ()})


async def ground(request: Request) -> Response:
    """Where it plays: `?seed=` of a made-up city, else this realm."""
    _looks(request)
    land = await _land(request)
    return answer(await house_of(request).apart(land.shown))


async def ground_layer(request: Request) -> Response:
    """One layer of a made-up city; those of this realm are at their usual address."""
    _looks(request)
    content = layer_of(await _land(request), request.path_params["layer"])
    headers = {"etag": etag(content), "cache-control": "private, no-cache"}
    if request.headers.get("if-none-match") == headers["etag"]:
        return Response(status_code=304, headers=headers)
    return Response(content, media_type="application/geo+json", headers=headers)


async def _land(request: Request) -> Land:
    seed = request.query_params.get("seed")
    if seed is None:
        return land_of(house_of(request))
    if not (seed.isascii() and seed.isdigit() and int(seed) <= 2**53):
        raise Refused("query.field", field="seed")
    land: Land = await house_of(request).apart(request.app.state.lands.made_up, int(seed))
    return land


def _faults(lands: Lands, house: House, plain: dict[str, Any]) -> list[Fault]:
    """Of form the first, of sense all; of the ground, once the rest is sound."""
    try:
        scenario = msgspec.convert(plain, Scenario)
    except msgspec.ValidationError as error:
        return [of_form(error)]
    found = [*check(scenario)]
    if not found:
        try:
            (land_of(house) if scenario.city is None else lands.made_up(scenario.city.seed)).must_hold(scenario)
        except ScenarioFault as fault:
            found = [*fault.faults]
    return found


def _told(faults: Iterable[Fault]) -> list[dict[str, str]]:
    return [{**each._asdict(), "zh": FAULTS[each.code][0], "en": FAULTS[each.code][1]} for each in faults]


def _brought(raw: bytes) -> tuple[Scenario, tuple[str, ...]]:
    """Raises Refused(file.…), ScenarioFault."""
    if not raw.startswith(_ZIP):
        return parse(raw), ()
    done = ask_worker(Order(act="msel", raw=raw))
    return parse(done.raw), done.by_hand


def _scenario(plain: dict[str, Any]) -> Scenario:
    """Raises ScenarioFault."""
    try:
        return msgspec.convert(plain, Scenario)
    except msgspec.ValidationError as error:
        raise ScenarioFault((of_form(error),)) from None


def _row(script: Script) -> dict[str, object]:
    """`where`: it brings a made-up city, or plays on the people of a realm; `same`: texts whose English is the Chinese."""
    drill = script.scenario
    row: dict[str, object] = {"id": script.id, "revision": script.revision, "shipped": script.is_shipped, "faults": script.faults}
    if drill is None:
        return {**row, "zh": script.id, "en": script.id, "injects": 0, "objectives": [], "lasts_min": 0, "where": "", "same": 0}
    return {
        **row, "zh": drill.zh, "en": drill.en, "form": drill.form, "aim": drill.aim, "no_notice": drill.no_notice,
        "injects": len(drill.injects), "lasts_min": drill.lasts_min, "where": "registry" if drill.city is None else "made_up",
        "objectives": [{"zh": each.zh, "en": each.en} for each in drill.objectives],
        "same": _untranslated(drill),
    }  # fmt: skip


def _untranslated(drill: Scenario) -> int:
    texts = [(drill.zh, drill.en)]
    texts += [(each.zh, each.en) for each in drill.objectives]
    texts += [(each.zh, each.en) for each in drill.incidents.values()]
    texts += [pair for each in drill.injects for pair in ((each.zh, each.en), (each.expect_zh, each.expect_en))]
    return sum(zh == en != "" for zh, en in texts)


def _download(content: bytes, kind: str, plain: str, name: str) -> Response:
    """Its name in Chinese by RFC 6266."""
    said = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    return Response(content, media_type=kind, headers={"content-disposition": said, "x-content-type-options": "nosniff"})
