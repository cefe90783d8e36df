import numpy as np
import shapely

from doorstep.engines.districting.polygons import cell_at, dissolve

CELLS = np.array([shapely.box(x, 0, x + 10, 10) for x in range(0, 40, 10)], dtype=object)


def test_pieces_are_the_union_of_their_cells():
    left, right = dissolve(CELLS, np.array([0, 0, 1, 1]))
    assert left.equals(shapely.box(0, 0, 20, 10))
    assert right.equals(shapely.box(20, 0, 40, 10))


def test_a_piece_of_one_cell_is_that_cell():
    assert dissolve(CELLS, np.array([2, 1, 0, 3]))[0].equals(CELLS[2])


def test_a_shop_belongs_to_the_cell_it_stands_in_and_on_a_border_to_the_first():
    assert cell_at(CELLS, np.array([[15.0, 5], [20, 5], [99, 5]])).tolist() == [1, 1, 3]
