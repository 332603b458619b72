"""Pictures of people: read with care, cut square and written anew, so that nothing but the dots remains of a file."""

import asyncio
import io
import struct
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from questline_sdk import Invalid

MAX_BYTES = 3 * 1024 * 1024
MAX_PIXELS = 25_000_000
FORMATS = ("PNG", "JPEG", "WEBP")
"""The only decoders that see an uploaded file; which one it is for, its content says."""
SMALL, LARGE = 96, 320
QUALITY = 82
_turns = asyncio.Semaphore(2)


async def square_pictures(content: bytes) -> dict[int, bytes]:
    """A picture as WebP, by the length of its sides: `SMALL` and `LARGE`.

    Raises:
        Invalid: The file is too large, has too many pixels, is damaged, or no PNG, JPEG or WebP.
    """
    if len(content) > MAX_BYTES:
        raise Invalid.field("content", f"is larger than {MAX_BYTES // 1024 // 1024} MB")
    async with _turns:  # decoded pictures are large: two at a time
        return await asyncio.to_thread(_square_pictures, content)


def _square_pictures(content: bytes) -> dict[int, bytes]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(content), formats=FORMATS)
        if image.width * image.height > MAX_PIXELS:
            raise Invalid.field(
                "content", f"is {image.width} x {image.height} pixels; use at most {MAX_PIXELS // 1_000_000} million"
            )
        image.draft("RGB", (LARGE * 2, LARGE * 2))
        upright = ImageOps.exif_transpose(image)
        dots = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except (UnidentifiedImageError, Image.DecompressionBombError):
        raise Invalid.field("content", "is not a PNG, JPEG or WebP picture") from None
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, MemoryError, OverflowError, struct.error):
        raise Invalid.field("content", "is damaged; save the picture again and try once more") from None
    return {side: _webp(dots, side) for side in (SMALL, LARGE)}


def _webp(dots: Image.Image, side: int) -> bytes:
    square = ImageOps.fit(dots, (side, side), Image.Resampling.LANCZOS)
    bare = Image.new(square.mode, square.size)
    bare.paste(square)
    written = io.BytesIO()
    bare.save(written, "WEBP", quality=QUALITY, method=4)
    return written.getvalue()
