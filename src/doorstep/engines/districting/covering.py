"""Covering programmes, solved by HiGHS: choose columns of least cost that cover each row to its wanted amount.

The solver is imported when the first programme is made: a division without a certificate never loads it.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from doorstep.engines.districting.problem import Floats, Ints

TOLERANCE = 1e-7
"""What HiGHS allows a column's reduced cost and a row's sum to be off."""


class Cover:
    """The linear programme, to which columns are added as they are found; each solution starts from the last one.

    Columns come in compressed form: column c has the entries `first[c]:first[c + 1]` of `row` and `amount`.
    """

    def __init__(self, wanted: Floats) -> None:
        self._solver = _new_solver()
        rows = len(wanted)
        self._solver.addRows(rows, wanted, wanted, 0, np.zeros(rows, np.int32), np.zeros(0, np.int32), np.zeros(0))

    def add(self, cost: Floats, first: Ints, row: Ints, amount: Floats | None = None) -> None:
        """Offer more columns."""
        count, entries = len(cost), len(row)
        values = np.ones(entries) if amount is None else amount
        least, most = np.zeros(count), np.full(count, np.inf)
        starts, rows = first[:-1].astype(np.int32), row.astype(np.int32)
        self._solver.addCols(count, cost, least, most, entries, starts, rows, values)

    def solve(self) -> tuple[float, Floats]:
        """The least cost and the price of each row (its dual value). The columns must be able to cover all rows."""
        self._solver.run()
        prices = np.array(self._solver.getSolution().row_dual)
        return float(self._solver.getInfo().objective_function_value), prices


def cheapest_exact_cover(
    cost: Floats, first: Ints, row: Ints, rows: int, start: Ints, most_nodes: int
) -> tuple[Ints, float, bool]:
    """Columns that cover each row exactly once at the least cost, by branch and bound.

    `start` are columns that do. Returns the columns chosen, a lower bound on the cost, and whether they reach it; with
    more than `most_nodes` branchings the search ends with what it has.
    """
    import highspy

    solver, model, count = _new_solver(), highspy.HighsLp(), len(cost)
    model.num_col_, model.num_row_ = count, rows
    model.col_cost_, model.col_lower_, model.col_upper_ = cost, np.zeros(count), np.ones(count)
    model.row_lower_ = model.row_upper_ = np.ones(rows)
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_, model.a_matrix_.index_ = first.astype(np.int32), row.astype(np.int32)
    model.a_matrix_.value_ = np.ones(len(row))
    model.integrality_ = [highspy.HighsVarType.kInteger] * count
    solver.setOptionValue("mip_rel_gap", TOLERANCE)
    solver.setOptionValue("mip_max_nodes", most_nodes)
    solver.passModel(model)
    given = highspy.HighsSolution()
    given.col_value = np.isin(np.arange(count), start).astype(np.float64).tolist()
    solver.setSolution(given)
    solver.run()
    chosen = np.flatnonzero(np.array(solver.getSolution().col_value) > 0.5)
    is_least = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return chosen, float(solver.getInfo().mip_dual_bound), bool(is_least)


def _new_solver() -> Any:
    """One thread and one seed: the same programme has the same solution."""
    import highspy

    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("random_seed", 0)
    return solver
