"""How the loops are compiled."""

import math

import numba

jit = numba.njit(cache=True, nogil=True, boundscheck=False)


@jit
def haversine_h(lon_a, lat_a, lon_b, lat_b):
    """The square of half the chord, as in `geo.metric.distance_m`."""
    phi_a, phi_b = math.radians(lat_a), math.radians(lat_b)
    return math.sin((phi_b - phi_a) / 2) ** 2 + math.cos(phi_a) * math.cos(phi_b) * math.sin(math.radians(lon_b - lon_a) / 2) ** 2
