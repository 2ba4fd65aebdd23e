"""The built front end, served with a strict policy: our own files, no other host, no inline script."""

import gzip
from collections.abc import Awaitable, Callable
from functools import lru_cache
from mimetypes import guess_type
from pathlib import Path

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
_PAGES = {"/": "index.html", "/phone": "phone.html", "/wall": "wall.html", "/a/{token}": "link.html"}
_BESIDE = {
    "sw.js": "text/javascript", "phone.webmanifest": "application/manifest+json", "icon-192.png": "image/png", "icon-512.png": "image/png",
}  # fmt: skip
"""What the phone page needs under a name that stays: its service worker, and what makes it installable."""
_TYPES = {".mjs": "text/javascript", ".js": "text/javascript"}
_NOT_BUILT = (
    "<!doctype html><meta charset=utf-8><title>集结 Muster</title>"
    "<p>页面尚未构建，请用 make run 启动。<p>The pages are not built yet: start with make run."
)


@lru_cache(maxsize=64)
def _packed(path: Path) -> bytes:
    """Packed once: the name of an asset changes with its content."""
    return gzip.compress(path.read_bytes(), mtime=0)


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
        name = request.url.path[1:]
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
