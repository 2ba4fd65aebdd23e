"""Photos: what the camera wrote into a file (place, time, device) is stripped before anything is kept."""

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from command.core.errors import Refused

SIDE_MOST = 2048
PIXELS_MOST = 50_000_000
_FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png"}


def stripped(raw: bytes) -> tuple[bytes, str]:
    """The picture drawn anew: upright, at most 2,048 pixels a side, no metadata at all. Gives the bytes and their type."""
    try:
        with Image.open(io.BytesIO(raw), formats=tuple(_FORMATS)) as picture:
            if picture.width * picture.height > PIXELS_MOST:
                raise Refused("body.photo")
            form = picture.format or "JPEG"
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise Refused("body.photo") from None
    upright.thumbnail((SIDE_MOST, SIDE_MOST))
    bare = Image.new("RGB", upright.size)
    bare.paste(upright)
    out = io.BytesIO()
    bare.save(out, form, quality=85)
    return out.getvalue(), _FORMATS[form]
