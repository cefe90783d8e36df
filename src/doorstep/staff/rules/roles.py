"""Which role a seat gives: the kind of the post decides, its area or unit bounds it."""

from __future__ import annotations

from dataclasses import dataclass

ROLE_OF_POST: dict[str, str] = {
    "grid_lead": "grid",
    "grid_worker": "grid",
    # Neighbours, not staff: no household's record, no clock.
    "liaison": "neighbour",
    "volunteer": "neighbour",
    "stairwell_lead": "neighbour",
    "hub_household": "neighbour",
    "community_desk": "community",
    "subdistrict_office": "subdistrict",
    "department": "department",
    "command_centre": "county",
    # A people's mediator (人民调解员), or a veteran in the mediators' room: sees the files that parties gave them.
    "mediator": "mediator",
    "system_admin": "system_admin",
    "security_admin": "security_admin",
    "audit_admin": "audit_admin",
}

NEIGHBOUR_POSTS = frozenset(post for post, role in ROLE_OF_POST.items() if role == "neighbour")
STAFF_POSTS = frozenset(ROLE_OF_POST) - NEIGHBOUR_POSTS
ADMINISTRATOR_POSTS = frozenset({"system_admin", "security_admin", "audit_admin"})


@dataclass(frozen=True)
class Seat:
    """A post in the terms of access: its role, and the area or unit that bounds it."""

    role: str
    org: int | None


def seat(kind: str, area: int | None, unit: int | None) -> Seat:
    """What a post of this kind lets its holder see."""
    role = ROLE_OF_POST[kind]
    return Seat(role, unit if role == "department" else area)


def may_be_held_together(held: frozenset[str], wanted: str) -> bool:
    """The three administrators are three people, and none of them holds a seat that reads cases."""
    if wanted in ADMINISTRATOR_POSTS:
        return not held - {wanted}
    return not held & ADMINISTRATOR_POSTS
