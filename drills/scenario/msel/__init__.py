"""The list of scenario events (情景事件清单, MSEL) as a workbook, for people who plan drills in one; out and in."""

from drills.scenario.msel.reading import Taken, read_msel
from drills.scenario.msel.writing import write_msel

__all__ = ["Taken", "read_msel", "write_msel"]
