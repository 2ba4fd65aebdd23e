"""Photos from anywhere: whatever the file claims to be, it is a photo within bounds or refused, and memory stays bounded."""

import asyncio
import io
import struct
import zlib
from pathlib import Path
from threading import Barrier, BrokenBarrierError

import pytest
from PIL import Image, ImageOps

from command.core.errors import Refused
from tests.stories.told import told
from tests.town import open_town
from web_console.photos import SIDE_MOST, stripped


def png_that_claims(width: int, height: int) -> bytes:
    """A few bytes whose header says this size."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def saved(picture: Image.Image, form: str, **more: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **more)
    return out.getvalue()


@pytest.mark.parametrize("side", [7_100, 9_600, 12_000, 20_000, 60_000])
def test_a_photo_too_large_by_its_header_is_refused_before_it_is_decoded(side: int) -> None:
    with pytest.raises(Refused, match=r"body\.photo"):
        stripped(png_that_claims(side, side))


def test_a_bomb_gets_the_one_clear_error_by_http(tmp_path: Path) -> None:
    with told(tmp_path) as story:
        incident = story.raise_fire(order=False)
        headers = {"cookie": story._cookies["bo"], "command-id": story.new_id()}
        answer = story.client.post(
            f"/api/v1/incidents/{incident}/photos", content=png_that_claims(20_000, 20_000), headers=headers
        )
        assert (answer.status_code, answer.json()["code"]) == (422, "body.photo")


@pytest.mark.parametrize("cut", [0.3, 0.9])
def test_half_a_photo_is_none(cut: float) -> None:
    whole = saved(Image.effect_noise((300, 300), 50), "JPEG")
    for part in (whole[: int(len(whole) * cut)], whole[:20] + b"\xff" * 500):
        with pytest.raises(Refused, match=r"body\.photo"):
            stripped(part)


@pytest.mark.parametrize("mode", ["RGB", "L", "1", "P", "RGBA", "CMYK"])
def test_a_large_photo_is_made_small_before_it_is_copied_and_stands_upright(mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    turned: list[tuple[int, int]] = []
    transpose = ImageOps.exif_transpose

    def noting(picture: Image.Image) -> Image.Image:
        turned.append(picture.size)
        return transpose(picture)

    monkeypatch.setattr("web_console.photos.ImageOps.exif_transpose", noting)
    lying = Image.Exif()
    lying[0x0112] = 6  # turned by a quarter
    form = "JPEG" if mode in ("RGB", "L", "CMYK") else "PNG"
    bare, mime = stripped(saved(Image.new(mode, (4200, 3000)), form, exif=lying))
    shown = Image.open(io.BytesIO(bare))
    assert (mime, shown.format) == (f"image/{form.lower()}", form)
    assert shown.width < shown.height == SIDE_MOST
    assert dict(shown.getexif()) == {}
    assert max(turned[0]) == SIDE_MOST


def test_several_pictures_in_one_file_are_the_first_of_them() -> None:
    """What some telephones write."""
    first, second = Image.new("RGB", (60, 40), "red"), Image.new("RGB", (60, 40), "blue")
    raw = saved(first, "MPO", save_all=True, append_images=[second])
    bare, mime = stripped(raw)
    shown = Image.open(io.BytesIO(bare))
    assert (mime, shown.format) == ("image/jpeg", "JPEG")
    red, _, blue = shown.getpixel((30, 20))  # type: ignore[misc]
    assert red > 200
    assert blue < 50


async def test_photos_are_worked_on_one_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    house = open_town(tmp_path, fill=False)
    met = Barrier(2)

    def alone(raw: bytes) -> tuple[bytes, str]:
        try:
            met.wait(0.2)
        except BrokenBarrierError:
            return raw, "alone"
        return raw, "together"

    monkeypatch.setattr("web_console.apart.stripped", alone)
    found = await asyncio.gather(house.apart.strip(b"1"), house.apart.strip(b"2"))
    assert [how for _, how in found] == ["alone", "alone"]
    await house.close()
