"""The front end is built when its sources changed, and only then."""

from pathlib import Path

from tools.build_front import digest, find_node


def test_a_changed_added_or_renamed_source_is_another_build(tmp_path: Path) -> None:
    (tmp_path / "a.ts").write_text("1", "utf-8")
    first = digest(tmp_path)
    assert digest(tmp_path) == first
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "node_modules" / "x.js").write_text("anything", "utf-8")
    assert digest(tmp_path) == first
    (tmp_path / "a.ts").write_text("2", "utf-8")
    second = digest(tmp_path)
    (tmp_path / "a.ts").rename(tmp_path / "b.ts")
    assert len({first, second, digest(tmp_path)}) == 3


def test_node_is_found_and_called_with_its_npm() -> None:
    node, npm = find_node()
    assert node.is_file()
    assert Path(npm[-1]).is_file()
