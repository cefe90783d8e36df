"""A password costs memory and time on purpose. In tests it costs little, but where that price is what is tried."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher

IN_SERVICE = {name: getattr(Argon2PasswordHasher, name) for name in ("time_cost", "memory_cost", "parallelism")}
IN_TESTS = {"time_cost": 1, "memory_cost": 64, "parallelism": 1}


def cost(price: Mapping[str, int], patch: pytest.MonkeyPatch) -> None:
    """Let a password cost this much as long as the patch lasts."""
    for name, value in price.items():
        patch.setattr(Argon2PasswordHasher, name, value)
