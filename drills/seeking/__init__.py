"""Any moment of a realm's past: what was known then, from checkpoints and the log between them."""

from drills.seeking.layers import Layer, Layers
from drills.seeking.seeker import EVERY, Picture, Seeker, position_at
from drills.seeking.shelf import Shelf
from drills.seeking.values import code_of

__all__ = ["EVERY", "Layer", "Layers", "Picture", "Seeker", "Shelf", "code_of", "position_at"]
