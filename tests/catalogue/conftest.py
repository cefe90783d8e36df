"""The shipped catalogue, read once, and a small one that a test may spoil."""

import pytest
from tests.shipped import shipped_catalogue

from doorstep.catalogue.files import _files, shipped_folder
from doorstep.catalogue.item import Catalogue
from doorstep.catalogue.wording import classifier as fitted
from doorstep.engines.wording import Classifier


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return shipped_catalogue()


@pytest.fixture(scope="session")
def classifier(catalogue: Catalogue) -> Classifier:
    return fitted(catalogue)


@pytest.fixture
def written() -> dict[str, str]:
    """The texts of the shipped files by name."""
    return {str(path.relative_to(shipped_folder)): path.read_text(encoding="utf-8") for path in _files(shipped_folder)}
