"""On a county's network: an authority that can vouch for nothing else, certificates in time, and a door that only hands out trust."""

import plistlib
import ssl
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from starlette.testclient import TestClient

from command.core.clock import ManualClock, SystemClock
from web_console.lan.authority import RENEW_BEFORE, SHOWN_FOR, LanAuthority
from web_console.lan.joining import joining_app
from web_console.lan.serving import Lan

NAMES = ["muster.local", "localhost"]


def lan_of(home: Path, clock: ManualClock | SystemClock, host: str = "192.168.7.9") -> Lan:
    return Lan(home, host=host, port=8443, clock=clock)


def handshake(authority: LanAuthority, asked: str) -> str | None:
    """A TLS client that trusts this authority alone and asks for this host: the version spoken. Raises as a client would."""
    server, client = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context(cadata=_pem(authority))
    server.load_cert_chain(authority.shown_file)
    to_client, to_server = ssl.MemoryBIO(), ssl.MemoryBIO()
    there = server.wrap_bio(to_server, to_client, server_side=True)
    here = client.wrap_bio(to_client, to_server, server_hostname=asked)
    waiting = [here, there]
    while waiting:
        for each in list(waiting):
            try:
                each.do_handshake()
                waiting.remove(each)
            except ssl.SSLWantReadError:
                continue
    return here.version()


def _pem(authority: LanAuthority) -> str:
    return authority.certificate.public_bytes(Encoding.PEM).decode()


@pytest.mark.parametrize("asked", ["192.168.7.9", "127.0.0.1", "localhost"])
def test_a_client_that_trusts_the_authority_meets_its_server(tmp_path: Path, asked: str) -> None:
    assert handshake(lan_of(tmp_path / "home", SystemClock()).authority, asked) == "TLSv1.3"


def test_another_host_and_another_authority_are_refused(tmp_path: Path) -> None:
    ours, theirs = (lan_of(tmp_path / name, SystemClock()).authority for name in ("ours", "theirs"))
    with pytest.raises(ssl.SSLCertVerificationError, match="mismatch"):
        handshake(ours, "192.168.7.10")
    ours.shown_file.write_bytes(theirs.shown_file.read_bytes())
    with pytest.raises(ssl.SSLCertVerificationError):
        handshake(ours, "192.168.7.9")


def test_who_trusts_it_trusts_it_for_no_site_of_the_open_network(tmp_path: Path) -> None:
    authority = LanAuthority(tmp_path / "home", now_ms=SystemClock().wall_ms())
    for addresses, names, asked in (([], ["bank.example"], "bank.example"), (["8.8.8.8"], ["localhost"], "8.8.8.8")):
        authority.renew(addresses, names, now_ms=SystemClock().wall_ms())
        with pytest.raises(ssl.SSLCertVerificationError, match="subtree"):
            handshake(authority, asked)
    with pytest.raises(ValueError, match="内网"):
        lan_of(tmp_path / "home", SystemClock(), host="8.8.8.8")


def test_the_certificate_is_renewed_in_time_and_for_new_addresses_by_the_same_authority(tmp_path: Path) -> None:
    clock, home = ManualClock(), tmp_path / "home"
    lan = lan_of(home, clock)
    first, authority = lan.authority.shown_file.read_bytes(), lan.authority.fingerprint
    assert not lan.renew()
    clock.advance(seconds=(SHOWN_FOR - RENEW_BEFORE - timedelta(days=3)).total_seconds())
    assert not lan.renew()
    clock.advance(seconds=timedelta(days=3).total_seconds())
    assert lan.renew()
    second = x509.load_pem_x509_certificate(lan.authority.shown_file.read_bytes())
    assert second != x509.load_pem_x509_certificate(first)
    assert second.not_valid_after_utc - second.not_valid_before_utc == SHOWN_FOR
    moved = lan_of(home, clock, host="10.1.2.3")
    assert x509.load_pem_x509_certificate(moved.authority.shown_file.read_bytes()) != second
    assert (moved.authority.fingerprint, moved.renew()) == (authority, False)


def test_keys_lie_beside_the_data_folder_for_their_owner_alone(tmp_path: Path) -> None:
    home = tmp_path / "data" / "home"
    home.mkdir(parents=True)
    lan_of(home, SystemClock())
    assert list(home.rglob("*")) == []
    held = {path.name: stat.S_IMODE(path.stat().st_mode) for path in home.parent.glob("home.lan-*")}
    assert held == {"home.lan-ca-key.pem": 0o600, "home.lan-ca.pem": 0o644, "home.lan-shown.pem": 0o600}


def test_without_tls_there_is_only_the_way_to_trust(tmp_path: Path) -> None:
    lan = lan_of(tmp_path / "home", SystemClock())
    with TestClient(joining_app(lan.authority, lan.address), base_url=lan.join_address) as client:
        page = client.get("/").text
        assert all(said in page for said in (lan.authority.fingerprint, "安卓", "iOS", "鸿蒙", "通知", f"{lan.address}/phone"))
        found = client.get("/ca.crt")
        assert found.headers["content-type"] == "application/x-x509-ca-cert"
        assert x509.load_der_x509_certificate(found.content) == lan.authority.certificate
        profile = client.get("/muster.mobileconfig")
        assert profile.headers["content-type"] == "application/x-apple-aspen-config"
        assert plistlib.loads(profile.content)["PayloadContent"][0]["PayloadContent"] == found.content
        for method, path in (("GET", "/api/v1/session"), ("POST", "/api/v1/session"), ("GET", "/phone")):
            answer = client.request(method, path, follow_redirects=False)
            assert (answer.status_code, "location" in answer.headers, lan.address in answer.text) == (426, False, True)


def test_the_terminal_shows_where_to_join_and_what_to_compare(tmp_path: Path) -> None:
    lan = lan_of(tmp_path / "home", SystemClock())
    said = "\n".join(lan.in_lines())
    assert all(
        part in said for part in ("https://192.168.7.9:8443/phone", lan.join_address, lan.authority.fingerprint, "▀", "屏幕常亮")
    )
