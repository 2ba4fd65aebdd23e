"""The list to ring by hand: the number is opened and recorded, every desk sees who is ringing, and what was said is noted with its number."""

from pathlib import Path

from tests.stories.told import told

PHONE = "19900000001"


def test_an_officer_rings_a_sleeping_leader(tmp_path: Path) -> None:
    with told(tmp_path) as story:
        incident = story.raise_fire()
        call = next(c for c in story.board(incident)["calls"] if c["person"] == "p1")
        assert (call["awake"], call["channel"], call["phone_label"]) == (False, "none", "199****0001"), (
            "never connected: not awake"
        )
        assert PHONE not in str(story.board(incident))
        before = story.house.core.position
        assert story.does("bo", f"/calls/{call['id']}/number")["sealed"] == {"name": "王1", "phone": PHONE}
        names = [story.house.core.event(r).name for r in story.house.realm.log.after(before, 10)]
        assert names == ["call.rung", "sealed.opened"]
        rung = next(c for c in story.board(incident, "ana")["calls"] if c["person"] == "p1")["rung"]
        assert rung["label"] == "李江"
        assert story.call("cy", "POST", f"/calls/{call['id']}/number", {}).status_code == 403
        assert story.call("bo", "POST", "/calls/c-0-0/number", {}).json()["code"] == "call.unknown"


def test_a_note_keeps_the_number_it_was_said_on(tmp_path: Path) -> None:
    with told(tmp_path) as story:
        incident = story.raise_fire()
        call = next(c for c in story.board(incident)["calls"] if c["person"] == "p1")["id"]
        said = {"said_by": "王队长的爱人", "on_known": True}
        story.does("bo", f"/calls/{call}/noted", {"did": "accept", "heads": 2} | said)
        story.does("bo", f"/calls/{call}/noted", {"did": "set_out", "said_by": "本人", "said_on": "0717-6220000"})
        story.does(
            "bo", f"/calls/{call}/noted", {"did": "names", "names": ["甲", "乙"], "said_by": "本人", "said_on": "0717-6220000"}
        )
        story.does("bo", "/people/p5/availability", {"availability": "away", "said_by": "本人", "on_known": True})
        house = story.house
        records = [record for record in house.realm.log.after(0, 1000) if record.private is not None]
        opened = {record.name: house.realm.open_event(house.core.event(record)) or {} for record in records}
        assert opened["call.answered"] == {"said_by": "王队长的爱人", "said_on": PHONE}
        assert opened["call.progressed"] == {"said_by": "本人", "said_on": "0717-6220000"}
        assert opened["call.names_given"]["said_on"] == "0717-6220000"
        assert opened["person.availability_set"] == {"said_by": "本人", "said_on": "19900000005"}
