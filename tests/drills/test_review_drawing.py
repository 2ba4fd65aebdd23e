"""Curves and map before they are drawn on anything: what they show, within the sheet, told apart without colour."""

from itertools import pairwise

from drills.review.drawing import Drawing, of_curve
from drills.review.mapping import HEIGHT, WIDTH, numbered, of_map
from drills.review.png import as_png
from drills.review.shape import Curve, MapPicture, Mark, Series
from tests.drills import reviews

HERE = (112.0, 30.0)
NAME = reviews.both("甲", "A")


def _lines(drawing: Drawing) -> list[int]:
    return [len(each.points) for each in drawing.paths]


def _texts(drawing: Drawing) -> list[str]:
    return [each.text for each in drawing.labels]


def _is_within(drawing: Drawing) -> bool:
    return all(0 <= x <= drawing.width and 0 <= y <= drawing.height for path in drawing.paths for x, y in path.points)


def curve(*steps: tuple[float, float], least: float | None = None, ends_s: float = 3_600) -> Drawing:
    return of_curve(Curve(NAME, (Series("arrived", NAME, steps),), least, ends_s))


def test_a_step_goes_along_then_up_and_on_to_the_end() -> None:
    line = curve((600, 10), (1_800, 20)).paths[-1].points
    levels = [y for _, y in line]
    assert line[-1][0] == 604
    assert levels == [182, 182, 97, 97, 12, 12]
    assert [x for x, _ in line] == [44, 137.33, 137.33, 324, 324, 604]


def test_axes_name_whole_people_and_hours() -> None:
    assert _texts(curve((600, 47), least=42)) == [
        "0",
        "10",
        "20",
        "30",
        "40",
        "50",
        "T+0:00",
        "0:10",
        "0:20",
        "0:30",
        "0:40",
        "0:50",
        "1:00",
        "A",
    ]
    assert _texts(curve(ends_s=0))[:2] == ["0", "1"]
    assert "24:00" in _texts(curve((60, 1), ends_s=3 * 86_400))


def test_ends_that_lie_on_each_other_are_named_apart() -> None:
    same = tuple(Series(kind, NAME, ((0, 5),)) for kind in ("seen", "accepted", "arrived", "other"))
    heights = sorted(each.at[1] for each in of_curve(Curve(NAME, same, None, 60)).labels if each.is_strong)
    assert all(later - earlier >= 11.9 for earlier, later in pairwise(heights))
    assert heights[0] >= 12 - 1e-9


def test_a_line_of_very_many_steps_is_no_finer_than_what_can_be_seen() -> None:
    drawn = curve(*((n / 10, float(n % 7)) for n in range(36_000)))
    assert max(_lines(drawn)) < 5_000
    assert _is_within(drawn)


def test_lines_are_told_apart_by_their_dashes() -> None:
    kinds = of_curve(reviews.rich().curves[0]).paths[-3:]
    assert len({(each.dash, each.width) for each in kinds}) == 3
    assert {each.shade for each in kinds} == {0.0}


def test_all_that_happened_lies_on_the_map() -> None:
    picture = reviews.rich().picture
    assert picture is not None
    drawn = of_map(picture)
    assert _is_within(drawn)
    assert [text for text in _texts(drawn) if text.isdigit()] == ["1", "2", "3", "4", "5"]
    assert "2 km" in _texts(drawn)


def test_a_station_far_off_does_not_shrink_what_happened() -> None:
    near = MapPicture((Mark("incident", HERE, NAME),), (), (), ())
    far = near._replace(
        marks=(*near.marks, Mark("station", (120.0, 40.0), NAME)), outline=(((100, 20), (130, 20), (130, 45), (100, 45)),)
    )
    assert numbered(far) == near.marks
    assert _texts(of_map(far)) == _texts(of_map(near))


def test_the_outline_is_cut_at_the_edge() -> None:
    outline = ((111.0, 30.001), (113.0, 30.001), (113.0, 31.0), (111.0, 31.0))
    drawn = of_map(MapPicture((Mark("incident", HERE, NAME),), (), (), (outline,)))
    across = [path.points for path in drawn.paths if path.dash]
    assert len(across) == 1
    assert [x for x, _ in across[0]] == [0, WIDTH]
    assert _is_within(drawn)


def test_marks_on_one_spot_share_their_number() -> None:
    drawn = of_map(MapPicture(tuple(Mark("base", HERE, NAME) for _ in range(60)), (), (), ()))
    assert "1-40" in _texts(drawn)


def test_danger_is_hatched_and_a_small_one_a_sign() -> None:
    wide = (("hazard", ((111.99, 29.99), (112.01, 29.99), (112.0, 30.01))),)
    small = (("hazard", ((112.0, 30.0), (112.00001, 30.0), (112.0, 30.00001))), ("closure", ((112.1, 30.0), (112.10001, 30.0))))
    assert sum(path.width == 0.6 for path in of_map(MapPicture((), wide, (), ())).paths) > 5
    signs = of_map(MapPicture((), small, (), ()))
    assert any(path.is_closed and len(path.points) == 3 and path.width == 1.8 for path in signs.paths)
    assert sum(path.width == 2.4 and not path.is_closed for path in signs.paths) == 2


def test_nothing_at_all_is_an_empty_sheet() -> None:
    drawn = of_map(MapPicture((), (), (), ()))
    assert (drawn.width, drawn.height) == (WIDTH, HEIGHT)
    assert of_map(MapPicture((), (("hazard", ()),), (), ((),))).width == WIDTH
    assert as_png(drawn).startswith(b"\x89PNG")
