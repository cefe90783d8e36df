"""What the forms of a case share: a deed is done whole or not at all, and its refusal is shown beside the form."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from doorstep.cases.actions.ledger import CaseNotFound
from doorstep.core.refusals import Refusal


def attempted(deed: Callable[[], object]) -> Refusal | None:
    """Why it was refused; None when it is done. A case that is not there has no page to show it on, and is raised."""
    try:
        with transaction.atomic():
            deed()
    except CaseNotFound:
        raise
    except Refusal as refusal:
        return refusal
    return None
