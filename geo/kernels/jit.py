"""How the loops are compiled."""

import numba

from geo import metric

jit = numba.njit(cache=True, nogil=True, boundscheck=False)


spot = jit(metric.spot)
arc_m = jit(metric.arc_m)


@jit
def chord2(here, there):
    """Between two spots, in square metres; the same sum as in `geo.metric.distance_m`."""
    return (here[0] - there[0]) ** 2 + (here[1] - there[1]) ** 2 + (here[2] - there[2]) ** 2
