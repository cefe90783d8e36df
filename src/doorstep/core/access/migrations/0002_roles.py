"""One database role per row of `core/access/roles.py`; the app's login may become each, and owns nothing."""

from django.db import migrations

from doorstep.core.access.roles import SCOPES

APP_LOGIN = "doorstep_app"


def make_roles(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        for scope in SCOPES.values():
            role = scope.database_role
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
            if cursor.fetchone() is None:
                cursor.execute(f'CREATE ROLE "{role}" NOLOGIN NOINHERIT')
            cursor.execute(f'GRANT "{role}" TO "{APP_LOGIN}" WITH INHERIT FALSE, SET TRUE')
            cursor.execute(f'GRANT USAGE ON SCHEMA public TO "{role}"')


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]
    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
