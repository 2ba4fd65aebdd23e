"""The base map over HTTP: the city's own layers, and nothing for strangers."""

from pathlib import Path

from command.core.errors import Refused
from tests.stories.told import told


def test_layers_are_geojson_and_are_not_sent_twice(tmp_path: Path) -> None:
    with told(tmp_path) as story:
        about = story.sees("bo", "/map")
        west, south, east, north = about["bounds"]
        assert west < 111.05 < east
        assert south < 30.05 < north
        for layer in about["layers"]:
            assert story.sees("bo", f"/map/{layer}")["type"] == "FeatureCollection"
        stations = story.sees("bo", "/map/stations")["features"]
        assert {each["properties"]["radius_m"] for each in stations} == {1000}
        first = story.call("bo", "GET", "/map/divisions")
        again = story.client.get(
            "/api/v1/map/divisions", headers={"cookie": first.request.headers["cookie"], "if-none-match": first.headers["etag"]}
        )
        assert again.status_code == 304
        assert again.content == b""


def test_an_unknown_layer_and_a_stranger_are_refused(tmp_path: Path) -> None:
    with told(tmp_path) as story:
        unknown = story.call("bo", "GET", "/map/secrets")
        assert (unknown.status_code, unknown.json()["code"]) == (404, Refused("map.unknown").code)
        assert story.client.get("/api/v1/map").status_code == 401


def test_a_township_is_chosen_from_those_of_the_county(tmp_path: Path) -> None:
    with told(tmp_path) as story:
        county = story.sees("bo", "/session")["officer"]["post"]["division"]
        below = story.sees("bo", f"/divisions?under={county}")
        assert below
        assert all(each["code"].startswith(county) and each["tier"] == "township" for each in below)
        posts = story.sees("bo", "/session")["posts"]
        assert [post["division"] for post in posts] == [county, *(each["code"] for each in below)]
