"""Urgent reminders, gong patrols, emergency mode: the tables, and what the database itself insists on."""

import django.db.models.deletion
from django.db import migrations, models


# Two others approve, whoever writes to the table; and what was approved is what goes out.
BY_TWO = """
CREATE FUNCTION alerts_reminder_by_two() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state = 'going' AND (TG_OP = 'INSERT' OR OLD.state <> 'going') AND (
        SELECT count(DISTINCT person_id) FROM alerts_step WHERE reminder_id = NEW.id AND kind = 'approved'
    ) < 2 THEN
        RAISE EXCEPTION 'reminder % goes out with the approval of two', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.words <> OLD.words AND NEW.words <> '' THEN
        RAISE EXCEPTION 'the words of reminder % stay as they were written', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER alerts_reminder_by_two BEFORE INSERT OR UPDATE ON alerts_reminder
    FOR EACH ROW EXECUTE FUNCTION alerts_reminder_by_two();
"""

# Emergency mode is on with an approval of this opening or renewal, and has an end.
APPROVED = """
CREATE FUNCTION alerts_emergency_approved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state = 'open' AND (NEW.until IS NULL OR NOT EXISTS (
        SELECT FROM alerts_step WHERE emergency_id = NEW.id AND seq = NEW.seq AND kind = 'approved'
    )) THEN
        RAISE EXCEPTION 'emergency mode % has no approval, or no end', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER alerts_emergency_approved BEFORE INSERT OR UPDATE ON alerts_emergency
    FOR EACH ROW EXECUTE FUNCTION alerts_emergency_approved();
"""

STEPS_STAY = """
CREATE TRIGGER alerts_step_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON alerts_step
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_the_past();
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('areas', '0006_amounts'),
        ('cases', '0002_ledger'),
        ('staff', '0002_outside'),
    ]

    operations = [
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=16)),
                ('words', models.CharField(blank=True, max_length=500)),
                ('place', models.CharField(blank=True, max_length=160)),
                ('lon', models.FloatField(null=True)),
                ('lat', models.FloatField(null=True)),
                ('metres', models.IntegerField(null=True)),
                ('issuer', models.CharField(blank=True, max_length=120)),
                ('warning', models.CharField(blank=True, max_length=60)),
                ('severity', models.CharField(blank=True, max_length=20)),
                ('issued_at', models.DateTimeField(null=True)),
                ('source', models.CharField(blank=True, max_length=300)),
                ('drill', models.CharField(blank=True, max_length=10)),
                ('state', models.CharField(default='drafted', max_length=10)),
                ('drafted_at', models.DateTimeField()),
                ('going_at', models.DateTimeField(null=True)),
                ('until', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('all_clear', models.CharField(blank=True, max_length=300)),
                ('look_again_at', models.DateTimeField(db_index=True, null=True)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
                ('building', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.building')),
                ('community', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
                ('grid', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
                ('subdistrict', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
            ],
            options={
                'db_table': 'alerts_reminder',
            },
        ),
        migrations.CreateModel(
            name='Emergency',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('reason', models.CharField(max_length=300)),
                ('days', models.SmallIntegerField()),
                ('state', models.CharField(default='asked', max_length=10)),
                ('seq', models.SmallIntegerField(default=0)),
                ('asks_days', models.SmallIntegerField(null=True)),
                ('asked_at', models.DateTimeField()),
                ('opened_at', models.DateTimeField(null=True)),
                ('until', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('end_words', models.CharField(blank=True, max_length=300)),
                ('erased_at', models.DateTimeField(null=True)),
                ('look_again_at', models.DateTimeField(db_index=True, null=True)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
                ('community', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
                ('grid', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
                ('subdistrict', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
            ],
            options={
                'db_table': 'alerts_emergency',
            },
        ),
        migrations.CreateModel(
            name='Family',
            fields=[
                ('reminder', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='family', serialize=False, to='alerts.reminder')),
                ('who', models.BinaryField()),
                ('agreed_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'alerts_family',
            },
        ),
        migrations.CreateModel(
            name='Need',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('item', models.CharField(max_length=60)),
                ('quantity', models.IntegerField()),
                ('place', models.CharField(blank=True, max_length=120)),
                ('lon', models.FloatField(null=True)),
                ('lat', models.FloatField(null=True)),
                ('came_by', models.CharField(max_length=10)),
                ('sealed', models.BinaryField(null=True)),
                ('state', models.CharField(default='open', max_length=10)),
                ('told_at', models.DateTimeField()),
                ('emergency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='needs', to='alerts.emergency')),
            ],
            options={
                'db_table': 'alerts_need',
            },
        ),
        migrations.CreateModel(
            name='Patrol',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=60)),
                ('about', models.CharField(blank=True, max_length=200)),
                ('ended_at', models.DateTimeField(null=True)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
            ],
            options={
                'db_table': 'alerts_patrol',
            },
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('appointment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='staff.appointment')),
                ('patrol', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='alerts.patrol')),
            ],
            options={
                'db_table': 'alerts_member',
            },
        ),
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('begins_at', models.DateTimeField()),
                ('meets', models.CharField(max_length=120)),
                ('reminds', models.CharField(max_length=200)),
                ('is_off', models.BooleanField(default=False)),
                ('patrol', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rounds', to='alerts.patrol')),
            ],
            options={
                'db_table': 'alerts_round',
            },
        ),
        migrations.CreateModel(
            name='Going',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='alerts.member')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='going', to='alerts.round')),
            ],
            options={
                'db_table': 'alerts_going',
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('seq', models.SmallIntegerField(default=0)),
                ('kind', models.CharField(max_length=10)),
                ('person_id', models.BigIntegerField()),
                ('post_id', models.BigIntegerField(null=True)),
                ('role', models.CharField(max_length=16)),
                ('at', models.DateTimeField()),
                ('words', models.CharField(blank=True, max_length=300)),
                ('emergency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='alerts.emergency')),
                ('reminder', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='alerts.reminder')),
            ],
            options={
                'db_table': 'alerts_step',
            },
        ),
        migrations.CreateModel(
            name='Subscription',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('door', models.CharField(blank=True, max_length=12)),
                ('lon', models.FloatField(null=True)),
                ('lat', models.FloatField(null=True)),
                ('channel', models.CharField(max_length=16)),
                ('sealed', models.BinaryField()),
                ('mark', models.CharField(max_length=32)),
                ('language', models.CharField(max_length=5)),
                ('with_drills', models.BooleanField(default=False)),
                ('code_until', models.DateTimeField(null=True)),
                ('tries', models.SmallIntegerField(default=0)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('made_at', models.DateTimeField()),
                ('until_on', models.DateField()),
                ('building', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.building')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area')),
            ],
            options={
                'db_table': 'alerts_subscription',
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('phase', models.CharField(max_length=10)),
                ('channel', models.CharField(max_length=16)),
                ('mark', models.CharField(max_length=32)),
                ('person_id', models.BigIntegerField(null=True)),
                ('state', models.CharField(default='waiting', max_length=10)),
                ('attempts', models.SmallIntegerField(default=0)),
                ('look_again_at', models.DateTimeField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('trouble', models.CharField(blank=True, max_length=200)),
                ('reminder', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='alerts.reminder')),
                ('subscription', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='alerts.subscription')),
            ],
            options={
                'db_table': 'alerts_delivery',
            },
        ),
        migrations.CreateModel(
            name='Supply',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('quantity', models.IntegerField()),
                ('promised_by', models.CharField(max_length=80)),
                ('state', models.CharField(default='promised', max_length=10)),
                ('told_at', models.DateTimeField()),
                ('need', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='supplies', to='alerts.need')),
            ],
            options={
                'db_table': 'alerts_supply',
            },
        ),
        migrations.AddConstraint(
            model_name='emergency',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['asked', 'open'])), fields=('area',), name='alerts_emergency_one_an_area'),
        ),
        migrations.AddIndex(
            model_name='reminder',
            index=models.Index(fields=['state', 'until'], name='alerts_reminder_going'),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.UniqueConstraint(fields=('patrol', 'appointment'), name='alerts_member_once'),
        ),
        migrations.AddIndex(
            model_name='round',
            index=models.Index(fields=['begins_at'], name='alerts_round_begins'),
        ),
        migrations.AddConstraint(
            model_name='going',
            constraint=models.UniqueConstraint(fields=('round', 'member'), name='alerts_going_once'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.UniqueConstraint(condition=models.Q(('kind__in', ['drafted', 'approved'])), fields=('reminder', 'person_id'), name='alerts_step_nobody_approves_twice_or_their_own'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.UniqueConstraint(condition=models.Q(('kind__in', ['asked', 'approved'])), fields=('emergency', 'seq', 'person_id'), name='alerts_step_nobody_approves_what_they_asked'),
        ),
        migrations.AddIndex(
            model_name='subscription',
            index=models.Index(fields=['community'], name='alerts_subscription_of'),
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.UniqueConstraint(fields=('mark', 'community', 'door'), name='alerts_subscription_once_a_door'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('look_again_at__isnull', False)), fields=['channel', 'look_again_at'], name='alerts_delivery_due'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(fields=('reminder', 'phase', 'channel', 'mark'), name='alerts_delivery_once'),
        ),
        migrations.RunSQL(
            BY_TWO, "DROP TRIGGER alerts_reminder_by_two ON alerts_reminder; DROP FUNCTION alerts_reminder_by_two()"
        ),
        migrations.RunSQL(
            APPROVED,
            "DROP TRIGGER alerts_emergency_approved ON alerts_emergency; DROP FUNCTION alerts_emergency_approved()",
        ),
        migrations.RunSQL(STEPS_STAY, "DROP TRIGGER alerts_step_append_only ON alerts_step"),
    ]
