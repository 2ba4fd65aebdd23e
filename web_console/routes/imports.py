"""Lists of people and teams by the page of their station: upload, match, look, store. Nothing personal stands in an address."""

from starlette.requests import Request
from starlette.responses import Response

from command.core.errors import Refused
from command.core.facts import Authority
from web_console.bodies import CommitBody, MatchBody, MissingBody
from web_console.directory import OfficerName
from web_console.imports.drafts import KIND, Draft, Drafts, SheetPlan, plan_for
from web_console.imports.example import messy_example
from web_console.imports.missing import find_missing
from web_console.imports.shown import TITLES, sheets_back, show
from web_console.imports.station import station_for
from web_console.imports.work import commit as store
from web_console.imports.work import match as match_columns
from web_console.imports.work import read_draft
from web_console.imports.worker import Order, ask_worker
from web_console.requests import decode, raw_body
from web_console.routes.common import answer, check_origin, house_of, signed_officer

FILE_MOST_MB = 8
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def drafts_of(request: Request) -> Drafts:
    drafts = request.app.state.drafts
    assert isinstance(drafts, Drafts)  # noqa: S101 -- put there by make_app
    return drafts


async def upload(request: Request) -> Response:
    """A workbook, read in a process of its own -> 201 with the draft. That people's values are opened is recorded first."""
    check_origin(request)
    officer, house = signed_officer(request), house_of(request)
    if house.kind == "drill":
        raise Refused("import.exercise")  # only who was enrolled is ever in one
    station = station_for(house.names, officer, request.query_params.get("station", ""))
    try:
        raw = await raw_body(request, most=FILE_MOST_MB * 1024 * 1024)
    except Refused as refusal:
        if refusal.code == "body.too_large":
            raise Refused("file.too_large", most=FILE_MOST_MB) from None
        raise
    await _record_look(request, officer, station.id)
    draft = await house.apart(lambda: read_draft(house, raw, owner=f"officer:{officer.id}", station=station.id))
    drafts_of(request).keep(draft)
    return answer(show(draft, station=station.name), status=201)


async def look(request: Request) -> Response:
    draft, _ = _mine(request)
    return _shown(request, draft)


async def match(request: Request) -> Response:
    """Other sheets, headings or columns; remembered for the next such file."""
    check_origin(request)
    draft, officer = _mine(request)
    body = decode(await raw_body(request), MatchBody)
    _check_open(draft)
    plans = _plans(draft, body)
    await _record_look(request, officer, draft.station)
    house = house_of(request)
    await house.apart(match_columns, house, draft, plans)
    return _shown(request, draft)


async def missing(request: Request) -> Response:
    """Who of those the file does not have is meant by what was typed. By POST: a name stands in no address."""
    check_origin(request)
    draft, _ = _mine(request)
    body = decode(await raw_body(request), MissingBody)
    leaving = draft.proposal.leaving if draft.proposal is not None else ()
    return answer({"found": await house_of(request).apart(find_missing, leaving, body.q)})


async def commit(request: Request) -> Response:
    """Store what was shown; afterwards the log has heard of it."""
    check_origin(request)
    draft, officer = _mine(request)
    body = decode(await raw_body(request), CommitBody)
    house = house_of(request)
    station_for(house.names, officer, draft.station)
    await _record_look(request, officer, draft.station)
    await house.apart(lambda: store(house, draft, rev=body.rev, leaving=body.leaving))
    await house.relay()
    return _shown(request, draft)


async def refused(request: Request) -> Response:
    """The refused lines as the workbook they came in, with the reasons."""
    draft, _ = _mine(request)
    lang = "en" if request.query_params.get("lang") == "en" else "zh"
    order = Order(act="give_back", raw=draft.raw, form=draft.book.form, sheets=sheets_back(draft, lang), title=TITLES[lang])
    done = await house_of(request).apart(ask_worker, order)
    return Response(done.raw, media_type=_XLSX, headers={"X-Content-Type-Options": "nosniff"})


async def drop(request: Request) -> Response:
    check_origin(request)
    draft, _ = _mine(request)
    drafts_of(request).drop(draft)
    return Response(status_code=204)


async def example(request: Request) -> Response:
    """A made-up workbook with everything that goes wrong in one, to try the page with; in the demo only."""
    signed_officer(request)
    house = house_of(request)
    if house.kind != "demo":
        raise Refused("page.unknown")
    return Response(await house.apart(messy_example), media_type=_XLSX)


def _mine(request: Request) -> tuple[Draft, OfficerName]:
    officer, house = signed_officer(request), house_of(request)
    draft = drafts_of(request).find(request.path_params["draft"], owner=f"officer:{officer.id}", now_ms=house.core.now_ms())
    return draft, officer


def _shown(request: Request, draft: Draft) -> Response:
    return answer(show(draft, station=house_of(request).names.stations[draft.station].name))


def _check_open(draft: Draft) -> None:
    if draft.done is not None:
        raise Refused("import.done")


def _plans(draft: Draft, body: MatchBody) -> list[SheetPlan]:
    """As somebody says; where the headings or the kind are others than before, the columns are guessed anew."""
    if len(body.sheets) != len(draft.plans):
        raise Refused("body.field", field="sheets", detail=f"{len(draft.plans)}")
    plans = []
    for sheet, was, said in zip(draft.book.sheets, draft.plans, body.sheets, strict=True):
        plan = (
            was
            if (was.kind, was.first, was.last) == (said.kind, said.first, said.last)
            else plan_for(sheet, said.kind, said.first, said.last)
        )
        columns = list(said.columns) if said.columns is not None and len(said.columns) == len(plan.columns) else plan.columns
        allowed = {column.name for column in KIND[said.kind].columns} if said.kind else set()
        named = [name for name in columns if name]
        if not allowed.issuperset(named) or len(set(named)) != len(named):
            raise Refused("import.columns")
        plans.append(SheetPlan(kind=said.kind, first=said.first, last=said.last, columns=columns, remembered=plan.remembered))
    return plans


async def _record_look(request: Request, officer: OfficerName, station: str) -> None:
    house = house_of(request)
    authority = Authority(post=officer.post, role=officer.role)
    await house.ask(house.opening(f"station:{station}"), actor=f"officer:{officer.id}", authority=authority)
