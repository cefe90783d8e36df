"""How the duty of a unit is reached, and where anybody may call it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('staff', '0002_outside'),
    ]

    operations = [
        migrations.CreateModel(
            name='DutyContact',
            fields=[
                ('unit', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='duty', serialize=False, to='staff.unit')),
                ('phone', models.BinaryField(null=True)),
                ('email', models.BinaryField(null=True)),
            ],
            options={
                'db_table': 'staff_duty_contact',
            },
        ),
        migrations.AddField(
            model_name='unit',
            name='phone',
            field=models.CharField(blank=True, db_default='', default='', max_length=30),
        ),
    ]
