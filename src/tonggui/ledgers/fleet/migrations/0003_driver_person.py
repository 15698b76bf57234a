import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('fleet', '0002_answer_from_indexes'),
        ('parties', '0004_desk'),
    ]

    operations = [
        migrations.AddField(
            model_name='driver',
            name='person',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.person'),
        ),
        migrations.AddIndex(
            model_name='driver',
            index=models.Index(fields=['person', 'unit'], name='fleet_drive_person__060479_idx'),
        ),
    ]
