from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0004_answers_belong_to_items"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="quizitem",
            options={"ordering": ["sort_order"]},
        ),
    ]
