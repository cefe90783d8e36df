"""The catalogue that the house ships, read once for all tests of a process."""

from __future__ import annotations

from functools import cache

from doorstep.catalogue.files import read_catalogue
from doorstep.catalogue.item import Catalogue


@cache
def shipped_catalogue() -> Catalogue:
    """The items, classes, limits and dangers of `src/doorstep/catalogue`."""
    return read_catalogue()
