"""Links of outside handlers on their way to them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0015_outside_links'),
        ('notices', '0005_thread'),
    ]

    operations = [
        migrations.CreateModel(
            name='LinkNotice',
            fields=[
                ('link', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='cases.outsidelink')),
                ('channel', models.CharField(max_length=16)),
                ('to', models.BinaryField(null=True)),
                ('hint', models.CharField(blank=True, max_length=80)),
                ('secret', models.BinaryField(null=True)),
                ('state', models.CharField(default='waiting', max_length=10)),
                ('attempts', models.SmallIntegerField(default=0)),
                ('look_again_at', models.DateTimeField(db_index=True, null=True)),
                ('written_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('trouble', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'db_table': 'notices_link_notice',
            },
        ),
    ]
