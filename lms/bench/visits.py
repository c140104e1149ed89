"""The pages and actions that are measured, each with what ARCHITECTURE allows it, as requests to send."""

from dataclasses import asdict, dataclass, field
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.middleware.csrf import _get_new_csrf_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from certificates.codes import printed
from lms.bench.interactive import IN_A_LESSON, SAVED, loaded_by, player_path, state_paths
from portfolio.models import Theme


@dataclass
class Request:
    """One request as a browser would send it."""

    path: str
    method: str = "GET"
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Visit:
    """One kind of request, measured by sending these in turn."""

    name: str
    budget: int | None
    requests: list[Request]
    answers: list[int] = field(default_factory=lambda: [200])
    once: bool = False
    queries: int = 0


class Visitor:
    """Somebody at a browser: signed in, or a stranger."""

    def __init__(self, person=None):
        self.client = Client(headers={"host": settings.SITE_HOST})
        if person:
            self.client.force_login(person)
        token = _get_new_csrf_string()
        cookies = {name: morsel.value for name, morsel in self.client.cookies.items()}
        cookies[settings.CSRF_COOKIE_NAME] = token
        self.headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "X-CSRFToken": token,
        }

    def get(self, path):
        """A request for a page."""
        return Request(path, headers=self.headers)

    def post(self, path, **fields):
        """A request that sends a form."""
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        return Request(path, "POST", urlencode(fields), self.headers | form)

    def queries(self, request):
        """How many queries the request asks, once what a process remembers is warm."""
        send = getattr(self.client, request.method.lower())
        options = (
            {"data": request.body, "content_type": request.headers.get("Content-Type")}
            if request.body
            else {}
        )
        with CaptureQueriesContext(connection) as captured:
            answer = send(request.path, **options)
        if answer.status_code not in (200, 302):
            raise RuntimeError(f"{answer.status_code} from {request.path}")
        return len(captured)


def make_visits(tree, crowd, grades, interactive) -> list[Visit]:
    """Every visit, with its queries counted. The last attempt is spent on counting."""
    with override("en"):
        pages = _page_visits(tree, crowd)
        actions = _action_visits(crowd)
        return pages + actions + _interactive_visits(crowd, interactive) + _gradebook_visits(grades)


def _page_visits(tree, crowd):
    stranger, learner = Visitor(), Visitor(crowd.busiest)
    theme = Theme.objects.filter(pk__in=tree.courses[0].themes.values("pk")).get()
    courses = "/en/courses/"
    lesson = reverse("learning:lesson", args=[crowd.edition.code, tree.lesson.pk])
    found = [
        ("catalogue", 15, stranger, courses),
        ("catalogue, search", 15, stranger, f"{courses}?q=criminal+assets"),
        ("catalogue, facet", 15, stranger, f"{courses}?theme={theme.slug}"),
        ("course page", None, stranger, tree.courses[0].url),
        ("lesson", 20, learner, lesson),
        ("my learning, 20 courses", 20, learner, reverse("learning:my_learning")),
        ("verification", 4, stranger, reverse("certificates:verify", args=[printed(crowd.award.code)])),
    ]
    visits = []
    for name, budget, visitor, path in found:
        request = visitor.get(path)
        visitor.queries(request)
        visits.append(Visit(name, budget, [request], queries=visitor.queries(request)))
    return visits


def _action_visits(crowd):
    *attempts, spent, first = crowd.attempts
    answer = Visit("save an answer", 8, [])
    hand_in = Visit("hand in 40 questions", 30, [], answers=[302], once=True)
    for attempt in attempts:
        visitor = Visitor(attempt.enrolment.person)
        answer.requests.append(_answer(visitor, crowd.edition, attempt))
        hand_in.requests.append(_hand_in(visitor, crowd.edition, attempt))
    for attempt in (first, spent):  # the first warms what a process remembers
        visitor = Visitor(attempt.enrolment.person)
        answer.queries = visitor.queries(_answer(visitor, crowd.edition, attempt))
        hand_in.queries = visitor.queries(_hand_in(visitor, crowd.edition, attempt))
    return [answer, hand_in]


def _answer(visitor, edition, attempt):
    item = attempt.quiz_attempt.items.first()
    path = reverse("assessments:save_answer", args=[edition.code, attempt.pk, item.pk])
    return visitor.post(path, **{item_field(item): "b"})


def item_field(item):
    """The form field of a question."""
    return f"item-{item.pk}"


def _hand_in(visitor, edition, attempt):
    return visitor.post(reverse("assessments:hand_in", args=[edition.code, attempt.pk]), sure="1")


def _interactive_visits(crowd, interactive):
    learner, frame = Visitor(crowd.busiest), Visitor()
    lesson = reverse("learning:lesson", args=[crowd.edition.code, interactive.lesson.pk])
    player = player_path(interactive)
    loaded = loaded_by(frame.client.get(player).text)
    code = next(path for path in loaded if path.startswith("/h5p/") and path.endswith(".js"))
    found = [
        (f"lesson, {IN_A_LESSON} interactive", 20, learner, lesson),
        (f"player ({len(loaded)} files)", 12, frame, player),
        ("player, all its scripts", 6, frame, code),
    ]
    visits = []
    for name, budget, visitor, path in found:
        request = visitor.get(path)
        visitor.queries(request)
        visits.append(Visit(name, budget, [request], queries=visitor.queries(request)))
    saves = [frame.post(path, data=SAVED, preload="1", invalidate="1") for path in state_paths(interactive)]
    frame.queries(saves[0])
    return [*visits, Visit("save a state", 15, saves[1:], once=True, queries=frame.queries(saves[0]))]


def _gradebook_visits(grades):
    staff, edition = Visitor(grades.coordinator), grades.scheme.edition
    grid = reverse("edition_grades:grid", args=[edition.pk])
    size = f"{grades.learners} × {grades.scheme.items.count()}"
    visits = []
    for name, path in [(f"gradebook {size}", grid), ("gradebook, not passing", f"{grid}?show=failing")]:
        request = staff.get(path)
        staff.queries(request)
        visits.append(Visit(name, 25, [request], queries=staff.queries(request)))
    learners = edition.enrolments.order_by("pk")
    item = grades.scheme.items.first()
    *requests, spent, first = [_grade(staff, edition, learner, item) for learner in learners[:60]]
    staff.queries(first)
    return [*visits, Visit("save a result", None, requests, once=True, queries=staff.queries(spent))]


def _grade(visitor, edition, learner, item):
    path = reverse("edition_grades:save_cell", args=[edition.pk])
    entry = item.entries.filter(enrolment=learner).first()
    seen = entry.pk if entry else 0
    return visitor.post(path, enrolment=learner.pk, item=item.pk, value="64", seen=seen, reason="Seen again")


def as_plan(visits) -> list[dict]:
    """The visits as plain values, for the program that sends them."""
    return [asdict(visit) for visit in visits]
