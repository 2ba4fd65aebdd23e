"""`python -m tests.bench [group]`: all groups, or one."""

import sys
from pathlib import Path

from tests.bench import bench_drills, desk, ground, spine, waves
from tests.bench.figures import keep

GROUPS = {"spine": spine.run, "waves": waves.run, "desk": desk.run, "ground": ground.run, "drills": bench_drills.run}

for group in [sys.argv[1]] if len(sys.argv) > 1 and sys.argv[1] else list(GROUPS):
    keep(group, GROUPS[group](), Path("var/bench.json"))
