"""Mail that is to be sent."""

import django.db.models.deletion
import opensponsor.core.ids
from django.db import migrations, models

from opensponsor.core.rowsecurity import keep_history

# Whoever acts may write a letter; only jobs read what was written and tick it off.
GUARD = [
    "ALTER TABLE notices_notice ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE notices_notice FORCE ROW LEVEL SECURITY",
    "CREATE POLICY ingest ON notices_notice TO app_ingest USING (true) WITH CHECK (true)",
    "CREATE POLICY write ON notices_notice FOR INSERT TO app_rw, app_one, app_national WITH CHECK (sent_at IS NULL)",
    *keep_history("notices_notice", hidden="address,context"),
]


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('identity', '0003_accounts'),
        ('audit', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.UUIDField(default=opensponsor.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('address', models.EmailField(blank=True, max_length=254)),
                ('role', models.CharField(blank=True, choices=[('CASEWORKER', 'Caseworker'), ('DATA_CHAMPION', 'Data champion'), ('AUDITOR', 'Auditor'), ('SAFEGUARDING_LEAD', 'Safeguarding lead'), ('FINANCE_OFFICER', 'Finance officer'), ('CONTACT_CENTRE_OFFICER', 'Contact centre officer'), ('HEALTH_OFFICER', 'Health board officer'), ('ADVISORY_OFFICER', 'National Advisory Service officer'), ('NATIONAL_ADMINISTRATOR', 'National administrator'), ('ANALYST', 'Analyst'), ('HOME_OFFICE_CASEWORKER', 'Home Office caseworker'), ('SPONSOR_LEVEL_1', 'Licensed sponsor, level 1'), ('SPONSOR_LEVEL_2', 'Licensed sponsor, level 2'), ('SERVICE_DESK_OFFICER', 'Service desk officer'), ('PLATFORM_ADMINISTRATOR', 'Platform administrator')], max_length=30)),
                ('letter', models.CharField(choices=[('ACCESS_ASKED', 'To data champions: somebody asks for access'), ('ACCESS_UNCLAIMED', 'To administrators: somebody asks where there is no champion'), ('ACCESS_VOUCHED', 'To administrators: somebody was vouched for'), ('ACCESS_REFUSED', 'To who asked: the request was refused'), ('INVITATION', 'To who asked: the account is ready'), ('FURTHER_ORGANISATION', 'To a user: you joined a further organisation'), ('INACTIVITY_WARNING', 'To a user: the account will be suspended'), ('ACCOUNT_SUSPENDED', 'To a user: the account was suspended'), ('ACCOUNT_REACTIVATED', 'To a user: the account was given back'), ('ATTESTATION_DUE', 'To data champions: confirm who still needs access')], max_length=30)),
                ('language', models.CharField(blank=True, max_length=2)),
                ('context', models.JSONField(default=dict)),
                ('sent_at', models.DateTimeField(null=True)),
                ('place', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='identity.organisation')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('place', None), ('role', ''), models.Q(('address', ''), _negated=True)), models.Q(('address', ''), ('place__isnull', False), models.Q(('role', ''), _negated=True)), _connector='OR'), name='notice_has_one_addressee', violation_error_message='A notice goes to one address, or to a role at an organisation.')],
            },
        ),
        migrations.RunSQL(GUARD, migrations.RunSQL.noop),
    ]
