"""The graduation project: last year's moot court as it was pleaded, and this year's while it is under way."""

import datetime
import random
from datetime import timedelta
from zoneinfo import ZoneInfo

from accounts.models import User
from assessments.assignments.services.authoring import save_rubric
from assessments.models import Rubric
from assessments.rubrics import pinned_version
from gradebook.models import EntryKind
from gradebook.services import enter
from gradebook.typed import Typed
from lms.demo.bodies import block_id
from lms.demo.clock import at
from lms.demo.llm.application import page_saying
from moots import services
from moots.bench import what_to_score
from moots.models import CaseDocument, MemberResult, Moot, Round, RoundKind, Side
from programmes.models import ProgrammeEdition

ROME = ZoneInfo("Europe/Rome")
JUDGES = ("mootjudge", "assessor2", "assessor3")
LEVELS = ["Outstanding", "Good", "Sufficient", "Weak"]
POINTS = ["5", "4", "3", "1"]
CELLS = [
    "Complete, precise and to the point; nothing to add.",
    "Sound throughout, with small gaps.",
    "The essentials are there, with gaps that matter.",
    "Essentials are missing or wrong.",
]
WRITTEN = [
    ("Facts and record", "Is each fact tied to its page?"),
    ("Law", "Are the right rules found, and their elements taken one by one?"),
    ("Argument", "Does the memorial answer what the other side will say?"),
    ("Form", "Could a clerk file it today?"),
]
ORAL = [
    ("Structure", "Does the bench know at every moment where the speaker is?"),
    ("Answers", "Are questions answered, and then the point resumed?"),
    ("Law and record", "Is what is said true to both?"),
    ("Manner", "Calm, audible, courteous, within the time."),
]
REASONS = (
    "The bench was persuaded by the order in which both speakers took the elements, and by their honesty about the "
    "excluded paragraphs. It would have liked an answer on the knowledge of the director before it had to ask."
)


def make_court(edition: ProgrammeEdition, people: dict[str, User], words: dict) -> Moot:
    """Four teams, a written and an oral round with swapped sides, three judges, results released and graded."""
    module = edition.phases.last().modules.get()
    begins = _moment(module.phase.starts_on + timedelta(days=1))
    coordinator = people["coordinator"]
    with at(begins):
        moot = _set_up(module, f"{edition.code}-moot", begins, people, words)
        _teams(moot, words, coordinator)
    written, oral = moot.rounds.all()
    _write(written, coordinator)
    _plead(moot, oral, people)
    with at(begins + timedelta(days=24)):
        services.release_results(moot, by=coordinator)
        services.set_archive(moot, is_open=True, by=coordinator)
        item = module.edition.grade_scheme.items.get(activity=None)
        for result in MemberResult.objects.filter(release__moot=moot).select_related("member__enrolment"):
            enter(item, result.member.enrolment, Typed(EntryKind.SCORE, result.score), by=people["tutor"])
    return moot


def make_running_court(module, people: dict[str, User], words: dict) -> None:
    """A court to practise, this autumn: memorials are exchanged, the bench is reading, two hearings are to come."""
    begins = _moment(datetime.datetime.now(tz=ROME).date() - timedelta(days=8))
    coordinator = people["coordinator"]
    with at(begins):
        moot = _set_up(
            module, f"{module.phase.programme_edition.code}-moot", begins, people, words, due_after=5
        )
        _teams(moot, words, coordinator)
    written, oral = moot.rounds.all()
    _write(written, coordinator)
    with at(begins + timedelta(days=7)):
        for pairing in written.pairings.all():
            for name in JUDGES:
                services.seat_judge(pairing, people[name], by=coordinator)
        services.swap_pairings(oral, by=coordinator)
        for pairing in oral.pairings.all():
            for name in JUDGES:
                services.seat_judge(pairing, people[name], by=coordinator)


def _set_up(module, code, begins, people, words, *, due_after=9):
    coordinator, case = people["coordinator"], words["case"]
    moot = services.make_moot(
        module.edition,
        code=code,
        title=case["title"],
        by=coordinator,
        introduction=case["introduction"],
        written_rubric=_rubric("Memorial", WRITTEN, module.edition.course, people["trainer"]),
        oral_rubric=_rubric("Pleading", ORAL, module.edition.course, people["trainer"]),
    )
    services.add_round(
        moot,
        by=coordinator,
        name="Memorials",
        kind=RoundKind.WRITTEN,
        memorials_due_at=begins + timedelta(days=due_after),
    )
    services.add_round(moot, by=coordinator, name="Hearings", kind=RoundKind.ORAL)
    for title, text, after in (
        ("Statement of facts", case["facts"], 0),
        ("Procedural order 1", case["order"], 3),
    ):
        document = CaseDocument(moot=moot, title=title, text=text, released_at=begins + timedelta(days=after))
        services.save_document(document, by=coordinator)
    services.open_moot(moot, by=coordinator)
    return moot


def _rubric(name, rows, course, author):
    known = Rubric.objects.filter(name=name, course=course).first()
    if known:
        return pinned_version(known)
    levels = [block_id(f"moot/{name}/level/{place}") for place in range(len(LEVELS))]
    keys = [block_id(f"moot/{name}/row/{place}") for place in range(len(rows))]
    criteria = [{"key": key, "points": dict(zip(levels, POINTS, strict=True))} for key in keys]
    said = {
        key: {"title": title, "description": question, "cells": dict(zip(levels, CELLS, strict=True))}
        for key, (title, question) in zip(keys, rows, strict=True)
    }
    rubric = Rubric(
        name=name, course=course, language="en", levels=[{"key": key} for key in levels], criteria=criteria
    )
    texts = {"language": "en", "levels": dict(zip(levels, LEVELS, strict=True)), "criteria": said}
    return pinned_version(save_rubric(rubric, user=author, words=texts))


def _teams(moot, words, coordinator):
    """Everybody in one of four teams."""
    enrolments = list(moot.edition.enrolments.active().order_by("pk"))
    for number, name in enumerate(words["teams"]):
        members = enrolments[number :: len(words["teams"])]
        services.make_team(moot, name, by=coordinator, enrolments=members)


def _write(written: Round, coordinator):
    """Pairs, memorials of both sides a day before they are due, the exchange."""
    due = written.memorials_due_at
    with at(due - timedelta(days=4)):
        services.draw_pairings(
            written, [Side.PROSECUTION, Side.DEFENCE], by=coordinator, chance=random.Random("moot")
        )
    for pairing in written.pairings.all():
        for appearance in pairing.appearances.select_related("team"):
            author = appearance.team.members.current().first().enrolment.person
            paper = page_saying(f"Memorial for the {appearance.get_side_display().lower()}")
            with at(due - timedelta(days=1)):
                services.hand_in_memorial(appearance, paper, by=author)
        services.exchange(pairing, now=due + timedelta(minutes=1))


def _plead(moot, oral, people):
    """The bench reads and hears; each judge alone; reasons are written."""
    coordinator = people["coordinator"]
    day = moot.rounds.first().memorials_due_at + timedelta(days=7)
    with at(day):
        services.swap_pairings(oral, by=coordinator)
        for number, pairing in enumerate(oral.pairings.all()):
            services.set_hearing(
                pairing, starts_at=day + timedelta(hours=2 * number), place="Moot courtroom", by=coordinator
            )
            for appearance in pairing.appearances.all():
                _name_speakers(appearance)
        for moot_round in moot.rounds.all():
            for pairing in moot_round.pairings.all():
                seats = [services.seat_judge(pairing, people[name], by=coordinator) for name in JUDGES]
                for seat in seats:
                    _score(seat)
                for appearance in pairing.appearances.all():
                    services.write_reasons(appearance, REASONS, number=0, seat=seats[0])


def _name_speakers(appearance):
    members = list(appearance.team.members.current().order_by("pk"))
    turns = appearance.turns.order_by("order")
    services.name_speakers(appearance, {turn.pk: members[number % 2] for number, turn in enumerate(turns)})


def _score(seat):
    """What one judge thinks: good work on the whole, seen a little differently by each."""
    moot_round = seat.pairing.round
    rubric = moot_round.moot.written_rubric if moot_round.is_written else moot_round.moot.oral_rubric
    levels = [level["key"] for level in rubric.content["levels"]]
    for one in what_to_score(seat.pairing):
        merit = random.Random(f"{one.appearance.team.name}/{one.number}").choice([0, 0, 1, 1, 2])
        chance = random.Random(f"{seat.person.email}/{one.appearance.team.name}/{one.number}")
        choices = {
            row["key"]: levels[min(max(merit + chance.choice([-1, 0, 0, 1]), 0), 2)]
            for row in rubric.content["criteria"]
        }
        services.save_card(
            seat, one.appearance, one.speaker, choices=choices, comments={}, note="", sequence=0
        )
    services.hand_in_scores(seat)


def _moment(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(10), tzinfo=ROME)
