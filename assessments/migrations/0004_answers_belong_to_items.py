import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assessments", "0003_attempts_have_items")]

    operations = [
        migrations.RemoveConstraint(model_name="answer", name="one_answer_per_question"),
        migrations.RemoveField(model_name="answer", name="item"),
        migrations.RenameField(model_name="answer", old_name="attempt_item", new_name="item"),
        migrations.AlterField(
            model_name="answer",
            name="item",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answer",
                to="assessments.attemptitem",
            ),
        ),
    ]
