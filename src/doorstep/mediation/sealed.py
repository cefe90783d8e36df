"""What people say in a mediation is kept sealed, as JSON."""

from __future__ import annotations

from typing import Any

import orjson

from doorstep.core.crypto import seal, unseal


def closed(value: Any) -> bytes:
    """Sealed."""
    return seal(orjson.dumps(value))


def opened(sealed: Any) -> Any:
    """What `closed` closed; None where nothing is kept any more."""
    return None if sealed is None else orjson.loads(unseal(bytes(sealed)))
