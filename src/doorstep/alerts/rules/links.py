"""What neighbours are told leads nowhere: that is how people are cheated."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from doorstep.core.signs import seen

# Browsers read 。 between letters as a dot. After it only the endings that are sold to anybody; after a plain dot any.
_LINK: Final = re.compile(
    r"https?:|www[.。]|[a-z0-9-]+。(?:com|cn|net|org|top|xyz|cc|info|vip|shop|site|club|app|link|me|io|ly)\b"
    r"|[a-z0-9-]{2,}\.(?!(?:pdf|docx?|xlsx?|jpe?g|png|mp[34])\b)[a-z]{2,}",
    re.IGNORECASE,
)


def has_link(words: str) -> bool:
    """Whether these words, as a reader sees them, lead to an address elsewhere."""
    return bool(_LINK.search(unicodedata.normalize("NFKC", seen(words))))
