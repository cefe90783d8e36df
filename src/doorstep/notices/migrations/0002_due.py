from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "CREATE INDEX notices_notice_due ON notices_notice (look_again_at) WHERE look_again_at IS NOT NULL",
            "DROP INDEX notices_notice_due",
        )
    ]
