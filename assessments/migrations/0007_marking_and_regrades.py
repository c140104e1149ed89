import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0006_assignments_rubrics_marking"),
        ("enrolments", "0002_dates_accommodations_cohorts"),
        ("learning", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="attemptitem",
            name="given_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="mark",
            name="reason",
            field=models.TextField(blank=True, verbose_name="reason"),
        ),
        migrations.AlterField(
            model_name="mark",
            name="score",
            field=models.DecimalField(
                decimal_places=8,
                max_digits=9,
                validators=[
                    django.core.validators.MinValueValidator(0),
                    django.core.validators.MaxValueValidator(1),
                ],
                verbose_name="score",
            ),
        ),
        migrations.CreateModel(
            name="Regrade",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField(verbose_name="reason")),
                (
                    "tell_learners",
                    models.BooleanField(default=True, verbose_name="tell learners whose score changes"),
                ),
                ("begun_at", models.DateTimeField(auto_now_add=True)),
                ("applied_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("editions", models.ManyToManyField(related_name="+", to="enrolments.edition")),
                (
                    "quiz",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="regrades",
                        to="assessments.quiz",
                    ),
                ),
            ],
            options={
                "verbose_name": "regrade",
                "verbose_name_plural": "regrades",
                "ordering": ["-begun_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="RegradedAttempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("before", models.DecimalField(blank=True, decimal_places=3, max_digits=4, null=True)),
                ("after", models.DecimalField(blank=True, decimal_places=3, max_digits=4, null=True)),
                ("regraded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "attempt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="regrades",
                        to="learning.attempt",
                    ),
                ),
                (
                    "regrade",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attempts",
                        to="assessments.regrade",
                    ),
                ),
            ],
            options={
                "verbose_name": "attempt regraded",
                "verbose_name_plural": "attempts regraded",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="RegradedQuestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("newest", "Grade it by the key of its newest version"),
                            ("drop", "Drop it: it counts for nobody"),
                            ("give", "Give everybody its points"),
                            ("own", "Grade it as it was asked (takes an earlier regrade back)"),
                        ],
                        max_length=8,
                        verbose_name="decision",
                    ),
                ),
                (
                    "key_version",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="assessments.questionversion",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="assessments.question",
                    ),
                ),
                (
                    "regrade",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="assessments.regrade",
                    ),
                ),
            ],
            options={
                "verbose_name": "question regraded",
                "verbose_name_plural": "questions regraded",
                "ordering": ["pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="regrade",
            constraint=models.UniqueConstraint(
                condition=models.Q(("applied_at", None)),
                fields=("quiz",),
                name="one_regrade_of_a_quiz_under_way",
            ),
        ),
        migrations.AddConstraint(
            model_name="regradedattempt",
            constraint=models.UniqueConstraint(
                fields=("regrade", "attempt"), name="a_regrade_meets_an_attempt_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="regradedquestion",
            constraint=models.UniqueConstraint(
                fields=("regrade", "question"), name="a_regrade_names_a_question_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="regradedquestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("action", "newest"), ("key_version__isnull", False)),
                    models.Q(models.Q(("action", "newest"), _negated=True), ("key_version", None)),
                    _connector="OR",
                ),
                name="a_new_key_names_its_version",
            ),
        ),
    ]
