"""Assignments, rubrics and what is handed in; live and frozen unless asked otherwise."""

import zipfile
from decimal import Decimal
from io import BytesIO
from itertools import count

from django.core.files.uploadedfile import SimpleUploadedFile

from assessments.assignments import services
from assessments.assignments.publishing import freeze_assignment
from assessments.models import Assignment, AssignmentText, Rubric, RubricText
from assessments.rubrics import pinned_version
from courses.models import CompletionRule
from enrolments.models import CohortMember
from tests.factories.courses import make_course, place
from tests.factories.enrolments import make_cohort, make_edition, make_enrolment

_numbers = count(1)

LEVELS = ("weak", "fair", "strong")


def make_rubric(course=None, *, criteria=2, languages=("en",), **fields):
    """A rubric with criteria c1, c2 … and levels weak (0), fair (2), strong (4)."""
    rows = [
        {"key": f"c{number}", "points": {"weak": "0", "fair": "2", "strong": "4"}}
        for number in range(1, criteria + 1)
    ]
    defaults = {"name": f"Rubric {next(_numbers)}", "language": languages[0]}
    rubric = Rubric.objects.create(
        course=course, levels=[{"key": key} for key in LEVELS], criteria=rows, **defaults | fields
    )
    for language in languages:
        RubricText.objects.create(
            rubric=rubric,
            language=language,
            levels={key: f"{key.title()} [{language}]" for key in LEVELS},
            criteria={
                row["key"]: {
                    "title": f"Criterion {row['key']} [{language}]",
                    "description": "",
                    "cells": {key: f"{row['key']} is {key} [{language}]" for key in LEVELS},
                }
                for row in rows
            },
        )
    return rubric


def make_assignment(course=None, *, placed=True, published=True, rubric=None, languages=("en",), **fields):
    """An assignment that takes a text or files, passed with 60 %; with `rubric`, marked by it."""
    course = course or make_course()
    defaults = {
        "title": f"Assignment {next(_numbers)}",
        "pass_mark": Decimal("0.6"),
        "completion_rule": CompletionRule.PASSED,
        "file_types": ["pdf", "docx", "odt", "txt", "png"],
        "live": published,
        "rubric_version": pinned_version(rubric) if rubric else None,
    }
    assignment = Assignment.objects.create(course=course, **defaults | fields)
    for language in languages:
        AssignmentText.objects.create(
            assignment=assignment,
            language=language,
            title=f"Freezing order [{language}]",
            instructions=f"<p>Draft the order and give your reasons. [{language}]</p>",
        )
    if published:
        freeze_assignment(assignment)
    if placed:
        place(assignment)
    return assignment


def make_work_group(edition, *enrolments, **fields):
    """Learners who hand in together."""
    return make_cohort(edition, *enrolments, hands_in_together=True, **fields)


def join(cohort, enrolment):
    """Put a learner into a group."""
    return CohortMember.objects.create(
        cohort=cohort,
        enrolment=enrolment,
        hands_in_together=cohort.hands_in_together,
        joined_at=enrolment.enrolled_at,
    )


def make_draft(assignment, enrolment=None, *, text="", files=()):
    """A draft begun through the service, with a text and files."""
    enrolment = enrolment or make_enrolment(make_edition(assignment.course))
    draft = services.begin(enrolment, assignment, language="en")
    if text:
        draft = services.save_text(draft, text, by=enrolment.person, sequence=draft.sequence, language="en")
    for upload in files:
        services.add_file(draft, upload, by=enrolment.person)
    return draft


def make_submission(assignment, enrolment=None, *, text="The order is needed at once.", files=()):
    """Something handed in through the services."""
    enrolment = enrolment or make_enrolment(make_edition(assignment.course))
    draft = make_draft(assignment, enrolment, text=text, files=files)
    return services.hand_in(draft, enrolment).submission


def strong(*, criteria=2, **changes):
    """Marks that choose the best level everywhere, but for `changes`."""
    choices = {f"c{number}": "strong" for number in range(1, criteria + 1)} | changes
    return services.Marks(choices=choices, comment="Well argued.")


def worth(points, comment="Well argued."):
    """Marks without a rubric."""
    return services.Marks(points=Decimal(points), comment=comment)


def text_file(name="note.txt", content="A note on the order."):
    """An upload of plain text."""
    return SimpleUploadedFile(name, content.encode())


def pdf_file(name="order.pdf", content=b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF"):
    """An upload that begins as a PDF does."""
    return SimpleUploadedFile(name, content)


def package(parts, name):
    """An upload of a ZIP package with these parts."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return SimpleUploadedFile(name, packed.getvalue())


def word_file(*paragraphs, name="order.docx", **parts):
    """A Word document with these paragraphs."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = "".join(f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>" for words in paragraphs)
    document = f"<w:document {space}><w:body>{body}</w:body></w:document>"
    return package({"[Content_Types].xml": "<Types/>", "word/document.xml": document, **parts}, name)


def open_document(*paragraphs, name="order.odt"):
    """An OpenDocument text with these paragraphs."""
    space = 'xmlns:office="urn:office" xmlns:text="urn:text"'
    body = "".join(f"<text:p>{words}</text:p>" for words in paragraphs)
    content = f"<office:document {space}>{body}</office:document>"
    return package({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}, name)
