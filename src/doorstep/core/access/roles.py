"""Who is who: one row a role, and nothing about roles is decided anywhere else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Everyone who may speak to the database, from a passer-by to the machine itself."""

    ANONYMOUS = "anonymous"
    FOLLOWER = "follower"
    OUTSIDE = "outside"
    PARTY = "party"
    MEDIATOR = "mediator"
    NEIGHBOUR = "neighbour"
    GRID = "grid"
    COMMUNITY = "community"
    SUBDISTRICT = "subdistrict"
    COUNTY = "county"
    DEPARTMENT = "department"
    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDIT_ADMIN = "audit_admin"
    WORKER = "worker"
    GATE = "gate"


@dataclass(frozen=True)
class Scope:
    """How one role is bounded: its database role, and the column that must equal the session's setting."""

    database_role: str
    column: str | None
    setting: str | None


SCOPES: dict[Role, Scope] = {
    Role.ANONYMOUS: Scope("door_anonymous", None, None),
    Role.FOLLOWER: Scope("door_follower", "id", "app.case"),
    # Whoever a unit without accounts sends: one case that this unit holds, as long as its link lives.
    Role.OUTSIDE: Scope("door_outside", "id", "app.case"),
    # One party to one mediation, by a link of their own; and whoever mediates, as long as the file is theirs: it goes
    # with the person whom the parties chose, and not with the post.
    Role.PARTY: Scope("door_party", "id", "app.file"),
    Role.MEDIATOR: Scope("door_mediator", "mediator_account", "app.account"),
    Role.NEIGHBOUR: Scope("door_neighbour", "microgrid_id", "app.org"),
    Role.GRID: Scope("door_grid", "grid_id", "app.org"),
    Role.COMMUNITY: Scope("door_community", "community_id", "app.org"),
    Role.SUBDISTRICT: Scope("door_subdistrict", "subdistrict_id", "app.org"),
    Role.COUNTY: Scope("door_county", "county_id", "app.org"),
    Role.DEPARTMENT: Scope("door_department", "holder_unit_id", "app.org"),
    Role.SYSTEM_ADMIN: Scope("door_system_admin", None, None),
    Role.SECURITY_ADMIN: Scope("door_security_admin", None, None),
    Role.AUDIT_ADMIN: Scope("door_audit_admin", None, None),
    # The machine itself: it carries cases from step to step and sends notices.
    Role.WORKER: Scope("door_worker", None, None),
    # The sign-in page: it sees accounts and sessions, and nothing else.
    Role.GATE: Scope("door_gate", None, None),
}

DESKS = frozenset({Role.COMMUNITY, Role.SUBDISTRICT, Role.COUNTY})
"""Roles that receive and steer cases."""

CASE_READERS = frozenset({Role.GRID, Role.COMMUNITY, Role.SUBDISTRICT, Role.COUNTY, Role.DEPARTMENT})
"""Staff roles that may open a case inside their own scope."""

ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
"""Three people, and none of them reads cases."""

SIGNED_IN = CASE_READERS | ADMINISTRATORS | {Role.NEIGHBOUR, Role.MEDIATOR}

NEEDS_SECOND_FACTOR = DESKS | ADMINISTRATORS | {Role.DEPARTMENT, Role.MEDIATOR}
"""Roles whose sessions must carry a second factor."""
