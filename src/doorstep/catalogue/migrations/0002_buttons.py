"""Which items have a button for whoever sees them on the way stood in the code; now the items say it."""

from django.db import migrations

ITEMS = (
    "fire-lane", "manhole-cover", "bare-wires", "street-light", "road-damage", "blocked-drain",
    "garbage-not-collected", "bikes-piled-up", "trees",
)  # fmt: skip

# Every version says what was so when it stood. The owner passes no policy; the table is closed to it again when the
# policies are opened, after every migration.
SAY = f"""
ALTER TABLE catalogue_version NO FORCE ROW LEVEL SECURITY;
UPDATE catalogue_version v SET said = v.said || jsonb_build_object('courier', b.place)
FROM unnest(ARRAY[{", ".join(f"'items/{each}'" for each in ITEMS)}]) WITH ORDINALITY AS b (name, place)
WHERE v.name = b.name AND NOT v.said ? 'courier';
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial")]
    operations = [migrations.RunSQL(SAY, migrations.RunSQL.noop)]
