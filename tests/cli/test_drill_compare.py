"""`muster drill compare`: a past moment of an incident with one thing changed, beside what happened. Of the live realm and of a drill."""

from pathlib import Path

import pytest

from command.core.log_sqlite import SqliteLog
from tests.cli.spoken import Terminal
from tests.drills.drilled import SMALL
from tests.stories.told import told
from tests.town import MASTER
from web_console.about import About, make_realm


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    monkeypatch.setenv("MUSTER_MASTER_KEY", MASTER.hex())
    return Terminal(tmp_path, monkeypatch, capsys)


@pytest.fixture
def incident(terminal: Terminal) -> str:
    """A fire of the live realm: two come after six minutes, and are not enough; it is called off after twenty."""
    make_realm(terminal.home / "realms" / "realm", About(city="9901", name="云江市", kind="live"))
    with told(terminal.home / "realms") as story:
        raised = story.raise_fire()
        called = [number for number in range(1, 7) if story.open_calls(number)]
        story.fast_forward(40)
        first, second = called[:2]
        call = story.answer(first, heads=2)["events"][-1]["data"]["call"]
        story.answer(second, "decline")
        story.fast_forward(60)
        story.does(f"leader{first}", f"/me/calls/{call}/progress", {"did": "set_out"})
        story.fast_forward(260)
        story.does(f"leader{first}", f"/me/calls/{call}/progress", {"did": "arrived"})
        story.fast_forward(840)
        story.does("bo", f"/mobilizations/m-{raised}/stand_down")
    return raised


def compared(terminal: Terminal, *words: str, realm: str = "realm") -> str:
    code, said = terminal.muster("--realm", realm, "drill", "compare", *words)
    assert code == 0, said
    return said


def test_what_happened_stands_beside_the_branch_and_nothing_is_recorded(terminal: Terminal, incident: str) -> None:
    log = SqliteLog(terminal.home / "realms" / "realm" / "log.db", epoch="", read_only=True)
    head = log.head()
    said = compared(terminal, "--incident", incident, "--at", "T+1", "--minutes", "15", "--branches", "5")
    lines = {line.partition("：")[0]: line for line in said.splitlines()}
    assert lines["首批到位"].startswith("首批到位：T+6:00 | T+"), "as it was recorded"
    assert lines["最少数满足"].startswith("最少数满足：— | ")
    assert lines["到位最多（人）"].startswith("到位最多（人）：2 | ")
    assert "5 times" in said
    assert "people as recorded" in said
    assert log.head() == head
    log.close()
    assert said == compared(terminal, "--incident", incident, "--at", "T+1", "--minutes", "15", "--branches", "5")


@pytest.mark.parametrize(
    ("words", "words_said"),
    [
        (("--incident", "none", "--at", "T+1"), "没有这起事件"),
        (("--incident", "{}", "--at", "T+999"), "记录到不了这个时刻"),
        (("--incident", "{}", "--at", "T+1", "--change", "shut"), "请给出位置"),
        (("--incident", "{}", "--at", "T+1", "--change", "more-teams", "--where", "111,30"), "请写明专业"),
    ],
)
def test_what_cannot_be_compared_is_said(terminal: Terminal, incident: str, words: tuple[str, ...], words_said: str) -> None:
    code, said = terminal.muster("--realm", "realm", "drill", "compare", *(word.format(incident) for word in words))
    assert (code, words_said in said) == (1, True), said


@pytest.mark.parametrize("words", [("--at", "soon"), ("--at", "T+1", "--branches", "0"), ("--at", "T+1", "--where", "here")])
def test_what_makes_no_sense_is_wrong_usage(terminal: Terminal, words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as ended:
        terminal.muster("drill", "compare", "--incident", "i", *words)
    assert ended.value.code == 2


def test_a_drill_that_was_played_is_compared_too(terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "small.yaml"
    file.write_text(SMALL, "utf-8")
    code, said = terminal.muster("drill", "run", f"{file}")
    assert code == 0, said
    (realm,) = (path.name for path in (tmp_path / "realms").iterdir())
    said = compared(terminal, "--incident", "drill-fire", "--at", "T+1", "--change", "shut", "--where", "112.0,30.4", realm=realm)
    assert "首批到位：T+" in said
    people = next(line for line in said.splitlines() if line.startswith("按实际记录"))
    assert "模拟 0 人" in people, "nobody is asked but whom the drill asked"
