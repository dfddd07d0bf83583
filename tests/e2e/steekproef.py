"""What of the matrix of languages and browsers `make test` runs; `make browsers` runs the rest of it."""

import pytest
from _pytest.mark import ParameterSet

from portal.domain.taal import Taal


def each(*sample: Taal) -> list[ParameterSet]:
    """Each language, for `parametrize`. Those of the sample are in `make test`."""
    return [pytest.param(taal, id=taal, marks=[] if taal in sample else pytest.mark.matrix) for taal in Taal]
