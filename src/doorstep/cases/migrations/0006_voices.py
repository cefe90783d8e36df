"""Voices are counted on the case they joined, reports are compared by place and words, and hot topics are rolled up."""

import django.db.models.deletion
from django.db import migrations, models

# Whoever joined a case that was itself merged belongs to the one that is still open: `merged_into_id` names the end
# of the chain. The owner of the tables is bound by their policies too, so they are lifted for this one look.
COUNT_VOICES = """
ALTER TABLE cases_case NO FORCE ROW LEVEL SECURITY;
WITH RECURSIVE up (voice, into_id) AS (
    SELECT id, merged_into_id FROM cases_case WHERE merged_into_id IS NOT NULL
    UNION ALL
    SELECT up.voice, c.merged_into_id FROM up JOIN cases_case c ON c.id = up.into_id WHERE c.merged_into_id IS NOT NULL
)
UPDATE cases_case v SET merged_into_id = up.into_id
FROM up JOIN cases_case root ON root.id = up.into_id AND root.merged_into_id IS NULL
WHERE v.id = up.voice AND v.merged_into_id <> up.into_id;
UPDATE cases_case c SET voices = joined.count
FROM (SELECT merged_into_id, count(*) FROM cases_case WHERE merged_into_id IS NOT NULL GROUP BY 1) joined
WHERE c.id = joined.merged_into_id;
ALTER TABLE cases_case FORCE ROW LEVEL SECURITY;
"""

# A square of 0.002 degrees has some 200 m; the metres between two places are reckoned after the squares were read.
PLACES = """
ALTER TABLE cases_likeness
    ADD COLUMN cell bigint GENERATED ALWAYS AS
        (floor(lat * 500)::bigint * 1000000 + floor(lon * 500)::bigint) STORED,
    ADD CONSTRAINT cases_likeness_goes_with_the_words
        FOREIGN KEY (case_id, seq) REFERENCES cases_said (case_id, seq) ON DELETE CASCADE,
    ADD CONSTRAINT cases_likeness_of_the_report CHECK (seq = 1);
CREATE INDEX cases_likeness_near ON cases_likeness (cell, reported_at DESC) WHERE cell IS NOT NULL;
CREATE INDEX cases_likeness_recent ON cases_likeness (reported_at);
"""


class Migration(migrations.Migration):
    dependencies = [("areas", "0001_initial"), ("cases", "0007_clocks")]
    operations = [
        migrations.AddField("case", "voices", models.IntegerField(default=0, db_default=0)),
        migrations.RunSQL(COUNT_VOICES, migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Likeness",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="cases.case",
                    ),
                ),
                ("seq", models.IntegerField(default=1)),
                ("reported_at", models.DateTimeField()),
                ("lon", models.FloatField(null=True)),
                ("lat", models.FloatField(null=True)),
                ("grams", models.BinaryField()),
            ],
            options={"db_table": "cases_likeness"},
        ),
        migrations.RunSQL(PLACES, migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Topic",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("key", models.BigIntegerField()),
                ("day", models.DateField()),
                ("item", models.CharField(blank=True, max_length=60)),
                ("case_class", models.CharField(max_length=8)),
                ("cases", models.IntegerField(default=0)),
                ("voices", models.IntegerField(default=0)),
                *(
                    (
                        level,
                        models.ForeignKey(
                            db_index=False,
                            null=level == "community",
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="areas.area",
                        ),
                    )
                    for level in ("county", "subdistrict", "community")
                ),
            ],
            options={
                "db_table": "cases_topic",
                "constraints": [
                    models.UniqueConstraint(
                        fields=["key", "day", "subdistrict", "community"],
                        nulls_distinct=False,
                        name="cases_topic_once_a_day_and_place",
                    )
                ],
                "indexes": [
                    models.Index(fields=["county", "day"], name="cases_topic_county"),
                    models.Index(fields=["subdistrict", "day"], name="cases_topic_subdistrict"),
                    models.Index(fields=["community", "day"], name="cases_topic_community"),
                ],
            },
        ),
    ]
