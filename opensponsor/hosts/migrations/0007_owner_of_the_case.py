"""Case and owner of a record refer to the case together, so that it never has another owner than its case."""

import django.db.models.deletion
from django.db import migrations, models

from opensponsor.core.rowsecurity import bind_to_case


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0007_owner_of_the_case"),
        ("hosts", "0006_removed_addresses"),
        ("identity", "0003_accounts"),
    ]

    operations = [
        migrations.AlterField(
            model_name="hostaddress",
            name="case",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="cases.case",
            ),
        ),
        migrations.AlterField(
            model_name="hostaddress",
            name="owner",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="identity.organisation",
            ),
        ),
        migrations.AlterField(
            model_name="offeredproperty",
            name="case",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="cases.case",
            ),
        ),
        migrations.AlterField(
            model_name="offeredproperty",
            name="owner",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="identity.organisation",
            ),
        ),
        migrations.AlterField(
            model_name="sponsor",
            name="case",
            field=models.OneToOneField(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sponsor",
                to="cases.case",
            ),
        ),
        migrations.AlterField(
            model_name="sponsor",
            name="owner",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="identity.organisation",
            ),
        ),
        migrations.AlterField(
            model_name="sponsorship",
            name="case",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="cases.case",
            ),
        ),
        migrations.AlterField(
            model_name="sponsorship",
            name="owner",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="identity.organisation",
            ),
        ),
        bind_to_case("hosts_hostaddress"),
        bind_to_case("hosts_offeredproperty"),
        bind_to_case("hosts_sponsor"),
        bind_to_case("hosts_sponsorship"),
    ]
