"""Take in what buildings have besides households: from a table, or counted by whoever knows the cases."""

from __future__ import annotations

from collections.abc import Mapping

from doorstep.areas.actions.importing import Imported, ImportRefused, community_in_force
from doorstep.areas.models import Amount, Building
from doorstep.areas.readers.amounts import AmountsFile
from doorstep.areas.readers.report import Report
from doorstep.core.access import WORKER, acting_as
from doorstep.core.text import say


def import_amounts(community: str, file: AmountsFile) -> Imported:
    """The amounts of a table; buildings that it does not name keep theirs. All of a file or nothing."""
    if not file.is_good:
        raise ImportRefused(file.file, file.findings)
    with acting_as(WORKER, because="import amounts"):
        area = community_in_force(community)
        known = {
            f"{source}/{own}": pk
            for pk, source, own in Building.objects.filter(community=area, removed_at=None).values_list(
                "pk", "source", "source_id"
            )
        }
        report = Report(file.file)
        for row in file.rows:
            if row.source not in known:
                what = say("amounts-no-such-building", source=row.source.partition("/")[2][:80])
                report.problem(row.row, "id", what, say("amounts-no-such-building-try"))
        if report.findings().problem_count:
            raise ImportRefused(file.file, report.findings())
        added = changed = same = 0
        for name in file.names:
            wanted = {known[row.source]: row.amounts[name] for row in file.rows if name in row.amounts}
            done = keep_amounts(area.pk, name, wanted)
            added, changed, same = added + done.added, changed + done.changed, same + done.same
    return Imported(added, changed, same)


def keep_amounts(community: int, name: str, wanted: Mapping[int, float]) -> Imported:
    """Keep one amount of the buildings with these ids; what others have of it stays."""
    old = {row.building_id: row for row in Amount.objects.filter(community=community, name=name)}
    fresh = [
        Amount(community_id=community, building_id=building, name=name, amount=amount)
        for building, amount in wanted.items()
        if building not in old
    ]
    changed = [row for building, row in old.items() if building in wanted and row.amount != wanted[building]]
    for row in changed:
        row.amount = wanted[row.building_id]
    Amount.objects.bulk_create(fresh, batch_size=1000)
    Amount.objects.bulk_update(changed, ["amount"], batch_size=1000)
    return Imported(len(fresh), len(changed), len(wanted) - len(fresh) - len(changed))
