"""A photo is kept as its picture alone, and a file that only looks like one is refused in words."""

from __future__ import annotations

import struct
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from PIL import Image

from doorstep.cases.actions import photos
from doorstep.cases.actions.photos import PictureRefused, clean

ORIENTATION = 0x0112


def saved(form: str, **how: object) -> bytes:
    """A picture whose upper left quarter is white, as a camera would save it."""
    picture = Image.new("RGB", (64, 48))
    picture.paste("white", (0, 0, 32, 24))
    file = BytesIO()
    picture.save(file, form, **how)
    return file.getvalue()


@pytest.mark.parametrize(
    ("held", "white_at"),
    [(1, (0, 0)), (2, (1, 0)), (3, (1, 1)), (4, (0, 1)), (5, (0, 0)), (6, (1, 0)), (7, (1, 1)), (8, (0, 1))],
)
def test_a_photo_stands_upright_however_the_camera_was_held(held, white_at):
    exif = Image.Exif()
    exif[ORIENTATION] = held
    kept = clean(saved("JPEG", exif=exif))
    assert (kept.width, kept.height) == ((48, 64) if held >= 5 else (64, 48))
    seen = Image.open(BytesIO(kept.image)).convert("L")
    corners = {
        (x, y): seen.getpixel((kept.width * (1 + 2 * x) // 4, kept.height * (1 + 2 * y) // 4))
        for x in (0, 1)
        for y in (0, 1)
    }
    assert max(corners, key=corners.__getitem__) == white_at


def test_what_a_camera_wrote_about_itself_may_be_broken():
    """The type of a tag says bytes, and it holds words: the picture is none the worse for it."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[0x010F] = 6, "a phone"
    whole = saved("JPEG", exif=exif)
    as_words, as_bytes = (struct.pack(">HH", 0x010F, kind) for kind in (2, 7))
    broken = whole.replace(as_words, as_bytes)
    assert broken != whole
    assert clean(broken).width == 48


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photo_that_ends_too_early_is_refused_in_words(form):
    whole = saved(form)
    with pytest.raises(PictureRefused):
        clean(whole[: len(whole) // 2])


@pytest.mark.parametrize("upload", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"<html><script>", saved("GIF")])
def test_what_is_no_photo_is_refused_whatever_it_calls_itself(upload):
    with pytest.raises(PictureRefused):
        clean(upload)


def test_a_small_file_that_would_unpack_to_a_huge_picture_is_refused_before_it_is_unpacked():
    bomb = BytesIO()
    Image.new("1", (8000, 7000)).save(bomb, "PNG")
    assert len(bomb.getvalue()) < 100_000
    with pytest.raises(PictureRefused) as refused:
        clean(bomb.getvalue())
    assert refused.value.message.key == "cases-picture-large"


def test_a_decoder_that_trips_over_a_file_is_no_fault_of_ours(monkeypatch):
    """Decoders raise whatever they like over a broken file."""

    def trips(self, *args: object) -> None:
        raise TypeError("fill character")

    monkeypatch.setattr(Image.Image, "getexif", trips)
    with pytest.raises(PictureRefused):
        clean(saved("PNG"))


def test_few_pictures_are_unpacked_at_once_however_many_arrive(monkeypatch):
    """A few bytes may unpack to 150 MB: one for each thread would take all the memory of a small server."""
    now, most, lock, unpacked = 0, 0, threading.Lock(), photos._unpacked

    def counted(upload, where):
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        time.sleep(0.01)
        try:
            return unpacked(upload, where)
        finally:
            with lock:
                now -= 1

    monkeypatch.setattr(photos, "_unpacked", counted)
    with ThreadPoolExecutor(8) as several:
        kept = list(several.map(clean, [saved("PNG")] * 12))
    assert [each.width for each in kept] == [64] * 12
    assert most == photos.AT_ONCE


def test_a_refused_picture_gives_its_turn_back():
    for _ in range(photos.AT_ONCE + 1):
        with pytest.raises(PictureRefused):
            clean(b"no picture")
    assert clean(saved("PNG")).width == 64
