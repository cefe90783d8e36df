"""Names for numbers, so that a case is never passed where an area is meant."""

from typing import NewType

CaseId = NewType("CaseId", int)
AreaId = NewType("AreaId", int)
PlanId = NewType("PlanId", int)
