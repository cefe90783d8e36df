"""What was looked at and done cannot be rewritten, by anybody."""

from django.db import migrations

TRIGGERS = """
CREATE FUNCTION refuse_to_rewrite_the_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER access_read_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON access_read
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_rewrite_the_audit();
CREATE TRIGGER access_deed_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON access_deed
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_rewrite_the_audit();
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0002_roles")]
    operations = [migrations.RunSQL(TRIGGERS, migrations.RunSQL.noop)]
