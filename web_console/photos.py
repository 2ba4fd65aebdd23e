"""Photos: what the camera wrote into a file (place, time, device) is stripped before anything is kept."""

import io
import logging

from PIL import Image, ImageOps

from command.core.errors import Refused

_log = logging.getLogger(__name__)
logging.getLogger("PIL").setLevel(logging.INFO)  # below that it tells what the camera wrote

SIDE_MOST = 2048
PIXELS_MOST = 50_000_000
_FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png"}
_SMOOTH = {"1": "L", "P": "RGB"}
"""What a picture of this mode is made before it is made smaller: else it would lose whole lines."""


def stripped(raw: bytes) -> tuple[bytes, str]:
    """The picture drawn anew: upright, at most 2,048 pixels a side, no metadata at all. Gives the bytes and their type.

    Takes some 200 MB for the largest. Raises Refused(body.photo) for what is too large by its header, or stumbled over.
    """
    try:
        with Image.open(io.BytesIO(raw), formats=tuple(_FORMATS)) as picture:
            if picture.width * picture.height > PIXELS_MOST:
                raise Refused("body.photo")
            return _redrawn(picture)
    except Refused:
        raise
    except Exception as error:  # a file from anywhere: whatever its decoder meets, it is no photo to us
        _log.info("a photo could not be read: %s", type(error).__name__)
        raise Refused("body.photo") from None


def _redrawn(picture: Image.Image) -> tuple[bytes, str]:
    form = "PNG" if picture.format == "PNG" else "JPEG"  # several pictures in one file are a JPEG by another name
    small = picture.convert(_SMOOTH[picture.mode]) if picture.mode in _SMOOTH else picture
    small.thumbnail((SIDE_MOST, SIDE_MOST))  # before anything copies it; a JPEG is not even decoded whole
    upright = ImageOps.exif_transpose(small).convert("RGB")
    bare = Image.new("RGB", upright.size)
    bare.paste(upright)
    out = io.BytesIO()
    bare.save(out, form, quality=85)
    return out.getvalue(), _FORMATS[form]
