"""Long work: exports as rows, and how far an import is."""

import django.db.models.deletion
import tonggui.base.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("register", "0002_answer_from_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="ExportRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ledger", models.CharField(max_length=64)),
                ("file_name", models.CharField(max_length=200)),
                ("total", models.PositiveIntegerField(default=0)),
                ("problem", models.TextField(default="")),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("at", models.DateTimeField(default=tonggui.base.clock.now)),
                ("done_at", models.DateTimeField(null=True)),
                ("state", models.CharField(default="waiting", max_length=16)),
                ("query", models.TextField(default="")),
                ("size", models.BigIntegerField(default=0)),
            ],
            options={
                "verbose_name": "导出",
            },
        ),
        migrations.AddField(
            model_name="importrun",
            name="attempts",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="importrun",
            name="needs_reason",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="importrun",
            name="preview",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="importrun",
            name="problem",
            field=models.TextField(default=""),
        ),
        migrations.AddField(
            model_name="importrun",
            name="stored",
            field=models.CharField(default="", max_length=64),
        ),
        migrations.AddField(
            model_name="importrun",
            name="total",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="importrun",
            name="why",
            field=models.TextField(default=""),
        ),
        migrations.AddIndex(
            model_name="importrun",
            index=models.Index(fields=["account", "-id"], name="imports_of_account"),
        ),
        migrations.AddField(
            model_name="exportrun",
            name="account",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddIndex(
            model_name="exportrun",
            index=models.Index(fields=["account", "-id"], name="exports_of_account"),
        ),
    ]
