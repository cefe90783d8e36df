"""What posts are there for: five kinds for each, in both languages, and no task that is not on the admission list."""

from __future__ import annotations

import pytest

from doorstep.catalogue.files import CatalogueRefused, read_catalogue, shipped_folder
from doorstep.catalogue.files import build as catalogue_of
from doorstep.catalogue.item import DutyKind
from doorstep.catalogue.kept import read_folder


def written(duties: str) -> dict[str, str]:
    texts = {
        str(path.relative_to(shipped_folder)): path.read_text(encoding="utf-8")
        for path in (*shipped_folder.glob("*.toml"), *shipped_folder.glob("items/*.toml"))
        if path.name != "held_facts.toml"
    }
    return {**texts, "duties.toml": duties}


SHIPPED = (shipped_folder / "duties.toml").read_text(encoding="utf-8")


def test_five_kinds_of_posts_have_duties_of_all_five_kinds() -> None:
    duties = read_catalogue().duties
    assert set(duties.of_post) == {"grid_lead", "grid_worker", "liaison", "stairwell_lead", "volunteer"}
    for rows in duties.of_post.values():
        assert [row.kind for row in rows] == list(DutyKind)
        assert all(row.says.zh and row.says.en for row in rows)


def test_duties_are_a_sheet_with_versions() -> None:
    assert "duties" in read_folder()


@pytest.mark.parametrize(("item", "is_fine"), [("stairwell-rubbish", True), ("fire-lane", False), ("no-such", False)])
def test_only_what_is_on_the_admission_list_may_be_a_task(item: str, is_fine: bool) -> None:
    first = '[[post.duty]]\nkind = "hear"\n'
    text = SHIPPED.replace(first, f'{first}items = ["{item}"]\n', 1)
    if is_fine:
        assert catalogue_of(written(text)).duties.of_post["grid_lead"][0].items == (item,)
        return
    with pytest.raises(CatalogueRefused, match=item) as refused:
        catalogue_of(written(text))
    assert refused.value.where.startswith("duties.toml:")


@pytest.mark.parametrize(
    ("old", "new"),
    [('code = "volunteer"', 'code = "liaison"'), ('kind = "tell"\nzh = "参加', 'kind = "hear"\nzh = "参加'),
     ('code = "hear"', 'code = "listen"')],
)  # fmt: skip
def test_a_post_twice_or_a_kind_that_is_missing_is_refused(old: str, new: str) -> None:
    assert old in SHIPPED
    with pytest.raises(CatalogueRefused):
        catalogue_of(written(SHIPPED.replace(old, new, 1)))
