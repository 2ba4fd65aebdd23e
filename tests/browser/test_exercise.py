"""An exercise beside a real `muster serve`: agreed to on the phone, entered by one tap, broken into by real work, gone when deleted."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from command.core.asks import Ask, Receipt
from command.core.chance import SeededChance, SystemChance, time_ordered_id
from command.core.clock import SystemClock
from mobilization.training import GiveConsent
from tests.browser.seats import check_access, fits, picture
from tests.browser.towns import signed, town_server
from tests.exercises.kit import DAY_MS, scenario
from tests.town import MASTER, open_town
from web_console.about import About, make_realm
from web_console.cli import main
from web_console.exercises.preparing import Plan, asking, prepare

pytestmark = pytest.mark.browser
SOON_MS = 8_000
FIRE = {
    "category": "20700", "severity": 4, "place": {"lon": 111.05, "lat": 30.05}, "order": True,
    "needs": [{"speciality": "FIRST_AID", "minimum": 1, "maximum": 1}],
}  # fmt: skip


def made(realms: Path) -> None:
    make_realm(realms / "realm", About(city="9901", name="云江市", kind="live"))
    house = open_town(realms, clock=SystemClock())
    now_ms = house.core.now_ms()
    consent = GiveConsent(person="p1", from_ms=now_ms, until_ms=now_ms + DAY_MS, hours=(0, 0), times=3)
    assert isinstance(house.core.turn([Ask(command=consent, actor="person:p1", command_id="agrees")])[0], Receipt)
    plan = Plan("autumn", scenario(), now_ms + SOON_MS, ("bo",))
    prepare(house, plan, ask=asking(house), clock=SystemClock(), chance=SystemChance(), master=MASTER)
    house.realm.close()


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, Path]]:
    """The town served, with an exercise that begins within seconds; leader 1 agreed to it."""
    monkeypatch.setenv("MUSTER_MASTER_KEY", MASTER.hex())
    with ThreadPoolExecutor(1) as thread:  # here Playwright's loop runs
        thread.submit(made, tmp_path / "realms").result()
    with town_server(tmp_path) as address:
        yield address, tmp_path


def test_from_the_live_page_into_an_exercise_and_back_by_real_work(town: tuple[str, Path], plain: Browser) -> None:
    address, home = town
    faults: list[str] = []
    phone = signed(plain, address, "leader1", faults)
    desk = signed(plain, address, "bo", faults)
    expect(phone.locator("[data-consent=true]")).to_contain_text("最多3次")
    check_access(phone, "home of who agreed to exercises")
    phone.locator("[data-exercise-on=autumn]").get_by_role("button").click()
    phone.wait_for_url("**/x/autumn/phone")
    phone.wait_for_selector("[data-link=live]")
    desk.locator("[data-exercise-on=autumn]").get_by_role("button").click()
    desk.wait_for_url("**/x/autumn/")
    desk.wait_for_selector("[data-link=live]")

    assert raised(desk, "/x/autumn") == 201
    phone.locator("button.yes").wait_for()
    phone.get_by_role("button", name="去不了：上班走不开").wait_for()
    check_access(phone, "a call of an exercise")
    assert fits(phone)
    phone.locator("button.yes").click()

    assert raised(desk, "") == 201
    phone.locator("[data-real-work]").wait_for()
    expect(phone.locator("[data-real-work]")).to_contain_text("真实任务！不是演练")
    check_access(phone, "real work breaks into an exercise")
    picture(phone, "phone-real-work-zh")
    phone.get_by_role("link", name="去看真实任务").click()
    phone.wait_for_url("**/phone")
    phone.locator("button.yes").wait_for()
    expect(phone.locator("[data-exercise-on]")).to_have_count(0)

    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(main, ["--home", str(home), "--realm", "realm", "exercise", "drop", "autumn"]).result() == 0
    desk.locator("[data-gone]").wait_for()
    expect(desk.locator("[data-gone]")).to_contain_text("这场演练已结束或已删除")
    asked: list[str] = []
    desk.on("websocket", lambda each: asked.append(each.url))
    desk.wait_for_timeout(3_000)
    assert asked == [], "it does not come back for what is gone"
    assert not (home / "realms" / "exercise-autumn").exists()
    desk.reload()
    expect(desk.locator("h1")).to_have_text("这场演练已结束或已删除")
    assert faults == []


def raised(desk: Page, root: str) -> int:
    """A fire, by the desk that is signed in on both."""
    ask = """async ([root, body, id]) => (await fetch(`${root}/api/v1/incidents`, {
      method: 'POST', headers: { 'content-type': 'application/json', 'command-id': id }, body: JSON.stringify(body),
    })).status"""
    id_ = time_ordered_id(SystemClock().wall_ms(), SeededChance(3 + len(root)))
    return int(desk.evaluate(ask, [root, FIRE, id_]))
