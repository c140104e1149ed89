"""Electives that were left without any work in them are no part of a student's record.

Leaving one removes its row; rows of those left before that rule stand as modules without a result, and would come back
with a student who returns.
"""

from django.db import migrations
from django.db.models import Exists, OuterRef

WORK = (
    ("learning", "Attempt"),
    ("learning", "Completion"),
    ("timetable", "AttendanceMark"),
    ("gradebook", "GradeEntry"),
)
HELD_BY = (
    ("ModuleResult", "module_enrolment"),
    ("StudentCase", "module_enrolment"),
    ("AgendaItem", "module_enrolment"),
    ("Project", "place"),
)


def forget_electives_left(apps, schema_editor):
    """Remove the rows that nothing hangs on, of students who are still there."""
    rows = apps.get_model("programmes", "ModuleEnrolment").objects.filter(
        module__is_elective=True, enrolment__withdrawn_at__isnull=False, student__withdrawn_at=None
    )
    for app, name in WORK:
        facts = apps.get_model(app, name).objects.filter(enrolment=OuterRef("enrolment"))
        rows = rows.exclude(Exists(facts))
    for name, field in HELD_BY:
        held = apps.get_model("programmes", name).objects.filter(**{field: OuterRef("pk")})
        rows = rows.exclude(Exists(held))
    for row in rows.order_by("pk"):
        row.delete()


class Migration(migrations.Migration):
    dependencies = [
        ("programmes", "0008_nominations"),
        ("enrolments", "0004_roles_of_programmes"),
        ("gradebook", "0001_initial"),
        ("learning", "0004_h5p_words_version"),
        ("timetable", "0003_documents_are_erased_in_time"),
    ]

    operations = [migrations.RunPython(forget_electives_left, migrations.RunPython.noop)]
