"""Keep how whoever is on duty for a unit is reached: sealed, and forgotten when the unit ends."""

from __future__ import annotations

from doorstep.core.crypto import seal
from doorstep.staff.duty import Duty, duty_of
from doorstep.staff.models import DutyContact


def keep_duty(unit: int, duty: Duty) -> bool:
    """This is how it is reached from now on; whether that is a change. An empty one erases what was kept."""
    if duty == duty_of(unit):
        return False
    if duty == Duty():
        forget_duty(unit)
        return True
    sealed = {"phone": _sealed(duty.phone), "email": _sealed(duty.email)}
    DutyContact.objects.update_or_create(unit_id=unit, defaults=sealed)
    return True


def forget_duty(unit: int) -> None:
    """Nothing is left by which its duty could be reached."""
    DutyContact.objects.filter(pk=unit).delete()


def _sealed(address: str) -> bytes | None:
    return seal(address.encode()) if address else None
