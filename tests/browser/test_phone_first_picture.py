"""The first picture of the phone page on a bad line: few files, nothing waited for that it does not show, and all the rest soon after."""

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.seats import PHONE, desk_of, open_page

pytestmark = pytest.mark.browser
PARTS = "**/assets/parts-*.js"
HELD = """
caches.keys().then((names) => caches.open(names[0])).then((cache) => cache.keys()).then((kept) => kept.map((each) => new URL(each.url).pathname))
"""
LOADED = "performance.getEntriesByType('resource').map((each) => new URL(each.name).pathname).filter((path) => path.startsWith('/assets/'))"


def again(plain: Browser, address: str, faults: list[str]) -> Page:
    """A page of somebody who is signed in and said before that he is off duty; nothing of it is in this browser yet."""
    first = desk_of(plain, address, "leader", faults, size=PHONE)
    first.get_by_role("button", name="不在班").click()
    expect(first.locator("h2").first).to_be_visible()
    expect(first.locator("[data-said=sent]")).to_be_visible()
    signed = first.context.storage_state()
    context = plain.new_context(viewport=PHONE, locale="zh-CN", storage_state=signed)  # type: ignore[arg-type]
    first.context.close()
    return open_page(context, faults)


def test_it_says_how_the_leader_stands_before_the_rest_has_come_and_the_socket_has_spoken(address: str, plain: Browser) -> None:
    faults: list[str] = []
    phone = again(plain, address, faults)
    phone.route_web_socket("**/api/v1/me/feed", lambda _: None)  # joined, and silent
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    phone.route(PARTS, hold)
    with phone.expect_request(PARTS):
        phone.goto(f"{address}/phone")
    expect(phone.get_by_role("button", name="不在班")).to_have_attribute("aria-pressed", "true")
    expect(phone.get_by_role("button", name="可召集")).to_have_attribute("aria-pressed", "false")
    expect(phone.locator("main li b").first).to_be_visible()
    assert phone.locator("[data-reach]").count() == 0, "nobody has heard this page yet"
    assert phone.locator("[data-sos]").count() == 0
    for each in held:
        each.continue_()
    expect(phone.locator("[data-sos]")).to_be_visible()
    expect(phone.locator("[data-test=idle]")).to_be_visible()
    assert faults == []


@pytest.mark.parametrize("lost", [1, 2])
def test_parts_that_do_not_come_are_asked_for_until_they_are_here(address: str, plain: Browser, lost: int) -> None:
    faults: list[str] = []
    phone, asked = again(plain, address, faults), list[str]()

    def fail(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) <= lost:
            route.abort()
        else:
            route.continue_()

    phone.route(PARTS, fail)
    phone.goto(f"{address}/phone")
    expect(phone.get_by_role("button", name="不在班")).to_be_visible()
    expect(phone.locator("[data-sos]")).to_be_visible()
    assert len(asked) == lost + 1
    assert faults == []


def test_its_worker_holds_all_that_the_page_is_made_of(address: str, plain: Browser) -> None:
    faults: list[str] = []
    phone = desk_of(plain, address, "leader", faults, size=PHONE)
    phone.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
    held, loaded = set(phone.evaluate(HELD)), set(phone.evaluate(LOADED))
    assert any("parts-" in each for each in loaded)
    assert loaded <= held, loaded - held
    assert {"/phone", "/phone.webmanifest"} <= held
    assert faults == []
