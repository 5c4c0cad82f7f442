"""Case and owner of a record refer to the case together, so that it never has another owner than its case."""

import django.db.models.deletion
from django.db import migrations, models

from opensponsor.core.rowsecurity import bind_to_case

# A case has one id already: this is what the references name.
REFERRED_TO = "ALTER TABLE cases_case ADD CONSTRAINT case_has_one_owner UNIQUE (id, owner_id)"


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0006_sound"),
        ("identity", "0003_accounts"),
    ]

    operations = [
        migrations.RunSQL(REFERRED_TO, "ALTER TABLE cases_case DROP CONSTRAINT case_has_one_owner"),
        migrations.AlterField(
            model_name="approvalrequest",
            name="case",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="cases.case",
            ),
        ),
        migrations.AlterField(
            model_name="approvalrequest",
            name="owner",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="identity.organisation",
            ),
        ),
        migrations.AlterField(
            model_name="note",
            name="case",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="cases.case",
            ),
        ),
        migrations.AlterField(
            model_name="note",
            name="owner",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="identity.organisation",
            ),
        ),
        migrations.AlterField(
            model_name="share",
            name="case",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="cases.case",
            ),
        ),
        migrations.AlterField(
            model_name="share",
            name="owner",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="identity.organisation",
            ),
        ),
        migrations.AlterField(
            model_name="task",
            name="case",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="cases.case",
            ),
        ),
        migrations.AlterField(
            model_name="task",
            name="owner",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="identity.organisation",
            ),
        ),
        bind_to_case("cases_approvalrequest"),
        bind_to_case("cases_note"),
        bind_to_case("cases_share"),
        bind_to_case("cases_task"),
    ]
