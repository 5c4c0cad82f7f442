"""Row security and history of the identity tables, and the one statement that signs somebody on."""

from django.db import migrations

from opensponsor.core.rowsecurity import guard_table, track_table

# Needs no context, because it is what the context is built from: one row per organisation the user is a member of on the day.
SIGN_ON = """
CREATE FUNCTION identity_sign_on(a_user int, a_day date) RETURNS TABLE (
  organisation_id int, name_en text, name_cy text, kind text, reads_realms text[], roles text[], reads int[], writes int[]
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $f$
  SELECT o.id, o.name_en::text, o.name_cy::text, o.kind::text, o.reads_realms::text[], array_agg(DISTINCT m.role::text),
    array(SELECT r.reached_id FROM public.identity_reach r WHERE r.organisation_id = o.id) || o.id,
    array(SELECT r.reached_id FROM public.identity_reach r WHERE r.organisation_id = o.id AND r.may_write) || o.id
  FROM public.identity_membership m JOIN public.identity_organisation o ON o.id = m.organisation_id
  WHERE m.user_id = a_user AND m.starts_on <= a_day AND (m.ends_on IS NULL OR m.ends_on > a_day) AND o.is_active
  GROUP BY o.id ORDER BY o.name_en
$f$
"""

RIGHTS = """
GRANT CREATE ON SCHEMA public TO app_search;
REVOKE ALL ON FUNCTION identity_sign_on(int, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity_sign_on(int, date) TO app_runtime;
ALTER FUNCTION identity_sign_on(int, date) OWNER TO app_search;
REVOKE CREATE ON SCHEMA public FROM app_search;
GRANT SELECT ON identity_membership, identity_organisation, identity_reach TO app_search;
CREATE POLICY sign_on ON identity_membership FOR SELECT TO app_search USING (true)
"""

# A draft belongs to a person, not to an organisation.
DRAFTS = """
ALTER TABLE identity_draft ENABLE ROW LEVEL SECURITY;
ALTER TABLE identity_draft FORCE ROW LEVEL SECURITY;
CREATE POLICY ingest ON identity_draft TO app_ingest USING (true) WITH CHECK (true);
CREATE POLICY own_draft ON identity_draft TO app_rw, app_one, app_national
  USING (user_id::text = current_setting('app.user', true)) WITH CHECK (user_id::text = current_setting('app.user', true))
"""


class Migration(migrations.Migration):
    dependencies = [("identity", "0001_initial"), ("audit", "0001_initial")]
    operations = [
        guard_table("identity_membership", owner="organisation_id", own_only=True),
        guard_table("identity_accessrequest", owner="organisation_id", own_only=True),
        track_table("identity_organisation"),
        track_table("identity_user", hidden="password,last_login,last_seen_on"),
        migrations.RunSQL(SIGN_ON, migrations.RunSQL.noop),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
        migrations.RunSQL(DRAFTS, migrations.RunSQL.noop),
    ]
