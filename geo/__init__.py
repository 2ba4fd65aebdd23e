"""Geo: points, zones, roads, reach. Pure: no clock, no emergencies, and files only in `geo.files` and `geo.roads`. WGS-84, metres, seconds."""

from geo.datum import Crs, from_wgs84, point_to_wgs84, to_wgs84
from geo.doubt import Doubt, doubt_by_guests, doubt_by_home, doubt_by_junctions, doubt_by_roadside, doubt_by_shift, moved_as_one
from geo.files import Boundaries, Repair, is_stored_as, read_boundaries, read_boundary_set, write_boundary_set
from geo.holders import Held
from geo.isochrones import isochrones
from geo.metric import cell_of, distance_m, distances_m
from geo.moving import Moving
from geo.network import Network
from geo.osm import read_osm
from geo.raster import Disc, Shape
from geo.reach import Reach
from geo.roads import SPEEDS, Edge, Mode, Roads, Speeds, modes_of, read_road_set, road_graph, roads_to_wgs84, write_road_set
from geo.serving import seconds_each, seconds_from
from geo.stretches import SAME_M, Stretch, arcs_of_stretch, stretch_at
from geo.tracing import Way
from geo.travel import STRAIGHT_M_S, Trip, straight_line
from geo.ways import Leg, legs_of
from geo.zones import CIRCLE, DIVISION, Key, Near, Zones

__all__ = [
    "CIRCLE",
    "DIVISION",
    "SAME_M",
    "SPEEDS",
    "STRAIGHT_M_S",
    "Boundaries",
    "Crs",
    "Disc",
    "Doubt",
    "Edge",
    "Held",
    "Key",
    "Leg",
    "Mode",
    "Moving",
    "Near",
    "Network",
    "Reach",
    "Repair",
    "Roads",
    "Shape",
    "Speeds",
    "Stretch",
    "Trip",
    "Way",
    "Zones",
    "arcs_of_stretch",
    "cell_of",
    "distance_m",
    "distances_m",
    "doubt_by_guests",
    "doubt_by_home",
    "doubt_by_junctions",
    "doubt_by_roadside",
    "doubt_by_shift",
    "from_wgs84",
    "is_stored_as",
    "isochrones",
    "legs_of",
    "modes_of",
    "moved_as_one",
    "point_to_wgs84",
    "read_boundaries",
    "read_boundary_set",
    "read_osm",
    "read_road_set",
    "road_graph",
    "roads_to_wgs84",
    "seconds_each",
    "seconds_from",
    "straight_line",
    "stretch_at",
    "to_wgs84",
    "write_boundary_set",
    "write_road_set",
]  # fmt: skip
