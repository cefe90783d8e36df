"""The decision table that a city edits: its rows, what the law forbids of them, and what is told of them."""

from doorstep.cases.rules.table.rows import Row as Row
from doorstep.cases.rules.table.rows import Table as Table
