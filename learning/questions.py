"""Questions to tutors as staff see them: who spoke last decides who has to answer."""

from django.db.models import F, OuterRef, Subquery

from learning.models import TutorMessage, TutorThread


def threads_of(editions):
    """The threads of these editions, each with its first words, who spoke last and when."""
    messages = TutorMessage.objects.filter(thread=OuterRef("pk"))
    last = messages.order_by("-sent_at", "-pk")
    return (
        TutorThread.objects.filter(enrolment__edition__in=editions)
        .annotate(
            first_words=Subquery(messages.order_by("sent_at", "pk").values("text")[:1]),
            last_author=Subquery(last.values("author")[:1]),
            last_at=Subquery(last.values("sent_at")[:1]),
        )
        .select_related("enrolment__person", "enrolment__edition__course", "lesson")
    )


def unanswered(threads):
    """Those in which the learner spoke last, the longest wait first."""
    return threads.filter(last_author=F("enrolment__person")).order_by("last_at")


def answered(threads):
    """Those in which staff spoke last, the latest first."""
    return threads.exclude(last_author=F("enrolment__person")).order_by("-last_at")
