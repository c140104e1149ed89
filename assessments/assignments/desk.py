"""What waits to be marked, counted for every assignment and edition at once."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from accounts.models import User
from assessments.models import Marking, ReleasedMark, Submission


@dataclass(frozen=True)
class DeskRow:
    """One assignment in one edition."""

    assignment_id: int
    edition_id: int
    assignment: str
    edition: str
    course: str
    handed_in: int
    unmarked: int
    own_drafts: int
    released: int

    @property
    def marked(self) -> int:
        """Marked by somebody, but not released."""
        return self.handed_in - self.unmarked - self.released


def desk_rows(editions, user: User) -> list[DeskRow]:
    """The assignments of these editions to which something was handed in, those with most to mark first."""
    finished = Marking.objects.filter(submission=OuterRef("pk"), finished_at__isnull=False)
    drafts = Marking.objects.filter(submission=OuterRef("pk"), finished_at=None, marker=user)
    told = ReleasedMark.objects.filter(member__submission=OuterRef("pk"))
    counted = (
        Submission.objects.handed_in()
        .filter(edition__in=editions)
        .filter(Q(followed_by=None) | Q(followed_by__handed_in_at=None))
        .annotate(is_marked=Exists(finished), is_mine=Exists(drafts), is_told=Exists(told))
        .values(
            *("assignment", "assignment__title", "edition", "edition__name", "edition__code"),
            "edition__course__title",
        )
        .annotate(
            handed_in=Count("pk"),
            unmarked=Count("pk", filter=Q(is_marked=False)),
            own_drafts=Count("pk", filter=Q(is_mine=True)),
            released=Count("pk", filter=Q(is_told=True)),
        )
        .order_by("-unmarked", "assignment__title", "edition")
    )
    return [
        DeskRow(
            assignment_id=row["assignment"],
            edition_id=row["edition"],
            assignment=row["assignment__title"],
            edition=row["edition__name"] or row["edition__code"],
            course=row["edition__course__title"],
            **{name: row[name] for name in ("handed_in", "unmarked", "own_drafts", "released")},
        )
        for row in counted
    ]
