"""Attempts of the first release get a row per question; words of options become rich text."""

from django.db import migrations
from django.utils.html import escape


def make_items(apps, schema_editor):
    models = {name: apps.get_model("assessments", name) for name in ("QuizAttempt", "AttemptItem", "Answer")}
    for quiz_attempt in models["QuizAttempt"].objects.select_related("attempt__version").iterator():
        version = quiz_attempt.attempt.version
        made = models["AttemptItem"].objects.bulk_create(
            models["AttemptItem"](
                quiz_attempt=quiz_attempt,
                sort_order=place,
                version_item=item,
                question_version_id=item.question_version_id,
                points=item.points,
            )
            for place, item in enumerate(version.quiz_items.order_by("sort_order") if version else ())
        )
        places = {item.version_item_id: item.pk for item in made}
        answers = list(models["Answer"].objects.filter(quiz_attempt=quiz_attempt))
        for answer in answers:
            answer.attempt_item_id = places[answer.item_id]
        models["Answer"].objects.bulk_update(answers, ["attempt_item"])


def enrich(options):
    """Plain words of options as rich text."""
    return {
        key: {name: escape(text) for name, text in words.items()} if isinstance(words, dict) else words
        for key, words in options.items()
    }


def make_words_rich(apps, schema_editor):
    for text in apps.get_model("assessments", "QuestionText").objects.iterator():
        text.options = enrich(text.options)
        text.save(update_fields=["options"])
    for version in apps.get_model("assessments", "QuestionVersion").objects.iterator():
        for words in version.content["texts"].values():
            words["options"] = enrich(words["options"])
        version.save(update_fields=["content"])
    for revision in (
        apps.get_model("wagtailcore", "Revision")
        .objects.filter(base_content_type__app_label="assessments", base_content_type__model="question")
        .iterator()
    ):
        for words in revision.content.get("texts", []):
            words["options"] = enrich(words["options"])
        revision.save(update_fields=["content"])


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0002_question_kinds_and_quiz_rules"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.RunPython(make_items, migrations.RunPython.noop),
        migrations.RunPython(make_words_rich, migrations.RunPython.noop),
    ]
