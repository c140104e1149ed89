"""Moot courts, their teams, memorials and benches; built through the services where rules matter."""

import datetime
from decimal import Decimal
from io import BytesIO
from itertools import count

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from assessments.rubrics import pinned_version
from moots import services
from moots.bench import what_to_score
from moots.models import Appearance, CaseDocument, Moot, MootActivity, Pairing, Round, RoundKind, Side
from tests.factories.accounts import make_person
from tests.factories.assignments import make_rubric
from tests.factories.courses import place
from tests.factories.enrolments import make_edition, make_enrolment

_numbers = count(1)
HOUR = datetime.timedelta(hours=1)


def make_moot(edition=None, *, opened=True, rubrics=True, graded=False, **fields):
    """An open court with a rubric of two criteria for each part; `graded` places its activity in the course."""
    edition = edition or make_edition()
    number = next(_numbers)
    defaults = {"code": f"moot-{number}", "title": f"Moot court {number}"}
    if rubrics:
        defaults |= {part: pinned_version(make_rubric()) for part in ("written_rubric", "oral_rubric")}
    if graded:
        defaults["activity"] = make_moot_activity(edition.course)
    return Moot.objects.create(
        edition=edition, opened_at=timezone.now() if opened else None, **defaults | fields
    )


def make_moot_activity(course, *, placed=True, **fields):
    """A live moot court as something to do in a course."""
    defaults = {"title": "Moot court", "completion_rule": "finished", "live": True}
    activity = MootActivity.objects.create(course=course, **defaults | fields)
    if placed:
        place(activity)
    return activity


def make_team(moot, *, members=2, people=(), **fields):
    """A team of people enrolled in the edition of the court."""
    people = people or [make_person() for _member in range(members)]
    enrolments = [make_enrolment(moot.edition, person) for person in people]
    name = fields.pop("name", f"Team {next(_numbers)}")
    return services.make_team(moot, name, by=make_person(), enrolments=enrolments)


def make_round(moot, kind=RoundKind.WRITTEN, *, due_in=HOUR, **fields):
    """A round at the end of a court; a written one is due in an hour."""
    number = moot.rounds.count() + 1
    defaults = {"name": f"Round {number}", "number": number, "kind": kind, "weight": Decimal(1)}
    if kind == RoundKind.WRITTEN:
        defaults["memorials_due_at"] = timezone.now() + due_in
    return Round.objects.create(moot=moot, **defaults | fields)


def make_pairing(moot_round, prosecution=None, defence=None, **others):
    """Two teams against each other; made where they are not given."""
    teams = {
        Side.PROSECUTION: prosecution or make_team(moot_round.moot),
        Side.DEFENCE: defence or make_team(moot_round.moot),
        **others,
    }
    return services.pair(moot_round, teams, by=make_person())


def side(pairing, name=Side.PROSECUTION):
    """The appearance on a side of a pairing."""
    return Appearance.objects.get(pairing=pairing, side=name)


def member_of(team, place=0):
    """Somebody of a team."""
    return team.members.current().order_by("pk")[place]


def person_of(team, place=0):
    """The person behind a member."""
    return member_of(team, place).enrolment.person


def pdf(name="memorial.pdf", *, pages=1, author="Amina Diallo", words=""):
    """A PDF with pages, and with names where programs leave them."""
    with pikepdf.new() as made:
        for _page in range(pages):
            made.add_blank_page()
        with made.open_metadata(set_pikepdf_as_editor=False) as about:
            about["dc:creator"] = [author]
            about["dc:title"] = f"Memorial of {author} {words}"
        made.docinfo["/Author"] = author
        written = BytesIO()
        made.save(written)
    return SimpleUploadedFile(name, written.getvalue(), content_type="application/pdf")


def hand_in(appearance, **fields):
    """A memorial handed in by a member of the team."""
    upload = fields.pop("upload", None) or pdf(words=str(next(_numbers)))
    return services.hand_in_memorial(appearance, upload, by=person_of(appearance.team), **fields)


def exchange(pairing):
    """Exchange memorials at the moment they are due."""
    services.exchange(pairing, now=pairing.round.memorials_due_at + datetime.timedelta(minutes=1))
    return Pairing.objects.get(pk=pairing.pk)


def make_exchanged(moot=None, **teams):
    """A written pairing whose memorials were handed in and exchanged."""
    pairing = make_pairing(make_round(moot or make_moot()), **teams)
    for appearance in pairing.appearances.all():
        hand_in(appearance)
    return exchange(pairing)


def make_hearing(moot=None, *, prosecution=None, defence=None, **fields):
    """An oral pairing whose speakers are named."""
    moot = moot or make_moot()
    pairing = make_pairing(make_round(moot, RoundKind.ORAL, **fields), prosecution, defence)
    for appearance in pairing.appearances.all():
        name_speakers(appearance)
    return pairing


def name_speakers(appearance):
    """Members of the team speak, one after the other."""
    members = list(appearance.team.members.current().order_by("pk"))
    turns = list(appearance.turns.all())
    speakers = {turn.pk: members[place % len(members)] for place, turn in enumerate(turns)}
    services.name_speakers(appearance, speakers)


def seat(pairing, person=None):
    """A judge on the bench."""
    return services.seat_judge(pairing, person or make_person(first_name="Ruth"), by=make_person())


def score(judge_seat, level="strong", **levels):
    """Score everything of a pairing with one level (weak, fair, strong) or, by team code, another; and hand in."""
    for one in what_to_score(judge_seat.pairing):
        chosen = levels.get(one.appearance.side, level)
        save(judge_seat, one.appearance, one.speaker, c1=chosen, c2=chosen)
    return services.hand_in_scores(judge_seat)


def save(judge_seat, appearance, speaker=None, *, sequence=0, note="", comments=None, **choices):
    """Save one card."""
    return services.save_card(
        judge_seat,
        appearance,
        speaker,
        choices=choices,
        comments=comments or {},
        note=note,
        sequence=sequence,
    )


def make_document(moot, **fields):
    """A part of the case file that may be read."""
    defaults = {
        "title": f"Document {next(_numbers)}",
        "text": "The facts as agreed.",
        "released_at": timezone.now() - HOUR,
    }
    return CaseDocument.objects.create(moot=moot, **defaults | fields)


def fresh(row):
    """The row as the database has it."""
    return type(row).objects.get(pk=row.pk)
