"""Open the town for the journeys: schema, static files, the town itself and an account for everybody in it.

Run as `python -m tests.journeys.opening` with the environment of the site; it prints the town as JSON.
"""

from __future__ import annotations

import dataclasses
import json
import os
from pathlib import Path


def main() -> None:
    import django

    django.setup()
    from django.conf import settings
    from tests.town import build_town
    from tests.visiting import EVERYBODY, open_account

    from doorstep.config.migrating import migrate
    from doorstep.config.opening import collect_static
    from doorstep.core.crypto import seal
    from doorstep.core.time import clock

    migrate()
    collect_static(Path(settings.STATIC_ROOT))
    town = build_town()
    secret = os.environ["JOURNEYS_TOTP"]
    for who in EVERYBODY:
        open_account(town, who, totp_secret=seal(secret.encode()), totp_confirmed_at=clock.now())
    print(json.dumps(dataclasses.asdict(town)))


if __name__ == "__main__":
    main()
