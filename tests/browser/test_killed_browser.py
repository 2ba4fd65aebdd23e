"""The browser is killed while somebody types, tells or answers, as a power cut does it: what was typed or said is there when it is opened again."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.crews import KIND
from tests.browser.killing import enter, kept_by, kill, needs_proc
from tests.browser.network import Network
from tests.browser.seats import base_of, desk_of, take_report

pytestmark = [pytest.mark.browser, needs_proc]


def test_a_half_typed_report_outlives_a_killed_browser(address: str, plain: Browser, tmp_path: Path) -> None:
    faults: list[str] = []
    profile = tmp_path / "profile"
    killed = kept_by(plain, profile, who="county")
    page = enter(killed, address, faults, who="county")
    page.keyboard.press("n")
    page.locator("[data-place]").fill("江滨中学")
    page.locator("[data-place]").press("Enter")
    page.wait_for_selector("[data-path]")
    page.get_by_label("报告内容").fill("桥下有人喊，两个孩子")
    page.wait_for_selector("[data-kept='yes']")
    kill(killed, profile)

    context = kept_by(plain, profile, who="county")
    page = enter(context, address, faults, who="county")
    page.get_by_role("button", name="继续").click()
    expect(page.get_by_label("报告内容")).to_have_value("桥下有人喊，两个孩子")
    expect(page.locator("[data-path]")).to_contain_text("江滨街道")
    context.close()
    assert faults == []


def test_what_a_cut_off_desk_was_told_outlives_a_killed_browser(quiet: str, home: Path, plain: Browser, tmp_path: Path) -> None:
    faults: list[str] = []
    profile = tmp_path / "profile"
    killed = kept_by(plain, profile, who="county")
    page = enter(killed, quiet, faults, who="county")
    network = Network(page)
    page.reload()
    page.wait_for_selector("[data-link=live]")
    page.locator("[data-tab=teams]").click()
    first = page.locator("[data-team] b").first.inner_text()
    page.locator("[data-tab=incidents]").click()
    take_report(page, base_of(first, home), KIND)
    page.click("[data-order]")
    team = (page.locator("[data-call=open] .name").first.text_content() or "").strip()
    line = page.locator("[data-call=open]", has_text=team)
    incident = page.locator(".dossier h2").inner_text()
    network.cut()
    expect(page.locator(".band[role=alert]")).to_contain_text("网络断开")
    line.get_by_role("button").first.click()
    line.get_by_role("button", name="去不了").click()
    line.get_by_label("谁说的").fill("队长本人")
    line.locator("form button.solid").click()
    page.locator(".dossier footer").get_by_role("button", name="险情已控制").click()
    expect(page.locator(".waiting")).to_contain_text("待发送 2")
    page.keyboard.press("a")
    page.get_by_role("button", name="留作草稿").click()
    expect(page.locator(".waiting")).to_contain_text("草稿 1，未下令")
    kill(killed, profile)

    context = kept_by(plain, profile, who="county")
    page = enter(context, quiet, faults, who="county")
    page.locator(".board [data-row]", has_text=incident).first.click()
    expect(page.locator(".dossier .life [aria-current]")).to_have_text("险情已控制")
    expect(page.locator("[data-call=declined]", has_text=team)).to_be_visible()
    expect(page.locator(".log li", has_text=f"{team} 去不了")).to_have_count(1)
    expect(page.locator(".waiting")).not_to_contain_text("待发送")
    expect(page.locator(".waiting")).to_contain_text("草稿 1，未下令")
    context.close()
    assert faults == []


@pytest.mark.parametrize("had_left", [False, True], ids=["before-it-left", "before-its-receipt"])
def test_an_answer_outlives_a_killed_browser_and_is_given_once(
    quiet: str, home: Path, plain: Browser, tmp_path: Path, *, had_left: bool
) -> None:
    faults: list[str] = []
    profile = tmp_path / "profile"
    killed = kept_by(plain, profile, who="leader")
    phone = enter(killed, quiet, faults, who="leader")
    team = phone.locator("main li b").first.inner_text()
    desk = desk_of(plain, quiet, "county", faults)
    take_report(desk, base_of(team, home), KIND)
    desk.keyboard.press("Control+Enter")
    phone.locator("button.yes").wait_for()
    commands: list[str] = []

    def swallowed(route: Route) -> None:
        """The server takes it, or not even that; its receipt never comes."""
        commands.append(route.request.headers["command-id"])
        if had_left:
            route.fetch()

    phone.route("**/answer", swallowed)
    with phone.expect_request("**/answer"):
        phone.get_by_role("button", name="去不了").click()
    expect(phone.locator("[data-pending]")).to_have_text("待发送 1")
    there = desk.locator("[data-call=declined]", has_text=team)
    expect(there).to_have_count(1 if had_left else 0)
    kill(killed, profile)

    context = kept_by(plain, profile, who="leader")
    context.on("request", lambda request: _note(request.url, request.headers, commands))
    phone = enter(context, quiet, faults, who="leader")
    expect(there).to_be_visible()
    expect(phone.locator("[data-pending]")).to_have_count(0)
    expect(phone.locator("[data-notice=declined]")).to_have_count(1)
    assert len(commands) > 1, "it was said again"
    assert len(set(commands)) == 1, "as the same command"
    _once(desk, f"{team} 去不了")
    context.close()
    assert faults == []


def _note(url: str, headers: dict[str, str], commands: list[str]) -> None:
    if url.endswith("/answer"):
        commands.append(headers["command-id"])


def _once(desk: Page, told: str) -> None:
    expect(desk.locator(".log li", has_text=told)).to_have_count(1)
