"""Pictures as they come, and as somebody means harm with them."""

import io
import struct
import zlib

from PIL import Image

#: Where it was taken, by the camera.
GPS = {1: "N", 2: (40.0, 48.0, 34.0), 3: "E", 4: (111.0, 39.0, 7.0)}
SIDEWAYS = 6


def photo(size=(640, 480), *, kind="JPEG", **more) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "orange").save(out, kind, **more)
    return out.getvalue()


def from_a_phone() -> bytes:
    """Held sideways, with the place, the camera and a thumbnail's worth of words in it."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x010E] = SIDEWAYS, "SecretCamera", "SECRET WORDS"
    exif.get_ifd(0x8825).update(GPS)
    return photo((640, 480), exif=exif)


def largest() -> bytes:
    """40 megapixels, and each of them may be seen through: what takes the most room."""
    out = io.BytesIO()
    Image.new("RGBA", (8000, 5000)).save(out, "PNG", compress_level=1)
    return out.getvalue()


def huge_jpeg() -> bytes:
    """100 megapixels of nothing: small to send."""
    return photo((10_000, 10_000), quality=1)


def zip_bomb() -> bytes:
    """A PNG of a few kilobytes that says it is 60,000 by 60,000, and would be."""
    rows = zlib.compress(bytes(30_000_000), 9)
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def lying_png() -> bytes:
    """Says that it is small, and inflates to a gigabyte of words besides."""
    words = b"Comment\x00\x00" + zlib.compress(bytes(500_000_000), 9)
    whole = photo((8, 8), kind="PNG")
    return whole[:33] + _chunk(b"zTXt", words) + whole[33:]


def polyglot() -> bytes:
    """A picture, and a page with a script, and an archive."""
    return photo() + b"<html><script>alert(document.cookie)</script></html>PK\x05\x06" + bytes(18)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
