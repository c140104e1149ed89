"""Who sees what of a moot court. Views get it only here; "not yours" and "not there" are the same 404."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.models import User
from enrolments.access import can_manage, managed_editions
from enrolments.models import Edition, Enrolment
from moots.models import (
    Appearance,
    BenchSeat,
    CaseDocument,
    CaseFile,
    Memorial,
    Moot,
    Pairing,
    Team,
    TeamMember,
)
from moots.readers import readable_documents

EARLIER_YEARS = 12


@dataclass(frozen=True)
class Participation:
    """Somebody enrolled where a court is held, with their team as far as they are in one."""

    moot: Moot
    enrolment: Enrolment
    member: TeamMember | None

    @property
    def team(self) -> Team | None:
        """Their team."""
        return self.member.team if self.member else None


def get_participation_or_404(user: User, code: str) -> Participation:
    """The person's part in an open court of an edition they hold a place in."""
    moot = get_object_or_404(
        Moot.objects.select_related(
            "edition__course__source_locale", "activity", "written_rubric", "oral_rubric", "copied_from"
        ),
        code=code,
        opened_at__isnull=False,
        edition__cancelled_at=None,
    )
    enrolment = get_object_or_404(
        Enrolment.objects.active().of(user).select_related("person"), edition=moot.edition_id
    )
    member = (
        TeamMember.objects.current()
        .filter(moot=moot, enrolment=enrolment)
        .select_related("team", "enrolment__person")
        .first()
    )
    return Participation(moot, enrolment, member)


def own_moots(user: User) -> QuerySet[Moot]:
    """The open courts of the editions a person holds a place in."""
    places = Enrolment.objects.active().of(user).values("edition")
    return Moot.objects.filter(
        opened_at__isnull=False, edition__in=places, edition__cancelled_at=None
    ).select_related("edition__course")


def own_seats(user: User) -> QuerySet[BenchSeat]:
    """The benches a person sits on."""
    seats = BenchSeat.objects.taken().filter(person=user, pairing__round__moot__edition__cancelled_at=None)
    return seats.select_related("pairing__round__moot__edition").order_by("-seated_at", "-pk")


def opened_rounds(now) -> Q:
    """The rounds that participants know of."""
    return Q(round__opens_at=None) | Q(round__opens_at__lte=now)


def get_appearance_or_404(part: Participation, appearance_id: int) -> Appearance:
    """A side on which the person's own team stands."""
    return get_object_or_404(
        Appearance.objects.filter(opened_rounds(timezone.now()))
        .select_related("pairing", "round__moot__edition__course", "team")
        .prefetch_related("extensions", "memorials", "turns__speaker__enrolment__person"),
        pk=appearance_id,
        team=part.team,
    )


def get_memorial_or_404(part: Participation, memorial_id: int) -> tuple[Memorial, bool]:
    """A memorial of one's own team, or once exchanged the one that counts of another side; and whether it is own."""
    memorial = get_object_or_404(
        Memorial.objects.select_related("appearance__team", "appearance__pairing", "appearance__round"),
        pk=memorial_id,
        appearance__round__moot=part.moot,
    )
    if part.team is None:
        raise Http404
    if memorial.appearance.team_id == part.team.pk:
        return memorial, True
    pairing = memorial.appearance.pairing
    against_us = pairing.appearances.filter(team=part.team).exists()
    if not (pairing.exchanged_at and against_us and memorial == memorial.appearance.memorials.last()):
        raise Http404
    return memorial, False


def documents_for(part: Participation) -> QuerySet[CaseDocument]:
    """The parts of the case file this person may read now."""
    return readable_documents(part.moot, [part.team] if part.team else [], timezone.now())


def get_document_or_404(part: Participation, document_id: int) -> CaseDocument:
    """A part of the case file."""
    return get_object_or_404(documents_for(part), pk=document_id)


def get_case_file_or_404(part: Participation, document_id: int, file_id: int) -> CaseFile:
    """A file of the case."""
    return get_object_or_404(get_document_or_404(part, document_id).files, pk=file_id)


def hearings_of(moot: Moot) -> QuerySet[Pairing]:
    """The hearings whose round participants know of: anybody of the court may listen."""
    return (
        Pairing.objects.filter(opened_rounds(timezone.now()), round__moot=moot)
        .exclude(round__kind="written")
        .select_related("round__moot")
    )


def get_hearing_or_404(part: Participation, pairing_id: int) -> Pairing:
    """A hearing of the court."""
    return get_object_or_404(hearings_of(part.moot), pk=pairing_id)


def has_to_score(user: User, moot: Moot) -> bool:
    """Whether the person sits on a bench of the court and has not handed in yet: others' scores wait for that."""
    seats = BenchSeat.objects.taken().filter(person=user, pairing__round__moot=moot)
    return seats.filter(handed_in_at=None).exists()


def get_seat_or_404(user: User, seat_id: int) -> BenchSeat:
    """The person's own seat on a bench."""
    return get_object_or_404(
        own_seats(user).select_related(
            "person",
            "pairing__round__moot__edition__course",
            "pairing__round__moot__written_rubric",
            "pairing__round__moot__oral_rubric",
        ),
        pk=seat_id,
    )


def documents_for_judge(seat: BenchSeat) -> QuerySet[CaseDocument]:
    """A judge reads the case file of every side, as far as it has been released."""
    documents = seat.pairing.round.moot.documents.released(timezone.now())
    return documents.select_related("round").prefetch_related("files")


def get_document_to_judge_or_404(seat: BenchSeat, document_id: int) -> CaseDocument:
    """A part of the case file, for a judge."""
    return get_object_or_404(documents_for_judge(seat), pk=document_id)


def get_case_file_to_judge_or_404(seat: BenchSeat, document_id: int, file_id: int) -> CaseFile:
    """A file of the case, for a judge."""
    return get_object_or_404(get_document_to_judge_or_404(seat, document_id).files, pk=file_id)


def get_scored_or_404(
    seat: BenchSeat, appearance_id: int, speaker_id: int
) -> tuple[Appearance, TeamMember | None]:
    """A side of the judge's pairing, and one of its members who speaks (0: nobody, it is about the memorial)."""
    appearance = get_object_or_404(
        Appearance.objects.select_related("team"), pk=appearance_id, pairing=seat.pairing_id
    )
    if not speaker_id:
        return appearance, None
    return appearance, get_object_or_404(TeamMember, pk=speaker_id, team=appearance.team_id)


def get_memorial_to_judge_or_404(seat: BenchSeat, memorial_id: int) -> Memorial:
    """The memorial that counts of a side of the judge's pairing, once exchanged."""
    memorial = get_object_or_404(
        Memorial.objects.select_related("appearance__team", "appearance__round"),
        pk=memorial_id,
        appearance__pairing=seat.pairing_id,
    )
    if seat.pairing.exchanged_at is None or memorial != memorial.appearance.memorials.last():
        raise Http404
    return memorial


def earlier_moots(moot: Moot) -> list[Moot]:
    """The courts this one was copied from, the last first."""
    found: list[Moot] = []
    while moot.copied_from_id and len(found) < EARLIER_YEARS:
        moot = Moot.objects.select_related("edition").get(pk=moot.copied_from_id)
        if moot in found:
            break
        found.append(moot)
    return found


def archived_memorials(moots: list[Moot]) -> QuerySet[Appearance]:
    """The sides of these courts whose memorials were exchanged and are there to read."""
    return (
        Appearance.objects.filter(
            round__moot__in=moots, pairing__exchanged_at__isnull=False, memorials__isnull=False
        )
        .distinct()
        .select_related("team", "round__moot__edition", "pairing")
        .prefetch_related("memorials")
        .order_by("-round__moot__edition__starts_on", "round__number", "pairing__number", "pk")
    )


def open_archive_for(part: Participation) -> QuerySet[Appearance]:
    """The memorials of earlier years that staff have opened to this year's participants."""
    return archived_memorials([moot for moot in earlier_moots(part.moot) if moot.archive_opened_at])


def get_archived_memorial_or_404(part: Participation, memorial_id: int) -> Memorial:
    """A memorial of an earlier year."""
    appearances = open_archive_for(part)
    memorial = get_object_or_404(
        Memorial.objects.select_related("appearance__team", "appearance__round"),
        pk=memorial_id,
        appearance__in=appearances.values("pk"),
    )
    if memorial != memorial.appearance.memorials.last():
        raise Http404
    return memorial


def staffed_moots(user: User) -> QuerySet[Moot]:
    """The courts of the editions this person manages."""
    return Moot.objects.filter(edition__in=managed_editions(user)).select_related("edition__course")


def staffed_editions(user: User) -> QuerySet[Edition]:
    """The editions in which this person may hold a court."""
    return managed_editions(user).filter(cancelled_at=None).select_related("course")


def get_staffed_moot_or_404(user: User, moot_id: int) -> Moot:
    """A court of an edition this person manages."""
    moot = get_object_or_404(
        Moot.objects.select_related(
            "edition__course__source_locale", "activity", "written_rubric__rubric", "oral_rubric__rubric"
        ),
        pk=moot_id,
    )
    if not can_manage(user, moot.edition):
        raise Http404
    return moot


def get_staffed_memorial_or_404(moots: list[Moot], memorial_id: int) -> Memorial:
    """Any memorial of these courts."""
    return get_object_or_404(
        Memorial.objects.select_related("appearance__team", "appearance__round"),
        pk=memorial_id,
        appearance__round__moot__in=moots,
    )
