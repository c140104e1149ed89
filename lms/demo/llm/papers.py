"""Research papers of the first phase, under way: topics proposed, one returned, one supervised and begun."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from accounts.models import User
from lms.demo.clock import at
from programmes.models import Module, ModuleEnrolment, ProjectMilestone, ProjectRules
from programmes.projects import services

ROME = ZoneInfo("Europe/Rome")
TOPICS = [
    (
        "Beneficial owners behind three borders",
        "Which of three registers would have shown who owned the boats, and when? A comparison of what each asks, "
        "checks and publishes, by the case of the harbour.",
    ),
    (
        "A witness who may not be seen",
        "What the defence must be able to ask when a witness speaks from behind a screen: the rule of three courts, "
        "and one proposal.",
    ),
    (
        "Everything about cybercrime",
        "I would like to write about cybercrime in general, and what States should do about it.",
    ),
]
RETURNED = "This is a shelf of books. Choose one offence, one kind of evidence or one treaty, and say what you ask of it."


def begin_papers(module: Module, people: dict[str, User]) -> None:
    """The module is a paper instead of an examination: three topics, of the student persona and two others."""
    today = timezone.localdate()
    rules = ProjectRules.objects.create(
        module=module,
        topics_due_on=today + timedelta(days=9),
        hand_in_due_at=datetime.combine(today + timedelta(days=40), time(23, 59, 59), tzinfo=ROME),
    )
    plan = ProjectMilestone.objects.create(
        rules=rules,
        name="Plan and list of sources",
        names={"fr": "Plan et bibliographie", "ar": "الخطة وقائمة المصادر"},
        due_on=today + timedelta(days=16),
    )
    ProjectMilestone.objects.create(
        rules=rules,
        name="First half",
        names={"fr": "Première moitié", "ar": "النصف الأول"},
        due_on=today + timedelta(days=28),
    )
    places = ModuleEnrolment.objects.filter(module=module).select_related("student__person").order_by("pk")
    own = places.get(student__person=people["student"])
    others = places.exclude(pk=own.pk)[: len(TOPICS) - 1]
    with at(timezone.now() - timedelta(days=3)):
        proposed = [
            services.propose_topic(place, topic=topic, outline=outline)
            for place, (topic, outline) in zip([own, *others], TOPICS, strict=True)
        ]
    begun, _waiting, returned = proposed
    with at(timezone.now() - timedelta(days=2)):
        services.approve_topic(begun, supervisor=people["tutor"], by=people["coordinator"])
        services.return_topic(returned, by=people["coordinator"], reason=RETURNED)
    with at(timezone.now() - timedelta(days=1)):
        services.reach_milestone(
            begun, plan, by=people["tutor"], note="A clear question. Begin with the register of the port."
        )
