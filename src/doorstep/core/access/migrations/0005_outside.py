"""The role of outside handlers, who come by a link."""

from importlib import import_module

from django.db import migrations

roles = import_module("doorstep.core.access.migrations.0002_roles")


class Migration(migrations.Migration):
    dependencies = [("access", "0004_alarm")]
    operations = [migrations.RunPython(roles.make_roles, migrations.RunPython.noop)]
