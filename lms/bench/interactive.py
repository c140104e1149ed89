"""Interactive content of the benchmark: ten activities in one lesson, and frames that play and save."""

import io
import json
import re
from dataclasses import dataclass
from uuid import uuid4

from django.urls import reverse
from django.utils import timezone

from courses.models import CompletionRule, LessonActivity, LessonPage
from enrolments.models import Enrolment
from h5p import shipped
from h5p.services.importing import import_package
from learning.interactive.addresses import addresses
from learning.interactive.services.beginning import begin_next
from learning.interactive.tokens import PLAY
from learning.models import H5PActivity, H5PWords

TYPE = "JusticeKit.QuestionSet"
IN_A_LESSON = 10
WHO_SAVE = 60
LOADED = re.compile(r'<(?:script|link)[^>]+(?:src|href)="([^"]+)"')
SAVED = json.dumps({"progress": 3, "answers": [{"chosen": [1, 2], "checked": True}] * 20})


@dataclass
class Interactive:
    """What was made, as the visits need it."""

    lesson: LessonPage
    activity: H5PActivity
    enrolments: list[Enrolment]


def make_interactive(tree, crowd, say) -> Interactive:
    """A lesson with ten activities of one content, for the people of the first edition."""
    say("interactive content …")
    content = import_package(_package(), f"{TYPE}.h5p", by=None, approve=True).content
    course = crowd.edition.course
    lesson = LessonPage.objects.descendant_of(course).order_by("pk").last()
    activities = [_place(content, course, lesson, number) for number in range(IN_A_LESSON)]
    enrolments = list(crowd.edition.enrolments.select_related("edition__course")[:WHO_SAVE])
    return Interactive(lesson, activities[0], enrolments)


def _package():
    name = next(name for name in shipped.shipped_libraries() if name.machine_name == TYPE)
    out = io.BytesIO()
    shipped.write_type(name, out)
    out.seek(0)
    return out


def _place(content, course, lesson, number):
    activity = H5PActivity.objects.create(
        course=course,
        title=f"Interactive {number + 1}",
        completion_rule=CompletionRule.FINISHED,
        text_alternative="<p>The same questions as a text.</p>",
        live=True,
    )
    H5PWords.objects.create(activity=activity, language=activity.source_language, content=content)
    LessonActivity.objects.create(
        lesson=lesson,
        activity=activity,
        block_id=uuid4(),
        sort_order=10 + number,
        required_since=timezone.now(),
    )
    return activity


def player_path(interactive: Interactive) -> str:
    """Where the first of the people plays."""
    token = PLAY.make(interactive.enrolments[0].pk, interactive.activity.pk, "en")
    return reverse("interactive:play", args=[token])


def loaded_by(page: str) -> list[str]:
    """The scripts and styles that the player's page loads."""
    return LOADED.findall(page)


def state_paths(interactive: Interactive) -> list[str]:
    """Where each of the people's frames saves; their attempts begin now."""
    paths = []
    for enrolment in interactive.enrolments:
        begun = begin_next(enrolment, interactive.activity, language="en")
        address = addresses(begun)["state"]
        paths.append(address.replace(":dataType", "state").replace(":subContentId", "0"))
    return paths
