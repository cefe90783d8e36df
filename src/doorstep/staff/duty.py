"""How whoever is on duty for a unit is reached, opened for those who may read it."""

from __future__ import annotations

from dataclasses import dataclass

from doorstep.core.contacts import read_email, read_phone
from doorstep.core.crypto import SealBroken, unseal
from doorstep.staff.models import DutyContact


@dataclass(frozen=True)
class Duty:
    """A telephone for messages, an e-mail address, both, or neither."""

    phone: str = ""
    email: str = ""


def readable_duty(phone: str, email: str) -> Duty:
    """The contact as it is kept; refused with the field that cannot be right."""
    return Duty(read_phone(phone, "duty_phone"), read_email(email, "duty_email"))


def duty_of(unit: int | None) -> Duty:
    """The duty contact of a unit; nothing of it for whoever may not read it."""
    kept = DutyContact.objects.filter(pk=unit or 0).values_list("phone", "email").first()
    return Duty(opened(kept[0]), opened(kept[1])) if kept else Duty()


def opened(sealed: bytes | memoryview | None) -> str:
    """What was sealed; nothing when there is none, or when the installation's secret is another by now."""
    try:
        return unseal(bytes(sealed)).decode() if sealed else ""
    except SealBroken:
        return ""
