"""Draws a picture anew, in a process of its own that may use little: a picture from outside touches nothing else.

Run by path, with the picture as input and the JPEG as output: it imports nothing of ours. Beside the picture it says
width and height, or with 3 as its end a word for why it takes none.
"""

import io
import resource
import sys

MEGABYTE = 1024 * 1024
MEMORY, SECONDS, FILES = 512 * MEGABYTE, 10, 64
FORMATS = ("JPEG", "PNG", "WEBP")
LONGEST_SIDE = 2048
MOST_PIXELS = 40_000_000


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (FILES, FILES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        drawn, size = _redrawn(sys.stdin.buffer.read())
    except _Refused as refused:
        sys.stderr.write(str(refused))
        sys.exit(3)
    except Exception:  # whatever a decoder stumbles over
        sys.stderr.write("damaged")
        sys.exit(3)
    sys.stderr.write("{} {}".format(*size))
    sys.stdout.buffer.write(drawn)


class _Refused(Exception):
    """Why it is no picture that we take."""


def _redrawn(sent: bytes) -> tuple[bytes, tuple[int, int]]:
    from PIL import Image, ImageOps, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # we say how many, before anything is decoded
    try:
        image = Image.open(io.BytesIO(sent), formats=FORMATS)
    except UnidentifiedImageError:
        raise _Refused("not_a_picture") from None
    if image.width * image.height > MOST_PIXELS:
        raise _Refused("too_many_pixels")
    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # of a JPEG, no more than is wanted is decoded
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(image)
    paper = Image.new("RGB", upright.size, "white")
    solid = upright.convert("RGBA") if "A" in upright.mode or "transparency" in upright.info else upright.convert("RGB")
    paper.paste(solid, mask=solid.getchannel("A") if solid.mode == "RGBA" else None)
    out = io.BytesIO()
    paper.save(out, "JPEG", quality=82, optimize=True)
    return out.getvalue(), paper.size


if __name__ == "__main__":
    main()
