"""Photos of an incident: stripped, sealed, opened on request."""

import hashlib

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from command.core.errors import Refused
from command.core.facts import Authority
from incidents import AddPhoto
from web_console.requests import PHOTO_MOST, command_id, fingerprint, raw_body
from web_console.routes.common import Asking, check_origin, commander_of, house_of, receipt_answer


async def add(request: Request) -> Response:
    """Keep a photo. It is durable in the blobs before the log says so; its name comes from the command, so a retry is the same."""
    check_origin(request)
    officer, house = commander_of(request), house_of(request)
    incident, id_ = request.path_params["incident"], command_id(request)
    if house.screens.picture(officer.post, incident) is None:
        raise Refused("incident.unknown", incident=incident)
    raw = await raw_body(request, most=PHOTO_MOST)
    bare, mime = await house.apart.strip(raw)
    mark = fingerprint(request, raw)
    photo = name_of(id_, mark)
    await run_in_threadpool(house.realm.blobs.put, photo, f"incident:{incident}", bare)
    asking = Asking(house, None, f"officer:{officer.id}", id_, mark, Authority(post=officer.post, role=officer.role))
    return receipt_answer(await asking(AddPhoto(incident=incident, photo=photo, mime=mime, size=len(bare))))


def name_of(command: str, mark: bytes) -> str:
    """The same picture sent again with its command's id is the same photo."""
    return f"photo-{hashlib.sha256(command.encode() + mark).hexdigest()[:32]}"


async def show(request: Request) -> Response:
    """The picture, for a post that covers the incident; 404 once erased. Looking is recorded."""
    officer, house = commander_of(request), house_of(request)
    incident, photo = request.path_params["incident"], request.path_params["photo"]
    state = house.view.incident(incident)
    seen = house.screens.picture(officer.post, incident)
    if state is None or seen is None or photo not in state.photos:
        raise Refused("photo.unknown")
    plain = await run_in_threadpool(house.realm.blobs.get, photo, f"incident:{incident}")
    if plain is None:
        raise Refused("photo.unknown")
    authority = Authority(post=officer.post, role=officer.role)
    await house.ask(house.opening(f"incident:{incident}"), actor=f"officer:{officer.id}", authority=authority)
    mime = "image/png" if plain.startswith(b"\x89PNG") else "image/jpeg"
    return Response(plain, media_type=mime, headers={"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"})
