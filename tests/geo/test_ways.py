"""A way in words."""

from geo import legs_of

BENT = [(111.0, 30.0), (111.0005, 30.005), (111.0, 30.01), (111.01, 30.01), (111.01, 30.02), (111.0, 30.02)]


def test_turns_are_told_and_bends_are_not() -> None:
    assert [(leg.turn, leg.heading) for leg in legs_of(BENT)] == [("start", "n"), ("right", "e"), ("left", "n"), ("left", "w")]
    assert abs(legs_of(BENT)[0].metres - 1_115) < 10


def test_a_road_that_changes_its_name_begins_a_leg_and_one_without_a_name_does_not() -> None:
    names = ["滨江路", "沿江大道", "沿江大道", "", "学院路", "学院路"]
    assert [(leg.turn, leg.name) for leg in legs_of(BENT, names)] == [
        ("start", "滨江路"), ("on", "沿江大道"), ("right", "沿江大道"), ("left", ""), ("left", "学院路"),
    ]  # fmt: skip
    straight = [(111.0, 30.0), (111.0, 30.01), (111.0, 30.02), (111.0, 30.03)]
    assert [(leg.turn, leg.name) for leg in legs_of(straight, ["长江路", "", "长江路", ""])] == [("start", "长江路")]
