"""Pictures, made as small as a model looks at them."""

import warnings
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from bot.chat.shared_files import Picture, Unread

LONGEST = 2_048
SHORTEST = 768
"""Pixels. Azure scales a picture to fit 2,048 by 2,048, then its shorter side to 768: more is never seen."""

MOST_PIXELS = 60_000_000
QUALITY = 85


def read_picture(data: bytes) -> Picture | Unread:
    """The first frame, upright, scaled down where it is larger than a model sees, without its metadata."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=("PNG", "JPEG", "GIF", "WEBP")) as opened:
                return _small(ImageOps.exif_transpose(opened))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        return Unread.TOO_HARD
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        return Unread.BROKEN


def _small(image: Image.Image) -> Picture:
    width, height = image.size
    scale = min(1.0, LONGEST / max(width, height), SHORTEST / min(width, height))
    image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    if scale < 1.0:
        image = image.resize((max(1, round(width * scale)), max(1, round(height * scale))))
    written = BytesIO()
    if image.mode == "RGBA":
        image.save(written, "PNG")
        return Picture(written.getvalue(), "image/png", *image.size)
    image.save(written, "JPEG", quality=QUALITY)
    return Picture(written.getvalue(), "image/jpeg", *image.size)
