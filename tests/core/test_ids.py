"""A command id stands for one body, for ever: a retry is the same command, whatever has changed since."""

from pathlib import Path

import msgspec
import pytest

from command.core.asks import Ask, Receipt
from command.core.errors import Refused, Reused
from command.core.facts import Command
from command.core.realm import Realm
from command.core.realm_facts import AreasChanged, Note, RegistryChanged
from incidents import VerifyIncident
from mobilization import AnswerCall
from tests.kit import COUNTY, Desk, accept, ordered, place, planned, raising, wave
from tests.realms import open_realm


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def ask(desk: Desk, command_id: str, fingerprint: bytes, *, actor: str = "officer:1", incident: str = "i1") -> object:
    one = Ask(command=raising(incident), actor=actor, command_id=command_id, fingerprint=fingerprint, authority=COUNTY)
    return desk.core.turn([one])[0]


def test_ids_the_same_id_with_another_body_is_refused(desk: Desk) -> None:
    first = ask(desk, "k1", b"one")
    assert isinstance(first, Receipt)
    assert isinstance(ask(desk, "k1", b"other"), Reused)
    assert len(desk.names()) == first.position


def test_ids_another_actor_is_independent(desk: Desk) -> None:
    ask(desk, "k1", b"one")
    other = ask(desk, "k1", b"two", actor="officer:2", incident="i2")
    assert isinstance(other, Receipt)
    assert other.position > 3


def test_ids_a_retry_gets_the_first_receipt_byte_for_byte_also_from_a_new_process(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    first = ask(desk, "k1", b"one")
    desk.ask(ordered("i2"))
    assert msgspec.json.encode(ask(desk, "k1", b"one")) == msgspec.json.encode(first)
    desk.close()
    again = Desk(tmp_path)
    assert msgspec.json.encode(ask(again, "k1", b"one")) == msgspec.json.encode(first)
    again.close()


def test_ids_twice_in_one_turn_is_one_command(desk: Desk) -> None:
    one = Ask(command=raising(), actor="officer:1", command_id="k1", fingerprint=b"one", authority=COUNTY)
    first, second = desk.core.turn([one, one])
    assert msgspec.json.encode(first) == msgspec.json.encode(second)
    assert desk.names().count("incident.raised") == 1


def test_ids_a_refusal_binds_nothing(desk: Desk) -> None:
    refused = desk.ask(accept("c1"), by="person:p1", id_="k9")
    assert isinstance(refused, Refused)
    desk.ask(ordered())
    desk.ask(wave((planned(1),)))
    assert isinstance(desk.ask(accept("c1"), by="person:p1", id_="k9"), Receipt)


def test_ids_an_acknowledged_command_that_changed_nothing_stays_bound(desk: Desk) -> None:
    desk.ask(raising(verify=True))
    first = desk.ask(VerifyIncident(incident="i1"), id_="k2")
    assert isinstance(first, Receipt)
    assert first.events[0].name == "command.already_so"
    assert msgspec.json.encode(desk.ask(VerifyIncident(incident="i1"), id_="k2")) == msgspec.json.encode(first)
    assert desk.names().count("command.already_so") == 1


def test_ids_a_retry_never_turns_a_no_into_a_seat(desk: Desk) -> None:
    desk.ask(ordered())
    desk.ask(wave((planned(1), planned(2), planned(3), planned(4))))
    for number in (1, 2, 3):
        desk.ask(accept(f"c{number}"), by=f"person:p{number}")
    late = desk.ask(accept("c4"), by="person:p4", id_="late")
    desk.ask(AnswerCall(call="c1", answer="decline"), by="person:p1")
    assert msgspec.json.encode(desk.ask(accept("c4"), by="person:p4", id_="late")) == msgspec.json.encode(late)
    assert desk.core.world.look("call:c4").state == "standby"


def test_ids_another_realm_is_independent(tmp_path: Path) -> None:
    """The same actor, the same id, another body in the drill next door: each realm has its own."""
    live, drill = (open_realm(tmp_path / name) for name in ("live", "drill"))

    def asked(realm: Realm, fingerprint: bytes, incident: str) -> object:
        one = Ask(command=raising(incident), actor="officer:1", command_id="k1", fingerprint=fingerprint, authority=COUNTY)
        return realm.core.turn([one])[0]

    first = asked(live, b"one", "i1")
    other = asked(drill, b"two", "i2")
    assert isinstance(first, Receipt)
    assert isinstance(other, Receipt)
    assert (live.core.world.look("incident:i2"), drill.core.world.look("incident:i1")) == (None, None)
    assert msgspec.json.encode(asked(live, b"one", "i1")) == msgspec.json.encode(first)
    assert isinstance(asked(live, b"two", "i2"), Reused)
    assert isinstance(asked(drill, b"one", "i1"), Reused)
    for realm in (live, drill):
        realm.close()


def test_ids_the_same_id_after_boundaries_and_roster_changed_gets_the_first_receipt(tmp_path: Path) -> None:
    """What the command would mean now does not matter: where it lies, who leads, who would be called is as first recorded."""
    desk = Desk(tmp_path)
    body = b"the body as it was sent"
    ids = (("raise", ordered()), ("wave", wave((planned(1), planned(2)))), ("answer", accept("c1")))
    actors = {"raise": "officer:1", "wave": "policy:waves", "answer": "person:p1"}

    def asked(desk: Desk, id_: str, command: Command) -> bytes:
        one = Ask(command=command, actor=actors[id_], command_id=id_, fingerprint=body, authority=COUNTY)
        outcome = desk.core.turn([one])[0]
        assert isinstance(outcome, Receipt)
        return msgspec.json.encode(outcome)

    firsts = [asked(desk, id_, command) for id_, command in ids]
    for changed in (
        AreasChanged(version="b"),
        RegistryChanged(kind="teams", id="t1", rev=7),
        RegistryChanged(kind="people", id="p1", rev=8),
    ):
        desk.ask(Note(fact=changed), by="registry")
    head = desk.log.head()
    moved = msgspec.structs.replace(raising(), place=place(("9901", "990102", "990102100")), lead="990102")
    now = (
        ("raise", msgspec.structs.replace(ordered(), raising=moved)), ("wave", wave((planned(3, person="p9", call="c9"),))),
        ("answer", accept("c9", 4)),
    )  # fmt: skip
    assert [asked(desk, id_, command) for id_, command in now] == firsts
    desk.close()
    again = Desk(tmp_path)
    assert [asked(again, id_, command) for id_, command in now] == firsts
    assert again.log.head() == head
    again.close()
