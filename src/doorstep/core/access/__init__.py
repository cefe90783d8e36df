"""Who may see which row: roles, actors, and one policy file a table."""

from doorstep.core.access.actors import (
    ANONYMOUS,
    GATE,
    WORKER,
    Actor,
    acting_as,
    become,
    current_actor,
    follower_of,
    outside_handler,
    party_to,
)
from doorstep.core.access.roles import Role

__all__ = [
    "ANONYMOUS",
    "GATE",
    "WORKER",
    "Actor",
    "Role",
    "acting_as",
    "become",
    "current_actor",
    "follower_of",
    "outside_handler",
    "party_to",
]
