"""The one thing served without TLS: the authority's certificate, and a page that says how to trust it."""

import plistlib
import uuid
from collections.abc import Sequence
from html import escape

from cryptography.hazmat.primitives.serialization import Encoding
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from web_console.lan import words
from web_console.lan.authority import LanAuthority

_UPGRADE_REQUIRED = 426
_HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
}
_STYLE = (
    "body{font:17px/1.6 system-ui,sans-serif;max-width:40em;margin:0 auto;padding:16px;color:#111;background:#fff}"
    "a.do{display:block;margin:8px 0;padding:12px 16px;border:2px solid #111;border-radius:6px;color:#111;font-weight:700;text-decoration:none}"
    "code{display:block;padding:8px;background:#f0f0f0;overflow-wrap:anywhere;font-size:16px}"
    "p[lang=en],li span{color:#555;font-size:14px}li span{display:block}h2{margin:24px 0 4px;font-size:19px}"
    "@media(prefers-color-scheme:dark){body{background:#111;color:#eee}a.do{color:#eee;border-color:#eee}code{background:#222}p[lang=en],li span{color:#bbb}}"
)


def joining_app(authority: LanAuthority, address: str) -> Starlette:
    """`address`: of the HTTPS server. Nothing of the interface is here, and nobody is led on without seeing it."""
    page = _page(authority.fingerprint, address)
    der = authority.certificate.public_bytes(Encoding.DER)

    async def join(_request: Request) -> Response:
        return Response(page, media_type="text/html; charset=utf-8", headers=_HEADERS)

    async def certificate(_request: Request) -> Response:
        return _file(der, "application/x-x509-ca-cert", "muster-ca.crt")

    async def profile(_request: Request) -> Response:
        return _file(_profile(der, authority.fingerprint), "application/x-apple-aspen-config", "muster.mobileconfig")

    async def other(_request: Request) -> Response:
        said = "\n".join(each.format(address=address) for each in words.ONLY_TRUST)
        return PlainTextResponse(said, status_code=_UPGRADE_REQUIRED, headers={**_HEADERS, "upgrade": "TLS/1.2, HTTP/1.1"})

    every = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
    return Starlette(
        routes=[
            Route("/", join), Route("/ca.crt", certificate), Route("/muster.mobileconfig", profile),
            Route("/{path:path}", other, methods=every),
        ]
    )  # fmt: skip


def _file(content: bytes, kind: str, name: str) -> Response:
    return Response(content, media_type=kind, headers={**_HEADERS, "content-disposition": f'attachment; filename="{name}"'})


def _profile(der: bytes, fingerprint: str) -> bytes:
    """Apple's form of a certificate to install; the same one for the same authority."""
    root = {
        "PayloadType": "com.apple.security.root", "PayloadVersion": 1, "PayloadContent": der,
        "PayloadCertificateFileName": "muster-ca.cer", "PayloadIdentifier": "org.muster.lan.root",
        "PayloadUUID": str(uuid.uuid5(uuid.NAMESPACE_OID, fingerprint)).upper(), "PayloadDisplayName": words.PROFILE[0],
    }  # fmt: skip
    return plistlib.dumps({
        "PayloadType": "Configuration", "PayloadVersion": 1, "PayloadIdentifier": "org.muster.lan",
        "PayloadUUID": str(uuid.uuid5(uuid.NAMESPACE_URL, fingerprint)).upper(), "PayloadDisplayName": words.PROFILE[0],
        "PayloadDescription": words.PRIVATE_ONLY[0], "PayloadContent": [root],
    })  # fmt: skip


def _page(fingerprint: str, address: str) -> str:
    parts = [
        f"<!doctype html><html lang=zh><meta charset=utf-8><meta name=viewport content='width=device-width'><title>{words.TITLE[0]}</title>",
        f"<style>{_STYLE}</style><h1>{words.TITLE[0]} <span lang=en>{words.TITLE[1]}</span></h1>",
        _said(words.COMPARE), f"<code>{fingerprint}</code>", _said(words.WECHAT),
        _link("/ca.crt", words.GET), _link("/muster.mobileconfig", words.GET_IOS), _said(words.PRIVATE_ONLY),
        *(f"<h2>{zh} {en if en != zh else ''}</h2>{_list(steps, 'ol')}" for (zh, en), steps in words.STEPS),
        _link(f"{address}/phone", words.ENTER), _link(f"{address}/", words.ENTER_DESK),
        _said(words.LACKS), _list(words.LACKED, "ul"),
    ]  # fmt: skip
    return "".join(parts)


def _said(pair: tuple[str, str]) -> str:
    return f"<p>{escape(pair[0])}<p lang=en>{escape(pair[1])}"


def _link(to: str, pair: tuple[str, str]) -> str:
    return f"<a class=do href='{escape(to)}'>{escape(pair[0])} · <span lang=en>{escape(pair[1])}</span></a>"


def _list(pairs: Sequence[tuple[str, str]], tag: str) -> str:
    return f"<{tag}>" + "".join(f"<li>{escape(zh)}<span lang=en>{escape(en)}</span>" for zh, en in pairs) + f"</{tag}>"
