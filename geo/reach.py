"""Who can be where, and when: many to one place, by which way, and what is said where no road leads.

Off the road one walks. WGS-84 degrees in; whole metres and seconds out.
"""

from collections.abc import Callable, Sequence

import numpy as np

from geo.kernels.searching import SHUT
from geo.lines import Point, Snap
from geo.network import Network
from geo.partway import Ends, around, ends_of, part_ms
from geo.raster import Floats, Ids
from geo.tracing import Way, as_near, traced
from geo.travel import AS_NEAR, CAR_M_S, NO_ROAD, SNAP_MOST_M, WALK_M_S, Trip, straight_line

SEARCHES_HELD = 64
SNAPS_HELD = 100_000
TUPLES_HELD = 64


class Reach:
    """Over one network. What is asked again is held: a wave asks for one place several times, always from the same bases."""

    def __init__(
        self, network: Network, *, straight_m_s: float = CAR_M_S, snapped: dict[Point, tuple[int, int, float, float]] | None = None
    ) -> None:  # fmt: skip
        """`straight_m_s`: along a straight line, where no road leads; `snapped`: where points were found to come onto these roads before."""
        self.network = network
        self._straight_m_s = straight_m_s
        self._held: dict[tuple[str, Point], Ends] = {}
        self._snapped = snapped if snapped is not None else {}
        self._together: dict[tuple[Point, ...], Snap] = {}

    def without(self, arcs: Ids) -> "Reach":
        """The same where these arcs are shut; one comes onto them at the same places."""
        return Reach(self.network.without(arcs), straight_m_s=self._straight_m_s, snapped=dict(self._snapped))

    def __call__(self, origins: Sequence[Point], place: Point) -> list[Trip]:
        """From each origin to the place; where no road leads there, by road as near as one comes and on foot from there; where nobody
        comes near, along a straight line. The trip says which."""
        if not origins:
            return []
        snap = self.snap(origins)
        found = self._trips(snap, self.to(place), self.network.source)
        if None in found:
            found = [trip or other for trip, other in zip(found, self._trips(snap, self.around(place), AS_NEAR), strict=True)]
        return [
            trip or straight_line([origin], place, speed_m_s=self._straight_m_s)[0]._replace(source=NO_ROAD)
            for origin, trip in zip(origins, found, strict=True)
        ]

    def _trips(self, snap: Snap, ends: Ends, source: str) -> list[Trip | None]:
        """None where no road leads to these ends."""
        ms, metres, _ = self._least(snap, ends)
        off_m = snap.off_m + ends.snap.off_m[0]
        by_road = (ms < SHUT) & (np.maximum(snap.off_m, ends.snap.off_m[0]) <= SNAP_MOST_M)
        whole = (
            np.rint(np.where(by_road, each, 0)).astype(np.int64).tolist()
            for each in (metres + off_m, ms / 1000 + off_m / WALK_M_S)
        )
        return [Trip(m, s, source) if is_way else None for is_way, m, s in zip(by_road.tolist(), *whole, strict=True)]

    def way(self, origin: Point, place: Point) -> Way | None:
        """The quickest way by road; where none leads there, as near as one comes. None: not even the origin is near a road."""
        ends, snap = self.to(place), self.snap([origin])
        if snap.arc[0] < 0 or snap.off_m[0] > SNAP_MOST_M:
            return None
        ms, metres, option = self._least(snap, ends)
        if ms[0] < SHUT and ends.snap.off_m[0] <= SNAP_MOST_M:
            points, names = traced(self.network, snap, ends, int(option[0]))
            return Way(points, names, round(metres[0]), round(ms[0] / 1000), arrives=True, short_m=round(ends.snap.off_m[0]))
        return as_near(self.network, snap, place)

    def to(self, place: Point) -> Ends:
        """Everything's way to a place."""
        return self._hold(("to", place), lambda: ends_of(self.network, self.snap([place]), backward=True))

    def around(self, place: Point) -> Ends:
        """Everything's way to a place that no road leads to: as near as one comes, and on foot from there."""
        return self._hold(("around", place), lambda: around(self.network, place, SNAP_MOST_M))

    def _hold(self, what: tuple[str, Point], search: Callable[[], Ends]) -> Ends:
        held = self._held.get(what)
        if held is None:
            if len(self._held) >= SEARCHES_HELD:
                self._held.clear()
            held = self._held[what] = search()
        return held

    def snap(self, points: Sequence[Point]) -> Snap:
        """Bases stay where they are: they are looked for once, and those of a tuple that is asked again are held together."""
        if not isinstance(points, tuple):
            return self._snap(points)
        held = self._together.get(points)
        if held is None:
            if len(self._together) >= TUPLES_HELD:
                self._together.clear()
            held = self._together[points] = self._snap(points)
        return held

    def _snap(self, points: Sequence[Point]) -> Snap:
        lacking = [point for point in dict.fromkeys(points) if point not in self._snapped]
        if len(self._snapped) + len(lacking) > SNAPS_HELD:
            self._snapped, lacking = {}, list(dict.fromkeys(points))
        if lacking:
            found = self.network.snap(np.asarray(lacking, np.float64))
            rows = zip(found.arc.tolist(), found.back.tolist(), found.along.tolist(), found.off_m.tolist(), strict=True)
            self._snapped |= zip(lacking, rows, strict=True)
        arc, back, along, off_m = zip(*(self._snapped[point] for point in points), strict=True)
        return Snap(np.array(arc, np.int32), np.array(back, np.int32), np.array(along), np.array(off_m))

    def _least(self, snap: Snap, ends: Ends) -> tuple[Ids, Floats, Ids]:
        """From each point to the ends: milliseconds, metres, and how (`BY_HEAD`, by its tail, `STAYS`)."""
        net, on = self.network, snap.arc >= 0
        arc, back, along = np.where(on, snap.arc, 0), snap.back, snap.along
        if not len(net.tails):
            return np.full(len(on), SHUT, np.int32), np.zeros(len(on)), np.zeros(len(on), np.int32)
        back_ms = np.where(back >= 0, net.ms[back], SHUT)
        by_head = part_ms(ends.found.ms[net.heads[arc]], net.ms[arc], 1 - along, net.metres[arc])
        by_tail = part_ms(ends.found.ms[net.tails[arc]], back_ms, along, net.metres[arc])
        same, ahead = on & (arc == ends.snap.arc[0]), ends.snap.along[0] - along
        stays = np.where(
            same & (ahead >= 0), part_ms(0, net.ms[arc], np.abs(ahead), net.metres[arc]),
            np.where(same, part_ms(0, back_ms, np.abs(ahead), net.metres[arc]), SHUT),
        )  # fmt: skip
        options = np.where(on, np.stack((by_head, by_tail, stays)), SHUT)
        option = options.argmin(axis=0)
        metres = np.stack((
            ends.metres[net.heads[arc]] + (1 - along) * net.metres[arc], ends.metres[net.tails[arc]] + along * net.metres[arc],
            np.abs(ahead) * net.metres[arc],
        ))  # fmt: skip
        each = np.arange(len(on))
        return options[option, each], metres[option, each], option.astype(np.int32)
