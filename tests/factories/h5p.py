"""Interactive content made quickly: a library row without files, content by the service, activities that play it."""

from itertools import count

from django.utils import timezone

from h5p.core.names import LibraryName
from h5p.models import Library, Source, Status
from h5p.services.contents import save_version
from learning.interactive.publishing import freeze_activity
from learning.models import H5PActivity, H5PAttempt, H5PWords
from tests.factories.courses import make_course
from tests.factories.enrolments import make_edition, make_enrolment
from tests.factories.learning import make_attempt
from tests.h5p.packages import QUESTION, SEMANTICS, library_json

_numbers = count(1)


def make_library(machine_name=QUESTION, *, is_approved=True, semantics=SEMANTICS, **described):
    """A content type without files; made once for each name and version."""
    info = library_json(machine_name, preloadedJs=[], **described)
    version = {"major": info["majorVersion"], "minor": info["minorVersion"], "patch": info["patchVersion"]}
    library, _created = Library.objects.get_or_create(
        machine_name=machine_name,
        **version,
        sha256=f"{machine_name}{version}"[:64],
        defaults={
            "title": info["title"],
            "runnable": bool(info["runnable"]),
            "info": info,
            "semantics": semantics,
            "origin": "tests",
            "status": Status.APPROVED if is_approved else Status.QUARANTINE,
            "current_since": timezone.now() if is_approved else None,
        },
    )
    return library


def make_content(title=None, *, library=QUESTION, is_approved=True, is_draft=False, params=None, **fields):
    """Content of one version, played unless it is a draft."""
    made = make_library(library, is_approved=is_approved)
    version = save_version(
        None,
        title=title or f"Content {next(_numbers)}",
        library=made.name,
        params={"question": "<p>Who sealed it?</p>", "points": 1} if params is None else params,
        files={},
        by=None,
        language="en",
        make_current=not is_draft,
        **fields,
    )
    return version.content


def save_again(content, *, by=None, is_draft=True, **params):
    """Another version with some parameters changed, a draft unless asked otherwise."""
    newest = content.newest
    return save_version(
        content,
        title=newest.title,
        library=LibraryName.parse(newest.library),
        params=newest.params | params,
        files={},
        by=by,
        language=newest.language,
        source=Source.FORM,
        make_current=not is_draft,
    )


def make_interactive(course=None, *, content=None, languages=("en",), **fields):
    """A live activity that plays content in each language; not placed."""
    defaults = {
        "title": f"Interactive {next(_numbers)}",
        "text_alternative": "<p>Cards with terms.</p>",
        "live": True,
    }
    defaults |= {"completion_rule": "finished"}
    activity = H5PActivity(course=course or make_course(), **defaults | fields)
    activity.save()
    for language in languages:
        played = content or make_content()
        H5PWords.objects.create(
            activity=activity,
            language=language,
            content=played,
            version=played.current,
            text_alternative="<p>Cards with terms.</p>",
        )
    activity = H5PActivity.objects.get(pk=activity.pk)
    freeze_activity(activity)
    return activity


def make_interactive_attempt(activity, enrolment=None, *, language="en", score=None, **fields):
    """An attempt at an interactive activity, open unless it has a score."""
    enrolment = enrolment or make_enrolment(make_edition(activity.course))
    attempt = make_attempt(enrolment, activity, score=score, language=language)
    version = activity.words_in(language).content.current
    return H5PAttempt.objects.create(attempt=attempt, version=version, **fields)
