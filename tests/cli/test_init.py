"""`muster init` founds the city itself: the first file of the README holds its districts alone."""

from pathlib import Path

import pytest

from web_console.cli import main


@pytest.mark.parametrize("city", ["4205", "420500", "420500000000"])
def test_districts_can_be_imported_right_after_init(tmp_path: Path, capsys: pytest.CaptureFixture[str], city: str) -> None:
    home = ["--home", str(tmp_path / "home")]
    (tmp_path / "areas.csv").write_text("code,name\n420502,西陵区\n420503,伍家岗区\n", "utf-8")
    (tmp_path / "city.csv").write_text("code,name\n4205,宜昌市\n", "utf-8")
    assert main([*home, "init", "--city", city, "--name", "宜昌市"]) == 0
    assert main([*home, "import", "divisions", str(tmp_path / "areas.csv")]) == 0
    assert main([*home, "import", "divisions", str(tmp_path / "city.csv")]) == 0
    said = capsys.readouterr().out
    assert "新增 2，更新 0，未变 0，有误 0" in said
    assert "新增 0，更新 0，未变 1，有误 0" in said
    assert main([*home, "verify-log"]) == 0


def test_what_is_no_division_code_founds_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--home", str(tmp_path / "home"), "init", "--city", "宜昌", "--name", "宜昌市"]) == 2
    assert "不是区划代码：宜昌" in capsys.readouterr().out
    assert not (tmp_path / "home").exists()
