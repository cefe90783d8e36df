"""What the platform holds already, so that no form asks for it again."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Final

from doorstep.catalogue.files import CatalogueRefused
from doorstep.catalogue.item import Named
from doorstep.catalogue.rules.asking_twice import HeldFact
from doorstep.catalogue.sheets import Sheet

FILE: Final = Path(__file__).parent / "held_facts.toml"


class Home(StrEnum):
    """Where a fact lives."""

    AREAS = "areas"
    STAFF = "staff"
    CASES = "cases"


@lru_cache(maxsize=1)
def held_facts() -> Mapping[str, HeldFact]:
    """All of them by their ids, in the order of the file."""
    return read_facts(FILE.read_text(encoding="utf-8"))


def read_facts(written: str) -> Mapping[str, HeldFact]:
    """The facts of that text; `CatalogueRefused` names every fault with its line."""
    sheet = Sheet.parse(FILE.name, written)
    facts: dict[str, HeldFact] = {}
    for row in sheet.root.rows("fact"):
        fact = HeldFact(row.text("id"), str(row.one_of("home", Home)), row.named("name"), row.texts("words"))
        row.finish()
        facts[fact.id] = fact
    if sheet.faults:
        raise CatalogueRefused(sheet.faults)
    return facts


def name_of(fact: str) -> Named:
    """What a fact is called; one that a newer list has dropped keeps its id."""
    found = held_facts().get(fact)
    return found.name if found else Named(fact, fact)
