"""Interactive activities with content that no library is needed for: what is reported about them is what matters."""

from itertools import count

from h5p.models import Content, ContentVersion
from learning.interactive.services.beginning import begin_next
from learning.models import H5PActivity, H5PWords
from tests.factories.courses import place

_numbers = count(1)


def make_content(title="Sealing exhibits", *, library="JusticeKit.QuestionSet 1.0", **fields):
    """Content with one version, which is played."""
    content = Content.objects.create(title=title)
    add_version(content, title=title, library=library, **fields)
    return content


def add_version(content, *, params=None, **fields):
    """A newer version, which is played from now on."""
    number = content.versions.count() + 1
    last = content.versions.first()
    defaults = {
        "title": content.title,
        "library": last.library if last else "",
        "params": params or {"n": number},
    }
    content.current = ContentVersion.objects.create(content=content, number=number, **defaults | fields)
    content.save()
    return content.current


def make_interactive(course, *, content=None, library="JusticeKit.QuestionSet 1.0", placed=True, **fields):
    """A live interactive activity, placed in a lesson of its course, with content in the source language."""
    defaults = {"title": f"Sealing exhibits {next(_numbers)}", "completion_rule": "finished", "live": True}
    defaults |= {"text_alternative": "<p>What an exhibit needs before it is sealed.</p>"}
    activity = H5PActivity.objects.create(course=course, **defaults | fields)
    language = activity.source_language
    H5PWords.objects.create(
        activity=activity, language=language, content=content or make_content(library=library)
    )
    if placed:
        place(activity)
    return activity


def make_played(enrolment, activity):
    """An attempt under way."""
    return begin_next(enrolment, activity, language=enrolment.language)
