"""Invitations, attestations, who may be asked in other organisations; an organisation writes only about its own staff."""

import django.db.models.deletion
import django.db.models.functions.text
import opensponsor.core.ids
from django.conf import settings
from django.db import migrations, models

from opensponsor.core.rowsecurity import guard_table, track_table

STAFF = ("identity_membership", "identity_accessrequest", "identity_invitation")
# A county writes its districts' cases, never their memberships; a platform administrator writes for the one organisation it names.
OWN_OR_NAMED = (
    "(organisation_id = nullif(current_setting('app.organisation', true), '')::int"
    " OR organisation_id::text = current_setting('app.write_org_ids', true))"
)

# A council must be able to reach the champion of another one, whose memberships it may not read (ORG-037).
CHAMPIONS = """
CREATE FUNCTION identity_champions(a_day date) RETURNS TABLE (
  organisation_id int, name_en text, name_cy text, full_name text, email text
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $f$
  SELECT o.id, o.name_en::text, o.name_cy::text, u.full_name::text, u.email::text
  FROM public.identity_membership m
    JOIN public.identity_organisation o ON o.id = m.organisation_id
    JOIN public.identity_user u ON u.id = m.user_id
  WHERE m.role = 'DATA_CHAMPION' AND m.starts_on <= a_day AND (m.ends_on IS NULL OR m.ends_on > a_day)
    AND o.is_active AND u.is_active
$f$
"""

RIGHTS = """
GRANT SELECT (id, full_name, email, is_active) ON identity_user TO app_search;
GRANT CREATE ON SCHEMA public TO app_search;
REVOKE ALL ON FUNCTION identity_champions(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity_champions(date) TO app_runtime;
ALTER FUNCTION identity_champions(date) OWNER TO app_search;
REVOKE CREATE ON SCHEMA public FROM app_search;
"""


def own_staff_only(table: str) -> migrations.RunSQL:
    """Narrow what may be written about an organisation's people to that organisation."""
    return migrations.RunSQL(
        [
            f"ALTER POLICY own_insert ON {table} WITH CHECK {OWN_OR_NAMED}",
            f"ALTER POLICY own_update ON {table} USING {OWN_OR_NAMED} WITH CHECK {OWN_OR_NAMED}",
            f"ALTER POLICY own_delete ON {table} USING {OWN_OR_NAMED}",
        ],
        migrations.RunSQL.noop,
    )


class Migration(migrations.Migration):

    dependencies = [
        ('identity', '0002_guard'),
    ]

    operations = [
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.UUIDField(default=opensponsor.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='accessrequest',
            name='access_request_is_vouched',
        ),
        migrations.AddField(
            model_name='accessrequest',
            name='knows_where_to_get_help',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='membership',
            name='attested_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='organisation',
            name='updated_at',
            field=models.DateTimeField(auto_now=True),
        ),
        migrations.AddField(
            model_name='user',
            name='active_from',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name='accessrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['VOUCHED', 'CREATED']), _negated=True), models.Q(('knows_where_to_get_help', True), ('training_confirmed_on__isnull', False), ('vouched_by__isnull', False), ('work_account_checked', True)), _connector='OR'), name='access_request_is_vouched', violation_error_message='A data champion confirms the work account and the training first.'),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='user_address_once', violation_error_message='An account with this address exists already.'),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('is_active', False), models.Q(('left_on', None), ('suspended_on', None)), _connector='OR'), name='user_suspended_or_gone_is_not_active', violation_error_message='A suspended account, or one whose holder left, is not active.'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='identity.organisation'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(condition=models.Q(('used_at', None), ('withdrawn_at', None)), fields=('user',), name='invitation_open_once', violation_error_message='This person has an open invitation already.'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('used_at', None), ('withdrawn_at', None), _connector='OR'), name='invitation_used_or_withdrawn', violation_error_message='A withdrawn invitation cannot be used.'),
        ),
        guard_table("identity_invitation", owner="organisation_id", own_only=True),
        *(own_staff_only(table) for table in STAFF),
        track_table("identity_reach"),
        migrations.RunSQL(CHAMPIONS, migrations.RunSQL.noop),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
    ]
