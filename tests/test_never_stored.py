"""What the interface answers stays in no cache; layers of the map, which carry an ETag, are asked for again."""

from pathlib import Path

from tests.stories.told import told


def test_answers_are_not_stored_and_layers_keep_their_own_rule(tmp_path: Path) -> None:
    with told(tmp_path) as story:
        incident = story.raise_fire(order=False)
        answers = [
            story.call("bo", "GET", f"/incidents/{incident}"), story.call("bo", "GET", "/session"), story.call("leader1", "GET", "/me"),
            story.call("bo", "POST", f"/incidents/{incident}/sealed", {}), story.call("bo", "GET", "/nothing"),
            story.call("bo", "POST", "/incidents", {"x": 1}), story.call("bo", "DELETE", "/session"),
        ]  # fmt: skip
        assert {answer.headers["cache-control"] for answer in answers} == {"no-store"}
        assert {answer.status_code for answer in answers} == {200, 404, 422, 204}
        layer = story.call("ana", "GET", "/map/divisions")
        assert (layer.headers["cache-control"], "etag" in layer.headers) == ("private, no-cache", True)
        assert story.client.get("/healthz").headers["cache-control"] == "no-store"
        assert "no-store" not in story.client.get("/").headers.get("cache-control", "")
