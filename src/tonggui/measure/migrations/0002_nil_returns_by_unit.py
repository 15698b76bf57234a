"""Nil returns of a unit, confirmed by a second person; those made before stand as they were made."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F


def confirm_earlier(apps, schema_editor):
    """Returns made under the old rule counted at once: they keep counting from that moment."""
    returns = apps.get_model("measure", "NilReturn").objects.filter(confirmed_at=None)
    returns.update(confirmed_at=F("made_at"), confirmed_by="（此前不须核实）")


class Migration(migrations.Migration):
    dependencies = [
        ("measure", "0001_initial"),
        ("parties", "0003_person_and_town"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="nilreturn", name="one_nil_return_a_month"),
        migrations.AddField(
            model_name="nilreturn",
            name="unit",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="parties.unit",
                verbose_name="单位",
            ),
        ),
        migrations.AddField(
            model_name="nilreturn",
            name="confirmed_at",
            field=models.DateTimeField(null=True, verbose_name="核实时间"),
        ),
        migrations.AddField(
            model_name="nilreturn",
            name="confirmed_by",
            field=models.CharField(default="", max_length=64, verbose_name="核实人"),
        ),
        migrations.RunPython(confirm_earlier, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="nilreturn",
            constraint=models.UniqueConstraint(fields=("ledger", "month", "unit"), name="one_nil_return_of_a_unit"),
        ),
        migrations.AddConstraint(
            model_name="nilreturn",
            constraint=models.UniqueConstraint(
                condition=models.Q(("unit", None)), fields=("ledger", "month"), name="one_nil_return_of_the_bureau"
            ),
        ),
    ]
