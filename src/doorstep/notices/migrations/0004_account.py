import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("notices", "0003_staff_notice")]
    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[
                (
                    "contact",
                    models.OneToOneField(
                        db_column="case_id",
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        serialize=False,
                        to="cases.contact",
                    ),
                ),
                ("channel", models.CharField(max_length=16)),
                ("sender", models.CharField(max_length=40)),
            ],
            options={"db_table": "notices_account"},
        ),
        migrations.RunSQL(
            "ALTER TABLE notices_account ADD CONSTRAINT notices_account_with_contact"
            " FOREIGN KEY (case_id) REFERENCES cases_contact (case_id) ON DELETE CASCADE",
            "ALTER TABLE notices_account DROP CONSTRAINT notices_account_with_contact",
        ),
    ]
