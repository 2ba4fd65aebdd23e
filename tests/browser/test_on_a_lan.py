"""A demo on the county's network, as `make run LAN=1` serves it: trusted by its own authority alone, and a phone signs in over TLS."""

import re
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import httpx2
import pytest
from playwright.sync_api import Browser, expect

from tests.browser.seats import PHONE, check_access, fits, open_page, picture

pytestmark = pytest.mark.browser
HERE = "127.0.0.1"
TRIES = 1_800


class Served(NamedTuple):
    """`said`: what the terminal shows."""

    port: int
    said: str


@pytest.fixture
def lan(tmp_path: Path) -> Iterator[Served]:
    with socket.socket() as probe:
        probe.bind((HERE, 0))
        port = probe.getsockname()[1]
    log = tmp_path / "server.log"
    command = [sys.executable, "-m", "web_console.cli", "--home", str(tmp_path / "home"), "serve", "--demo", "--lan"]
    with log.open("wb") as out:
        server = subprocess.Popen([*command, "--host", HERE, "--port", str(port)], stdout=out, stderr=out)
    try:
        with httpx2.Client(timeout=2) as client:
            for _ in range(TRIES):
                with suppress(httpx2.TransportError):
                    client.get(f"http://{HERE}:{port + 1}/")
                    break
                assert server.poll() is None, log.read_text("utf-8")
                with suppress(subprocess.TimeoutExpired):
                    server.wait(0.1)
            else:
                pytest.fail("the server does not answer")
        yield Served(port, log.read_text("utf-8"))
    finally:
        server.terminate()
        server.wait(20)


def test_a_phone_joins_over_tls_by_an_authority_that_it_fetched(lan: Served, plain: Browser) -> None:
    faults: list[str] = []
    assert all(part in lan.said for part in ("▀", f"http://{HERE}:{lan.port + 1}/", "屏幕常亮")), (
        "the code to join, what it lacks"
    )
    address = f"https://{HERE}:{lan.port}"
    with httpx2.Client() as stranger, pytest.raises(httpx2.ConnectError):
        stranger.get(f"{address}/phone")
    with httpx2.Client() as client:
        found = client.get(f"http://{HERE}:{lan.port + 1}/ca.crt").content
    trusting = ssl.create_default_context(cadata=ssl.DER_cert_to_PEM_cert(found))
    with httpx2.Client(verify=trusting) as client:
        answer = client.get(f"{address}/phone")
    assert (answer.status_code, "集结" in answer.text) == (200, True)

    # whoever has looked at the warning and gone on: what that phone lacks is said, and it works
    page = open_page(plain.new_context(viewport=PHONE, locale="zh-CN", ignore_https_errors=True), faults)  # type: ignore[arg-type]
    page.goto(f"{address}/phone")
    page.fill("input[name=login]", "leader")
    password = re.search(r"^  leader +(\S+)", lan.said, re.MULTILINE)
    assert password is not None
    page.fill("input[name=password]", password[1])
    page.click("button.solid")
    page.wait_for_selector("[data-link=live]")
    assert page.evaluate("location.protocol") == "https:"
    expect(page.locator("main")).to_contain_text("没有任务召集")
    expect(page.locator("main")).to_contain_text("本机受限")
    assert fits(page)
    check_access(page, "a phone on a county's network")
    picture(page, "phone-lan-zh")
    assert all(each["secure"] for each in page.context.cookies()), "its sign-in goes nowhere in the clear"
    assert faults == []
