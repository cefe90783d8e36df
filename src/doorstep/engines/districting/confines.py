"""Confines: ground out of which no micro-grid reaches, be it a grid that is given or one that was drawn first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from doorstep.engines.districting.atoms import Atoms
from doorstep.engines.districting.graph import Graph, components, pairs_of, sources
from doorstep.engines.districting.problem import Ints

NO_GRID = -1


@dataclass(frozen=True, eq=False)
class Confines:
    """The confine of each section of each building that is lived in, by rising building and section.

    However atoms are cut by floors, they stay in the confine of their section.
    """

    building: Ints
    section: Ints
    confine: Ints

    @staticmethod
    def by_section(atoms: Atoms, confine: Ints) -> Confines:
        """From the confine of each atom, the same for all of a section."""
        both, first = np.unique(np.c_[atoms.building, atoms.section], axis=0, return_index=True)
        return Confines(both[:, 0], both[:, 1], confine[first])

    def of(self, atoms: Atoms) -> Ints:
        """The confine of each atom."""
        width = max(int(self.section.max()), int(atoms.section.max())) + 1
        places = np.searchsorted(self.building * width + self.section, atoms.building * width + atoms.section)
        confines: Ints = self.confine[places]
        return confines


def given_confines(graph: Graph, atoms: Atoms, given: Ints, least: int) -> Confines:
    """The confine of each section by the numbers of the grids that are given.

    What is in no grid and hangs together goes, where it has fewer households than `least`, with the grid with which it
    has the longest border; else it is a confine by itself, with a number below zero.
    """
    own = given[atoms.building]
    part = components(len(own), pairs_of(graph)[(own[pairs_of(graph)] == NO_GRID).all(axis=1)])
    source = sources(graph)
    confine = own.copy()
    for number, loose in enumerate(np.unique(part[own == NO_GRID]).tolist()):
        nodes = (own == NO_GRID) & (part == loose)
        rim = nodes[source] & (own[graph.neighbour] != NO_GRID)
        if rim.any() and graph.size[nodes].sum() < least:
            beside = own[graph.neighbour[rim]]
            grids, which = np.unique(beside, return_inverse=True)
            confine[nodes] = grids[np.bincount(which.reshape(-1), graph.border[rim]).argmax()]
        else:
            confine[nodes] = NO_GRID - number
    # All of a building goes where its first part does.
    _, first, building = np.unique(atoms.building, return_index=True, return_inverse=True)
    confine = confine[first][building.reshape(-1)]
    return Confines.by_section(atoms, confine)
