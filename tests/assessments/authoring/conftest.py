"""An author at a desk, and what a browser sends back from a form nobody touched."""

import pytest
from django import forms
from wagtail.admin.rich_text import DraftailRichTextArea

from accounts.models import Role
from tests.factories.accounts import make_staff
from tests.factories.courses import give_course_role, make_course


@pytest.fixture
def course(db):
    return make_course()


@pytest.fixture
def author(course, client):
    author = make_staff()
    give_course_role(author, course, Role.AUTHOR)
    client.force_login(author)
    return author


@pytest.fixture
def reviewer(course):
    reviewer = make_staff()
    give_course_role(reviewer, course, Role.REVIEWER)
    return reviewer


def field_as_sent(bound):
    """The value a browser sends for a field as it is drawn; None where it sends none."""
    value, widget = bound.value(), bound.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return "on" if value else None
    if isinstance(widget, DraftailRichTextArea):
        return widget.format_value(value)
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return value or None
    return "" if value is None else str(value)


def form_as_sent(form):
    """All fields of a form."""
    sent = {bound.html_name: field_as_sent(bound) for bound in form}
    return {name: value for name, value in sent.items() if value is not None}


def table_as_sent(bound):
    """The rows of a table with its hidden counters."""
    sent = form_as_sent(bound.formset.management_form)
    for form in bound.formset:
        sent |= form_as_sent(form)
    return sent


def as_sent(editor):
    """What a browser sends for the form of a question."""
    sent = form_as_sent(editor.form)
    for bound in editor.bound:
        sent |= table_as_sent(bound)
    for gap in getattr(editor, "gaps", ()):
        sent |= form_as_sent(gap.form) | table_as_sent(gap.answers)
    if hasattr(editor, "gap_keys"):
        sent["gaps"] = editor.gap_keys
    return sent
