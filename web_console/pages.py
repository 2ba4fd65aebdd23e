"""The built front end, served with a strict policy: our own files, no other host, no inline script."""

import gzip
from collections.abc import Awaitable, Callable
from functools import lru_cache
from mimetypes import guess_type
from pathlib import Path

from starlette._utils import get_route_path
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route

BUILT = Path(__file__).parent / "built"
POLICY = (
    "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(), microphone=(), geolocation=(self)",
    "cross-origin-opener-policy": "same-origin",
}
_PAGES = {"/": "index.html", "/phone": "phone.html", "/wall": "wall.html", "/a/{token}": "link.html", "/trainer": "trainer.html"}
_BESIDE = {
    "sw.js": "text/javascript", "phone.webmanifest": "application/manifest+json", "icon-192.png": "image/png", "icon-512.png": "image/png",
}  # fmt: skip
"""What the phone page needs under a name that stays: its service worker, and what makes it installable."""
_TYPES = {".mjs": "text/javascript", ".js": "text/javascript"}
_NOT_BUILT = (
    "<!doctype html><meta charset=utf-8><title>集结 Muster</title>"
    "<p>页面尚未构建，请用 make run 启动。<p>The pages are not built yet: start with make run."
)


_GONE = (
    "<!doctype html><html lang=zh-CN><meta charset=utf-8><meta name=viewport content='width=device-width, initial-scale=1'>"
    "<title>集结 Muster</title><main style='font-family:sans-serif;max-width:32rem;margin:4rem auto;padding:0 1rem;line-height:1.7'>"
    "<h1 style='font-size:1.3rem'>这场演练已结束或已删除</h1><p>This exercise is over or was deleted.</p>"
    "<p><a href='/phone'>回到集结（队长）· Muster for leaders</a></p><p><a href='/'>回到调度台 · The desk</a></p></main></html>"
)


@lru_cache(maxsize=64)
def _packed(path: Path) -> bytes:
    """Packed once: the name of an asset changes with its content."""
    return gzip.compress(path.read_bytes(), mtime=0)


def gone_page() -> Response:
    """Where an exercise was."""
    return Response(_GONE, status_code=410, media_type="text/html", headers={**HEADERS, "cache-control": "no-store"})


def page_routes(folder: Path = BUILT) -> list[BaseRoute]:
    """The pages, and their files under `/assets`, whose names change with their content."""

    def page(name: str) -> Callable[[Request], Awaitable[Response]]:
        async def shown(_request: Request) -> Response:
            path = folder / name
            if not path.exists():
                return Response(_NOT_BUILT, status_code=503, media_type="text/html", headers=HEADERS)
            return FileResponse(path, headers={**HEADERS, "cache-control": "no-cache"})

        return shown

    async def beside(request: Request) -> Response:
        name = get_route_path(request.scope)[1:]
        path = folder / name
        if not path.is_file():
            return Response(status_code=404, headers=HEADERS)
        return FileResponse(path, media_type=_BESIDE[name], headers={**HEADERS, "cache-control": "no-cache"})

    async def asset(request: Request) -> Response:
        name = request.path_params["name"]
        path = folder / "assets" / name
        if "/" in name or not path.is_file():
            return Response(status_code=404, headers=HEADERS)
        kept = {**HEADERS, "cache-control": "public, max-age=31536000, immutable", "vary": "accept-encoding"}
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(
                _packed(path),
                media_type=_TYPES.get(path.suffix) or guess_type(name)[0],
                headers={**kept, "content-encoding": "gzip"},
            )
        return FileResponse(path, media_type=_TYPES.get(path.suffix), headers=kept)

    named = [*(Route(path, page(name)) for path, name in _PAGES.items()), *(Route(f"/{name}", beside) for name in _BESIDE)]
    return [*named, Route("/assets/{name}", asset)]
