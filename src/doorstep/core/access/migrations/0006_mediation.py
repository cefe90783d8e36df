"""The roles of parties to a mediation, who come by a link, and of mediators."""

from importlib import import_module

from django.db import migrations

roles = import_module("doorstep.core.access.migrations.0002_roles")


class Migration(migrations.Migration):
    dependencies = [("access", "0005_outside")]
    operations = [migrations.RunPython(roles.make_roles, migrations.RunPython.noop)]
