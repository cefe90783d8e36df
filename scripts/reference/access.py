"""Which role may do what with which table, read from the policies that close and open the database."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from doorstep.core.access.closing import policy_files
from doorstep.core.access.roles import NEEDS_SECOND_FACTOR, SCOPES, Role, Scope
from reference._tables import table

LANGUAGES = ("en",)

LETTERS = {"SELECT": "r", "INSERT": "a", "UPDATE": "c", "DELETE": "e"}
WHO = {
    Role.ANONYMOUS: "a passer-by without account",
    Role.FOLLOWER: "whoever holds the link of one case",
    Role.OUTSIDE: "outside handler with a link to one case that the unit holds",
    Role.PARTY: "party to a mediation, with a link of their own",
    Role.MEDIATOR: "mediator, of the files that parties gave them",
    Role.NEIGHBOUR: "liaison, volunteer, stairwell lead, hub household",
    Role.GRID: "grid lead, grid worker",
    Role.COMMUNITY: "community desk",
    Role.SUBDISTRICT: "subdistrict office",
    Role.COUNTY: "command centre",
    Role.DEPARTMENT: "department, property company",
    Role.SYSTEM_ADMIN: "system administrator",
    Role.SECURITY_ADMIN: "security administrator",
    Role.AUDIT_ADMIN: "audit administrator",
    Role.WORKER: "the machine itself",
    Role.GATE: "the sign-in page",
}
LEAD = """# Who sees which row

Every table has row-level security, forced on its owner too; a table without a policy file stays closed to everybody.
Each role below is a database role. It reaches the rows that its policies let it reach
(`src/doorstep/core/access/policies/`), of these only what it was granted, and inside one area or unit only where its
column equals the session's setting.

"""
KEY = """
`r` read, `a` add, `c` change, `e` erase; an asterisk: only some columns. Which rows, each policy file says in its
first line:

"""


class Grant(NamedTuple):
    """What one statement grants."""

    rights: dict[str, bool]
    roles: list[str]


def page(lang: str) -> str:
    """Roles, the matrix of roles and tables, and the rule of each table."""
    files = policy_files()
    short = {scope.database_role: str(role) for role, scope in SCOPES.items()}
    rows = []
    for name, sql in files.items():
        reach = reached(sql, list(short))
        rows.append((f"`{name}`", *(reach[role] for role in short)))
    return "\n".join(
        [
            LEAD + table(("role", "who", "bounded by", "second factor"), [_role(*each) for each in SCOPES.items()]),
            "## Tables\n",
            table(("table", *(word.replace("_", " ") for word in short.values())), rows) + KEY.rstrip() + "\n",
            table(("table", "rule"), [(f"`{name}`", _first_words(sql)) for name, sql in files.items()]),
        ]
    )


def reached(sql: str, roles: list[str]) -> dict[str, str]:
    """The letters of each role, where it has both the right and a policy that lets it reach a row."""
    granted: dict[str, dict[str, bool]] = defaultdict(dict)
    let: dict[str, set[str]] = defaultdict(set)
    for statement in _statements(sql, roles):
        if statement.startswith("GRANT "):
            for role in (grant := _grant(statement)).roles:
                for right, is_partial in grant.rights.items():
                    granted[role][right] = is_partial and granted[role].get(right, True)
        elif statement.startswith("CREATE POLICY "):
            commands, named = _policy(statement)
            for role in named:
                let[role] |= commands
        else:
            raise ValueError(f"Neither a policy nor a grant: {statement}")
    return {
        role: "".join(
            letter + ("*" if granted[role][right] else "")
            for right, letter in LETTERS.items()
            if right in granted[role] and right in let[role]
        )
        for role in roles
    }


def _statements(sql: str, roles: list[str]) -> list[str]:
    plain = re.sub(r"--.*", "", sql).replace("{everyone}", ", ".join(roles))
    return [" ".join(statement.split()) for statement in plain.split(";") if statement.strip()]


def _grant(statement: str) -> Grant:
    match = re.fullmatch(r"GRANT (.+) ON (?:TABLE )?\w+ TO ([\w, ]+)", statement)
    if match is None:
        raise ValueError(f"Not a grant that can be read: {statement}")
    rights = re.findall(r"([A-Z]+)( \([^)]*\))?", match[1])
    return Grant({right: bool(columns) for right, columns in rights}, match[2].replace(" ", "").split(","))


def _policy(statement: str) -> tuple[set[str], list[str]]:
    match = re.match(r"CREATE POLICY \w+ ON \w+(?: FOR (\w+))? TO ([\w, ]+?) (?:USING|WITH CHECK) ", statement)
    if match is None:
        raise ValueError(f"Not a policy that can be read: {statement}")
    command = match[1] or "ALL"
    return set(LETTERS) if command == "ALL" else {command}, match[2].replace(" ", "").split(",")


def _role(role: Role, scope: Scope) -> tuple[str, str, str, str]:
    bound = f"`{scope.column}` = `{scope.setting}`" if scope.column else ""
    return f"`{scope.database_role}`", WHO[role], bound, "yes" if role in NEEDS_SECOND_FACTOR else ""


def _first_words(sql: str) -> str:
    """The comment at the head of the file."""
    lines = []
    for line in sql.splitlines():
        if not line.startswith("--"):
            break
        lines.append(line.removeprefix("--").strip())
    return " ".join(lines)
