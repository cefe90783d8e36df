"""A signature as a picture: decoded, made small, written anew in black and white, so that nothing else is kept."""

from __future__ import annotations

import base64
from io import BytesIO
from typing import Final

from doorstep.core.text import say
from doorstep.mediation.rules.hand import MOST_BYTES as MOST_BYTES
from doorstep.mediation.rules.hand import MOST_PIXELS, HandRefused, refuse_empty, refuse_size

WIDEST: Final = (900, 360)
DARK: Final = 140


def clean(upload: bytes) -> str:
    """The picture of a hand, as PNG in base 64; refuses what is no picture, too large, or an empty sheet."""
    from PIL import Image

    refuse_size(len(upload))
    try:
        with Image.open(BytesIO(upload), formats=("PNG", "JPEG", "WEBP")) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                refuse_size(2**31)
            drawn = opened.convert("RGBA")
    except HandRefused:
        raise
    except Exception as error:  # whatever a broken picture makes the decoder say
        raise HandRefused(say("mediation-hand-no-picture"), say("mediation-hand-large-try"), "hand") from error
    paper = Image.new("RGBA", drawn.size, "white")
    paper.alpha_composite(drawn)
    grey = paper.convert("L")
    grey.thumbnail(WIDEST)
    dark = sum(grey.histogram()[:DARK])
    refuse_empty(dark / (grey.width * grey.height))
    written = BytesIO()
    grey.save(written, "PNG", optimize=True)
    return base64.b64encode(written.getvalue()).decode()
