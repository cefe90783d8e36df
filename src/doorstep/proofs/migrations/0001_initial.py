"""The log over the ledger: its leaves, its signed heads, the keys that signed them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Key',
            fields=[
                ('id', models.CharField(max_length=8, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200)),
                ('public', models.BinaryField()),
                ('private', models.BinaryField(null=True)),
                ('valid_from', models.DateTimeField()),
                ('valid_until', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'proofs_key',
            },
        ),
        migrations.CreateModel(
            name='Waiting',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('case_id', models.BigIntegerField()),
                ('seq', models.IntegerField()),
            ],
            options={
                'db_table': 'proofs_waiting',
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('leaf_index', models.BigIntegerField(primary_key=True, serialize=False)),
                ('case_id', models.BigIntegerField()),
                ('seq', models.IntegerField()),
                ('leaf', models.BinaryField()),
                ('nodes', models.BinaryField()),
            ],
            options={
                'db_table': 'proofs_entry',
                'constraints': [models.UniqueConstraint(fields=('case_id', 'seq'), name='proofs_entry_once')],
            },
        ),
        migrations.CreateModel(
            name='Head',
            fields=[
                ('size', models.BigIntegerField(primary_key=True, serialize=False)),
                ('root', models.BinaryField()),
                ('at', models.DateTimeField(db_index=True)),
                ('note', models.TextField()),
                ('key', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='proofs.key')),
            ],
            options={
                'db_table': 'proofs_head',
            },
        ),
    ]
