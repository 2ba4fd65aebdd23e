"""A trainer of the live realm prepares an exercise with real people, runs it, and takes its file; anybody at a desk stops it; who took part
and who agrees is noted at the desk. Before a real `muster serve`."""

import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from command.core.asks import Ask, Receipt
from command.core.chance import SystemChance
from command.core.clock import SystemClock
from command.core.facts import Authority, Command
from command.tiers.imports import import_officers
from mobilization.training import GiveConsent
from tests.browser.faces import Face
from tests.browser.seats import DESK, PHONE, check_access, fits, picture
from tests.browser.towns import signed, town_server
from tests.exercises.kit import DAY_MS, FILE, scenario
from tests.town import MASTER, PASSWORD, open_town
from web_console.about import About, make_realm
from web_console.exercises.preparing import AskLive, Notice, Plan, prepare
from web_console.house import House

pytestmark = pytest.mark.browser
SOON_MS = 6_000
FACES = [
    Face("zh", DESK["width"], DESK["height"], "night", "zh"),
    Face("en", DESK["width"], DESK["height"], "day", "en"),
    Face("narrow", PHONE["width"], PHONE["height"], "night", "zh"),
]
WIDE = FACES[0]


def made(realms: Path) -> None:
    """Leaders 1 to 4 agreed; `autumn` begins within seconds, `winter` without notice in two days; `di` is their safety officer."""
    make_realm(realms / "realm", About(city="9901", name="云江市", kind="live"))
    house = open_town(realms, clock=SystemClock())
    rows = realms / "trainers.csv"
    rows.write_text("id,name,role,post\ntr,赵导,trainer,9901\nob,钱观,observer,9901\n", "utf-8")
    assert import_officers(house.registry, rows).bad == []
    for officer in ("tr", "ob"):
        house.accounts.add(officer, kind="officer", subject=officer, password=PASSWORD)
    house.scripts.save(scenario(), revision="")
    house.scripts.save(
        scenario(
            text=FILE.replace("town-fire", "night").replace("居民楼", "夜间高层").replace("A fire in", "At night in"),
            no_notice=True,
        ),
        revision="",
    )
    house.catalogue.renew()
    now_ms = house.core.now_ms()
    for number in (1, 2, 3, 4):
        consent = GiveConsent(person=f"p{number}", from_ms=now_ms, until_ms=now_ms + 9 * DAY_MS, hours=(0, 0), times=5)
        ask = Ask(command=consent, actor=f"person:p{number}", command_id=f"agrees-{number}")
        assert isinstance(house.core.turn([ask])[0], Receipt)
    notice = Notice(approved_by="林楠", safety="di", stop_rules="有人受伤即中止", told=("林楠", "何滨"))
    for name, script, begin_ms in (("autumn", "town-fire", now_ms + SOON_MS), ("winter", "night", now_ms + 2 * DAY_MS)):
        plan = Plan(name, house.scripts.sound(script), begin_ms, ("tr", "bo"), notice, "officer:tr", "9901")
        prepare(house, plan, ask=by_trainer(house), clock=SystemClock(), chance=SystemChance(), master=MASTER)
    house.realm.close()


def by_trainer(house: House) -> AskLive:
    """As the page asks, in the trainer's name."""

    def ask(command: Command) -> Receipt:
        authority = Authority(post="9901", role="trainer")
        outcome = house.core.turn([Ask(command=command, actor="officer:tr", command_id=house.new_id(), authority=authority)])[0]
        assert isinstance(outcome, Receipt)
        return outcome

    return ask


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("MUSTER_MASTER_KEY", MASTER.hex())
    with ThreadPoolExecutor(1) as thread:  # here Playwright's loop runs
        thread.submit(made, tmp_path / "realms").result()
    with town_server(tmp_path) as found:
        yield found


def trainer_of(browser: Browser, address: str, face: Face, faults: list[str]) -> Page:
    return signed(browser, address, "tr", faults, path="/trainer#exercises", context=face.context(browser))


@pytest.mark.parametrize("face", FACES, ids=[face.name for face in FACES])
def test_the_list_and_the_form(plain: Browser, address: str, face: Face) -> None:
    """Two exercises as they stand; then one without notice is put together: it says what is missing and how many it would enrol."""
    faults: list[str] = []
    page = trainer_of(plain, address, face, faults)
    expect(page.locator("[data-exercise-row=autumn]")).to_have_attribute("data-state", "on")
    expect(page.locator("[data-exercise-row=winter]")).to_contain_text(face.say("exercises.approved", name="林楠", n=2))
    look(page, face, "exercises")

    page.get_by_role("button", name=face.say("exercises.new")).click()
    page.locator("[data-choose=night] input").check()
    page.locator("input[type=date]").fill(day(4))
    expect(page.locator("[data-reckoned='4']")).to_be_visible()
    expect(page.locator("[data-go]")).to_be_disabled()
    expect(page.locator("[data-lacks]")).to_contain_text(face.say("exercises.approver"))
    fill_in(page, face)
    expect(page.locator("[data-go]")).to_have_text(face.say("exercises.prepare", n=4, m=4))
    look(page, face, "exercises-form")
    page.locator("[data-go]").click()
    expect(page.locator("dialog [data-confirm]")).to_have_text(face.say("exercises.sure", n=4))
    look(page, face, "exercises-sure")
    page.locator("dialog [data-confirm]").click()
    expect(page.locator("[data-exercise-row^=night-]")).to_contain_text(face.say("exercises.state.to_come"))
    expect(page.locator("[role=status].says")).to_have_text(face.say("exercises.made", n=4, m=4))
    assert "知情甲" not in page.content()
    assert faults == []


def look(page: Page, face: Face, what: str) -> None:
    assert fits(page), f"{what} lies beside the screen"
    check_access(page, what)
    picture(page, f"{what}-{face.name}")


def day(days: int) -> str:
    return (datetime.now(UTC) + timedelta(hours=8, days=days)).strftime("%Y-%m-%d")


def fill_in(page: Page, face: Face) -> None:
    page.get_by_label("李江", exact=False).first.check()
    page.get_by_role("combobox").select_option("di")
    page.get_by_label(face.say("exercises.rules")).fill("有人受伤即中止")
    page.get_by_label(face.say("exercises.approver")).fill("林楠")
    page.get_by_label(face.say("exercises.told")).fill("知情甲\n知情乙")


def test_an_exercise_is_prepared_by_the_keyboard_alone(plain: Browser, address: str) -> None:
    faults: list[str] = []
    page = trainer_of(plain, address, WIDE, faults)
    page.get_by_role("button", name=WIDE.say("exercises.new")).focus()
    page.keyboard.press("Enter")
    page.locator("[data-choose=town-fire] input").focus()
    page.keyboard.press("Space")
    expect(page.locator("[data-reckoned='4']")).to_be_visible()
    page.get_by_label("李江", exact=False).first.focus()
    page.keyboard.press("Space")
    page.locator("[data-go]").focus()
    page.keyboard.press("Enter")
    page.locator("dialog [data-confirm]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-exercise-row^=town-fire-]")).to_contain_text("未开始")
    assert faults == []


def test_run_stopped_at_a_desk_filed_and_entered_as_training(plain: Browser, address: str, tmp_path: Path) -> None:
    faults: list[str] = []
    trainer = trainer_of(plain, address, WIDE, faults)
    desk = signed(plain, address, "bo", faults, context=WIDE.context(plain))
    safety = signed(plain, address, "di", faults, context=WIDE.context(plain))
    phone = signed(plain, address, "leader1", faults)
    trainer.locator("[data-exercise-row=autumn][data-state=on]").get_by_role("button", name="进入导调").click()
    trainer.wait_for_url("**/x/autumn/trainer")
    expect(trainer.locator("[data-inject='1']")).to_be_visible()
    expect(trainer.get_by_role("button", name="继续", exact=True)).to_have_count(0)
    expect(trainer.get_by_role("button", name="单步")).to_have_count(0)
    expect(trainer.locator("main.run")).to_be_visible()
    picture(trainer, "exercise-run-zh", rests_ms=500)
    check_access(trainer, "run control of an exercise")
    phone.locator("[data-exercise-on=autumn]").get_by_role("button").click()
    phone.wait_for_url("**/x/autumn/phone")
    phone.wait_for_selector("[data-link=live]")

    safety.locator("[data-exercise-on=autumn]").get_by_role("button").click()
    safety.wait_for_url("**/x/autumn/trainer")
    expect(safety.locator(".page > header .tag")).to_contain_text("安全官")
    expect(safety.get_by_role("button", name="演练中止！转入真实处置！")).to_be_visible()
    expect(safety.get_by_role("button", name="暂缓")).to_have_count(0)
    check_access(safety, "a safety officer's page")
    safety.get_by_role("button", name="演练中止！转入真实处置！").click()
    expect(safety.locator("dialog [data-rules]")).to_contain_text("有人受伤即中止")
    safety.keyboard.press("Escape")

    desk.locator("[data-exercise-on=autumn]").get_by_role("button").click()
    desk.wait_for_url("**/x/autumn/")
    desk.wait_for_selector("[data-link=live]")
    desk.get_by_role("button", name="演练中止！转入真实处置！").click()
    expect(desk.locator("dialog")).to_contain_text("由谁中止会记录在案")
    check_access(desk, "the words that stop an exercise")
    picture(desk, "exercise-stop-desk-zh", rests_ms=500)
    desk.locator("dialog [data-confirm]").click()
    for page in (desk, trainer, safety, phone):
        expect(page.locator("[data-exercise=stopped]")).to_be_visible()
    expect(desk.get_by_role("button", name="演练中止！转入真实处置！")).to_have_count(0)
    expect(trainer.locator("[aria-label=演练控制]")).to_contain_text("由李江中止")

    trainer.goto(f"{address}/trainer#exercises")
    row = trainer.locator("[data-exercise-row=autumn]")
    expect(row).to_have_attribute("data-state", "stopped")
    expect(row).to_contain_text("李江中止")
    with trainer.expect_download() as file:
        row.get_by_role("button", name="下载全套材料").click()
    assert file.value.suggested_filename.startswith("演练-居民楼火灾拉动-")
    file.value.save_as(tmp_path / "file.zip")
    with zipfile.ZipFile(tmp_path / "file.zip") as found:
        assert any(name.endswith("3-attendance.csv") for name in found.namelist())
    expect(row).to_contain_text("1人，待值班室登记")
    approves_training(desk, address)
    expect(row).to_contain_text("已登记1人")
    row.get_by_role("button", name="删除").click()
    trainer.locator("dialog [data-confirm]").click()
    expect(row).to_have_count(0)
    assert faults == []


def approves_training(desk: Page, address: str) -> None:
    """At the live desk: a proposal until the officer on duty enters it."""
    desk.goto(f"{address}/")
    desk.wait_for_selector("[data-link=live]")
    training = desk.locator("[data-training=autumn]")
    expect(training).to_contain_text("居民楼火灾拉动")
    expect(training).to_contain_text("参演1人")
    training.get_by_role("button", name="查看名单").click()
    expect(training.locator("li")).to_contain_text("王*")
    expect(training).to_contain_text("不计服务时长")
    enters = training.get_by_role("button", name="登记")
    expect(enters).to_have_text("登记1人培训")
    training.locator("input").uncheck()
    expect(enters).to_be_disabled()
    training.locator("input").check()
    check_access(desk, "who took part, at the desk")
    picture(desk, "training-desk-zh", rests_ms=500)
    enters.click()
    expect(training).to_have_count(0)


def test_consent_is_noted_at_the_desk_and_taken_back_there(plain: Browser, address: str) -> None:
    """Of a leader who is on the telephone; their own phone says so at once."""
    faults: list[str] = []
    desk = signed(plain, address, "bo", faults, context=WIDE.context(plain))
    phone = signed(plain, address, "leader5", faults)
    expect(phone.locator("[data-consent=false]")).to_contain_text("未同意参加演练")
    desk.get_by_role("tab", name="队伍").or_(desk.get_by_role("button", name="队伍")).first.click()
    desk.get_by_text("急救5队").first.click()
    note = desk.locator("section[data-consent]")
    expect(note).to_have_attribute("data-consent", "false")
    note.get_by_role("button", name="登记演练意愿").click()
    for chosen in ("8周", "3次"):
        note.get_by_role("button", name=chosen, exact=True).click()
    save = note.get_by_role("button", name="记下：同意参加演练")
    expect(save).to_be_disabled()
    note.get_by_label("谁说的").fill("王5")
    check_access(desk, "noting consent at the desk")
    picture(desk, "consent-desk-zh", rests_ms=500)
    save.click()
    expect(note).to_have_attribute("data-consent", "true")
    expect(note).to_contain_text("最多3次")
    expect(phone.locator("[data-consent=true]")).to_contain_text("电话代登记")
    note.get_by_role("button", name="记下：不再参加演练").click()
    note.get_by_label("谁说的").fill("王5")
    note.get_by_role("button", name="记下：不再参加演练").click()
    expect(note).to_have_attribute("data-consent", "false")
    expect(phone.locator("[data-consent=false]")).to_contain_text("已撤回同意")
    assert faults == []


def test_consent_is_given_and_taken_back_on_the_own_phone(plain: Browser, address: str) -> None:
    faults: list[str] = []
    phone = signed(plain, address, "leader5", faults)
    part = phone.locator("[data-consent]")
    part.get_by_role("button", name="我同意参加").click()
    for chosen in ("4周", "1次"):
        part.get_by_role("button", name=chosen, exact=True).click()
    check_access(phone, "agreeing to exercises on the phone")
    assert fits(phone)
    picture(phone, "phone-consent-zh")
    part.get_by_role("button", name="同意", exact=True).click()
    expect(phone.locator("[data-consent=true]")).to_contain_text("最多1次")
    part.get_by_role("button", name="撤回同意").click()
    expect(phone.locator("[data-consent=false]")).to_contain_text("已撤回同意")
    assert faults == []


def test_an_observer_looks_at_the_list_and_is_offered_nothing(plain: Browser, address: str) -> None:
    faults: list[str] = []
    page = signed(plain, address, "ob", faults, path="/trainer#exercises", context=WIDE.context(plain))
    expect(page.locator("[data-exercise-row=autumn]")).to_be_visible()
    expect(page.locator("[data-exercise-row=winter]")).to_have_count(0)
    expect(page.locator("main button")).to_have_count(0)
    page.goto(f"{address}/trainer#exercises/new")
    expect(page.locator("[data-exercises]")).to_be_visible()
    assert faults == []
