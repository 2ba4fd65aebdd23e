"""The HTTP application over one open house."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette._utils import get_route_path
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from command.core.errors import MusterError, Refused
from web_console.exercises.serving import Exercises
from web_console.house import House
from web_console.imports.drafts import Drafts
from web_console.links import Links
from web_console.pages import page_routes
from web_console.problems import on_error, respond
from web_console.routes import (
    alarms,
    calls,
    consents,
    directory,
    drills,
    entering,
    exercising,
    first,
    forecasts,
    ground,
    imports,
    incidents,
    looking,
    orders,
    phones,
    photos,
    places,
    plans,
    reaching,
    replays,
    responses,
    safety,
    scripts,
    sessions,
    sockets,
    surveying,
    teams,
    training,
    walls,
    warnings,
    watch,
    waves,
    ways,
    zones,
)
from web_console.routes.common import Handler, once
from web_console.routes.gateway import Gateways
from web_console.routes.links import AnswerLinks
from web_console.scripts.lands import Lands

ROUTES: tuple[tuple[str, str, Handler], ...] = (
    ("POST", "/session", sessions.desk_sign_in),
    ("POST", "/session/first", first.desk_first),
    ("GET", "/session", sessions.desk_session),
    ("DELETE", "/session", sessions.desk_sign_out),
    ("POST", "/me/session", sessions.phone_sign_in),
    ("POST", "/me/session/first", first.phone_first),
    ("GET", "/me/session", sessions.phone_session),
    ("DELETE", "/me/session", sessions.phone_sign_out),
    ("GET", "/tables", looking.tables),
    ("GET", "/locate", places.locate),
    ("GET", "/places", places.find),
    ("POST", "/places", places.save),
    ("POST", "/proposal", looking.proposal),
    ("GET", "/map", ground.about_map),
    ("GET", "/map/{layer}", ground.layer),
    ("GET", "/divisions", ground.divisions),
    ("GET", "/divisions/{division}/teams", teams.listed),
    ("GET", "/people/{person}/phones", teams.phones),
    ("POST", "/incidents", incidents.raise_incident),
    ("GET", "/incidents/{incident}", incidents.read_incident),
    ("GET", "/incidents/{incident}/reach", reaching.reach),
    ("GET", "/incidents/{incident}/detours", reaching.detours),
    ("POST", "/incidents/{incident}/sealed", incidents.open_sealed),
    ("POST", "/incidents/{incident}/verify", incidents.verify),
    ("POST", "/incidents/{incident}/stage", incidents.change_stage),
    ("POST", "/incidents/{incident}/needs", incidents.set_needs),
    ("POST", "/incidents/{incident}/severity", incidents.change_severity),
    ("POST", "/incidents/{incident}/place", incidents.set_place),
    ("POST", "/incidents/{incident}/informed", incidents.inform),
    ("POST", "/incidents/{incident}/dispose", incidents.dispose),
    ("POST", "/incidents/{incident}/merge", incidents.merge),
    ("POST", "/incidents/{incident}/reverse", incidents.reverse),
    ("POST", "/incidents/{incident}/lead", incidents.pass_lead),
    ("POST", "/incidents/{incident}/order", incidents.order),
    ("POST", "/incidents/{incident}/close", incidents.close),
    ("POST", "/incidents/{incident}/review", incidents.review),
    ("POST", "/incidents/{incident}/plan", plans.plan),
    ("GET", "/incidents/{incident}/why", waves.why),
    ("GET", "/incidents/{incident}/why/{wave}", waves.not_called),
    ("POST", "/alarms/acknowledged", alarms.acknowledge),
    ("POST", "/incidents/{incident}/photos", photos.add),
    ("GET", "/incidents/{incident}/photos/{photo}", photos.show),
    ("POST", "/mobilizations/{mobilization}/wave", waves.next_wave),
    ("POST", "/mobilizations/{mobilization}/waves/{wave}/withdraw", waves.withdraw_wave),
    ("GET", "/walls", walls.listed),
    ("POST", "/walls", walls.make),
    ("POST", "/walls/{wall}/revoke", walls.revoke),
    ("POST", "/wall/session", walls.open_wall),
    ("POST", "/directory", directory.open_directory),
    ("GET", "/posts", directory.duty_numbers),
    ("GET", "/watch", watch.colleagues),
    ("POST", "/watch/take", watch.take),
    ("POST", "/watch/offer", watch.offer),
    ("POST", "/watch/withdraw", watch.withdraw),
    ("POST", "/watch/end", watch.end),
    ("POST", "/watch/leader", watch.name_leader),
    ("POST", "/warnings", warnings.issue),
    ("POST", "/warnings/{warning}", warnings.change),
    ("POST", "/warnings/{warning}/lift", warnings.lift),
    ("POST", "/forecasts", forecasts.forecast),
    ("GET", "/replay", replays.span),
    ("GET", "/replay/picture", replays.picture),
    ("GET", "/replay/teams/{team}", replays.marks),
    ("GET", "/ground/coverage", surveying.covered),
    ("GET", "/ground/siting", surveying.placed),
    ("GET", "/ground/faults", surveying.faulty),
    ("POST", "/zones", zones.mark),
    ("POST", "/zones/look", zones.look),
    ("POST", "/zones/{zone}", zones.change),
    ("POST", "/zones/{zone}/lift", zones.lift),
    ("POST", "/zones/{zone}/sealed", zones.open_sealed),
    ("POST", "/responses", responses.start),
    ("POST", "/responses/{response}/sealed", responses.open_sealed),
    ("POST", "/responses/{response}/level", responses.change_level),
    ("POST", "/responses/{response}/end", responses.end),
    ("POST", "/mobilizations/{mobilization}/stand_down", calls.stand_down),
    ("POST", "/calls/{call}/noted", calls.note),
    ("POST", "/calls/{call}/number", calls.number),
    ("POST", "/replies/{reply}/sealed", calls.open_reply),
    ("POST", "/replies/{reply}/handled", calls.handle_reply),
    ("POST", "/people/{person}/availability", calls.note_availability),
    ("POST", "/incidents/{incident}/roll", safety.open_roll),
    ("POST", "/incidents/{incident}/roll/close", safety.close_roll),
    ("POST", "/calls/{call}/roll", safety.note_roll),
    ("POST", "/calls/{call}/crew", safety.open_crew),
    ("GET", "/calls/{call}/qr", safety.crew_qr),
    ("POST", "/people/{person}/sos", safety.note_sos),
    ("POST", "/sos/{person}/take", safety.take_sos),
    ("POST", "/sos/{person}/sealed", safety.open_sos),
    ("POST", "/sos/{person}/fine", safety.note_fine),
    ("POST", "/sos/{person}/resolve", safety.resolve_sos),
    ("POST", "/incidents/{incident}/orders", orders.give),
    ("POST", "/orders/{order}/noted", orders.note_receipt),
    ("POST", "/orders/{order}/call_off", orders.call_off),
    ("POST", "/orders/{order}/sealed", orders.open_order),
    ("POST", "/calls/{call}/dangers", orders.note_danger),
    ("POST", "/dangers/{danger}/acknowledge", orders.acknowledge),
    ("POST", "/dangers/{danger}/sealed", orders.open_danger),
    ("GET", "/drill", drills.read),
    ("GET", "/drill/library", drills.library),
    ("POST", "/drill/injects/{no}/release", drills.release),
    ("POST", "/drill/injects/{no}/hold", drills.hold),
    ("POST", "/drill/injects/{no}/skip", drills.skip),
    ("POST", "/drill/injects/{no}/time", drills.correct),
    ("POST", "/drill/measures/{no}/{measure}/score", drills.score_measure),
    ("POST", "/drill/objectives/{objective}/rating", drills.rate),
    ("POST", "/drill/improvements", drills.improve),
    ("GET", "/drill/rules", drills.rules),
    ("POST", "/drill/stop", drills.stop),
    ("POST", "/drill/end", drills.end),
    ("POST", "/drill/clock", drills.clock),
    ("GET", "/scripts", scripts.listed),
    ("POST", "/scripts/check", scripts.checked),
    ("POST", "/scripts/import", scripts.from_file),
    ("GET", "/scripts/ground", scripts.ground),
    ("GET", "/scripts/ground/{layer}", scripts.ground_layer),
    ("GET", "/scripts/{script}", scripts.read),
    ("PUT", "/scripts/{script}", scripts.save),
    ("DELETE", "/scripts/{script}", scripts.delete),
    ("POST", "/scripts/{script}/copy", scripts.copy),
    ("GET", "/scripts/{script}/file", scripts.as_file),
    ("GET", "/scripts/{script}/msel", scripts.as_workbook),
    ("GET", "/me", calls.me),
    ("POST", "/me/sos", safety.raise_sos),
    ("POST", "/me/sos/fine", safety.fine),
    ("GET", "/me/calls/{call}/route", ways.route),
    ("POST", "/me/calls/{call}/roll", safety.answer_roll),
    ("POST", "/me/calls/{call}/orders/{order}", orders.receipt),
    ("POST", "/me/calls/{call}/dangers", orders.report),
    ("POST", "/me/dangers/{danger}/photos", orders.add_photo),
    ("POST", "/me/calls/{call}/answer", calls.answer_call),
    ("POST", "/me/calls/{call}/progress", calls.progress),
    ("POST", "/me/calls/{call}/names", calls.names),
    ("POST", "/me/calls/{call}/seen", calls.seen),
    ("POST", "/me/availability", calls.availability),
    ("POST", "/imports", imports.upload),
    ("GET", "/imports/example", imports.example),
    ("GET", "/imports/{draft}", imports.look),
    ("DELETE", "/imports/{draft}", imports.drop),
    ("POST", "/imports/{draft}/match", imports.match),
    ("POST", "/imports/{draft}/missing", imports.missing),
    ("POST", "/imports/{draft}/commit", imports.commit),
    ("GET", "/imports/{draft}/refused", imports.refused),
    ("POST", "/me/session/link", phones.bind),
    ("POST", "/me/phone_test", phones.report_test),
    ("POST", "/me/consent", consents.give),
    ("POST", "/me/consent/withdraw", consents.withdraw),
    ("GET", "/people/{person}/consent", consents.look),
    ("POST", "/people/{person}/consent", consents.note),
    ("POST", "/people/{person}/consent/withdraw", consents.note_withdrawal),
    ("GET", "/me/exercises", entering.mine),
    ("POST", "/me/exercises/{exercise}/enter", entering.enter),
    ("GET", "/exercises", entering.listed),
    ("GET", "/exercises/all", exercising.listed),
    ("GET", "/exercises/choices", exercising.choices),
    ("POST", "/exercises/reckoning", exercising.reckoned),
    ("POST", "/exercises", exercising.prepare),
    ("POST", "/exercises/{exercise}/stop", exercising.stop),
    ("POST", "/exercises/{exercise}/file", exercising.file),
    ("POST", "/exercises/{exercise}/delete", exercising.delete),
    ("GET", "/training", training.listed),
    ("POST", "/training/{exercise}", training.approve),
    ("POST", "/exercises/{exercise}/enter", entering.enter_desk),
    ("POST", "/people/{person}/device_link", phones.link),
    ("POST", "/people/{person}/phones/{phone}/unbind", phones.unbind),
)


def make_app(house: House, *, live: bool, beside: Callable[[House], Coroutine[None, None, None]] | None = None,
             gateway_secret: str = "", public_url: str = "", exercises: Exercises | None = None) -> FastAPI:  # fmt: skip
    """`live`: the house lives by the clock while the application runs; tests settle it themselves.
    `beside`: what else lives as long as the application does (the demo's simulated leaders).
    `gateway_secret`: what a gateway must know that brings replies; "" shuts that door. `public_url`: how
    links to answer by begin; "" as the desk that makes them is reached. `exercises`: what is held beside this realm."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        await house.open()
        if live:
            house.run()
        if exercises is not None:
            await exercises.look()
            if live:
                exercises.run()
        companion = asyncio.create_task(beside(house)) if beside is not None else None
        yield
        if companion is not None:
            companion.cancel()
            await asyncio.gather(companion, return_exceptions=True)
        if exercises is not None:
            await house.life.stop()
            await exercises.close()
        await house.close()

    app = FastAPI(title="Muster 集结", version="1", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.house = house
    app.state.drafts = Drafts()
    app.state.exercises = exercises
    app.state.lands = Lands()
    for method, path, handler in ROUTES:
        app.add_route(f"/api/v1{path}", once(handler) if method == "POST" else handler, methods=[method])
    gateways, links = Gateways(gateway_secret), AnswerLinks(Links(house.realm.vault), public_url=public_url)
    app.add_route("/api/v1/mobilizations/{mobilization}/links", once(links.make), methods=["POST"])
    app.add_route("/api/v1/links/{token}", links.show, methods=["GET"])
    app.add_route("/api/v1/links/{token}/answer", links.take, methods=["POST"])
    app.add_route("/api/v1/gateway/sms", gateways.text, methods=["POST"])
    app.add_route("/api/v1/gateway/voice", gateways.keys, methods=["POST"])
    app.add_route("/healthz", looking.health, methods=["GET"])
    app.add_api_websocket_route("/api/v1/feed", sockets.desk_feed)
    app.add_api_websocket_route("/api/v1/wall/feed", walls.wall_feed)
    app.add_api_websocket_route("/api/v1/me/feed", sockets.phone_feed)
    if exercises is not None:
        app.mount("/x", exercises)
    app.router.routes.extend(page_routes())
    app.add_middleware(NeverStored)
    app.add_exception_handler(MusterError, on_error)
    app.add_exception_handler(HTTPException, _on_http_error)
    app.add_exception_handler(Exception, on_error)
    return app


class NeverStored:
    """No cache keeps what the interface answers; what says otherwise of itself (a layer with its ETag) is left as it is."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not get_route_path(scope).startswith(("/api/", "/healthz")):
            await self._app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).setdefault("cache-control", "no-store")
            await send(message)

        await self._app(scope, receive, sending)


async def _on_http_error(_request: Request, error: Exception) -> Response:
    """Starlette's own refusals in our one shape."""
    method_not_allowed = isinstance(error, HTTPException) and error.status_code == 405  # noqa: PLR2004 -- HTTP
    return respond(Refused("page.method" if method_not_allowed else "page.unknown"))
