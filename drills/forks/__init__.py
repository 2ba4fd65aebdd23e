"""Branches: a moment of a realm played on with one thing changed. They are compared side by side, and two hundred of the present make
a forecast. A branch has no way to reach anybody.
"""

from drills.forks.branch import Branch, Parent, branch
from drills.forks.changes import Change, MoreTeams, NextWave, Nothing, Shut
from drills.forks.forecast import Band, Forecast, NeedForecast, forecast
from drills.forks.happened import Happened, happened
from drills.forks.needs import Need, Needs
from drills.forks.recalling import People
from drills.forks.recorded import Record

__all__ = [
    "Band", "Branch", "Change", "Forecast", "Happened", "MoreTeams", "Need", "NeedForecast", "Needs", "NextWave", "Nothing", "Parent", "People",
    "Record", "Shut", "branch", "forecast", "happened",
]  # fmt: skip
