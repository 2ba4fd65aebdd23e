"""A realm whose log holds facts of a newer program decides nothing, and still shows what it knows."""

from pathlib import Path

from starlette.testclient import TestClient

from command.core.clock import ManualClock
from command.core.records import chain
from mobilization.tables import PersonRow
from tests.stories.told import NEED, Teller, told
from tests.town import open_town
from web_console.app import make_app
from web_console.house import House


def write_a_future_fact(house: House) -> None:
    log = house.realm.log
    with log.turn() as page:
        position, before = page.head()
        future = log.after(0, 1)[0]._replace(position=position + 1, schema=99, command_id="future")
        page.append([future._replace(hash=chain(before, future))])
        page.commit()


def test_what_is_known_is_served_and_nothing_is_decided(tmp_path: Path) -> None:
    clock = ManualClock()
    with told(tmp_path, clock=clock) as story:
        incident = story.raise_fire()
        write_a_future_fact(story.house)
    house = open_town(tmp_path, clock=clock, fill=False)
    with house.registry.write("people", "p1") as writing:  # and the registry has something to tell that the log cannot hear
        writing.put(PersonRow, "p1", {"simulated": False})
    with TestClient(make_app(house, live=False), base_url="http://muster.test") as client:
        again = Teller(house, client, clock)
        assert again.board(incident)["incident"]["id"] == incident
        health = client.get("/healthz").json()
        assert (health["ok"], health["read_only"]) == (False, "log.newer")
        body = {"category": "20700", "severity": 4, "place": {"lon": 111.05, "lat": 30.05}, "needs": [NEED], "order": True}
        answer = again.call("bo", "POST", "/incidents", body)
        assert (answer.status_code, answer.json()["code"]) == (503, "log.newer")
