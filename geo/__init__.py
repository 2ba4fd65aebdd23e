"""Geo: points, zones, roads, reach. Pure: no clock, no emergencies, and files only in `geo.files` and `geo.roads`. WGS-84, metres, seconds."""

from geo.datum import Crs, from_wgs84, point_to_wgs84, to_wgs84
from geo.doubt import Doubt, doubt_by_home, doubt_by_shift
from geo.files import Boundaries, Repair, read_boundaries, read_boundary_set, write_boundary_set
from geo.isochrones import isochrones
from geo.metric import cell_of, distance_m, distances_m
from geo.moving import Moving
from geo.network import Network
from geo.osm import read_osm
from geo.raster import Disc, Shape
from geo.reach import Reach, Way
from geo.roads import SPEEDS, Edge, Roads, Speeds, read_road_set, road_graph, write_road_set
from geo.serving import seconds_each, seconds_from
from geo.travel import Trip, straight_line
from geo.ways import Leg, legs_of
from geo.zones import CIRCLE, DIVISION, Held, Key, Near, Zones

__all__ = [
    "CIRCLE",
    "DIVISION",
    "SPEEDS",
    "Boundaries",
    "Crs",
    "Disc",
    "Doubt",
    "Edge",
    "Held",
    "Key",
    "Leg",
    "Moving",
    "Near",
    "Network",
    "Reach",
    "Repair",
    "Roads",
    "Shape",
    "Speeds",
    "Trip",
    "Way",
    "Zones",
    "cell_of",
    "distance_m",
    "distances_m",
    "doubt_by_home",
    "doubt_by_shift",
    "from_wgs84",
    "isochrones",
    "legs_of",
    "point_to_wgs84",
    "read_boundaries",
    "read_boundary_set",
    "read_osm",
    "read_road_set",
    "road_graph",
    "seconds_each",
    "seconds_from",
    "straight_line",
    "to_wgs84",
    "write_boundary_set",
    "write_road_set",
]  # fmt: skip
