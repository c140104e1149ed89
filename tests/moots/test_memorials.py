"""Handing in by the deadline, replacing, extensions, and the exchange that happens once."""

import datetime
from io import BytesIO

import pikepdf
import pytest
from django.core import mail
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from assessments.file_types import UploadRefused
from foundation.audit.models import Entry
from foundation.outbox.models import Message
from moots import services
from moots.clean_pdf import cleaned
from moots.models import Memorial, RoundKind, Side
from moots.refusals import MootRefused, Refusal
from moots.tasks import exchange_memorials
from tests.factories.accounts import make_person
from tests.factories.moots import (
    exchange,
    fresh,
    hand_in,
    make_hearing,
    make_moot,
    make_pairing,
    make_round,
    pdf,
    person_of,
    seat,
    side,
)

pytestmark = pytest.mark.django_db
SECOND = datetime.timedelta(seconds=1)
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def pairing():
    return make_pairing(make_round(make_moot()))


@pytest.fixture
def appearance(pairing):
    return side(pairing)


def at_deadline(appearance, *, late=datetime.timedelta()):
    return appearance.round.memorials_due_at + late


def test_a_memorial_is_kept_with_a_receipt_that_the_whole_team_gets(appearance):
    memorial = hand_in(appearance, upload=pdf("ours.pdf", pages=3))

    assert (memorial.number, memorial.name, memorial.pages) == (1, "ours.pdf", 3)
    told = Message.objects.filter(kind="moots.memorial_handed_in")
    assert {one.recipient for one in told} == {person_of(appearance.team), person_of(appearance.team, 1)}
    assert all(memorial.receipt in one.body and memorial.sha256 in one.body for one in told)


def test_the_newest_memorial_counts_and_the_earlier_one_stays(appearance):
    first = hand_in(appearance)
    second = hand_in(appearance)

    assert list(appearance.memorials.all()) == [first, second]
    assert appearance.memorials.last() == second
    assert default_storage.exists(first.file.name)


def test_the_same_file_twice_is_handed_in_once(appearance):
    content = pdf().read()
    first = hand_in(appearance, upload=SimpleUploadedFile("memorial.pdf", content))
    again = hand_in(appearance, upload=SimpleUploadedFile("again.pdf", content))

    assert (first, Memorial.objects.count()) == (again, 1)


@pytest.mark.parametrize("late", [datetime.timedelta(), -SECOND])
def test_what_arrives_by_the_deadline_is_taken(appearance, late):
    hand_in(appearance, now=at_deadline(appearance, late=late))

    assert appearance.memorials.count() == 1


def test_ten_seconds_late_is_refused_with_the_rule_and_what_stood_stands(appearance):
    hand_in(appearance)

    with pytest.raises(MootRefused) as refused:
        hand_in(appearance, now=at_deadline(appearance, late=10 * SECOND))

    assert refused.value.refusal == Refusal.LATE
    assert "10 seconds later" in str(refused.value)
    assert "What was handed in before stands" in str(refused.value)
    assert appearance.memorials.count() == 1


def test_an_extension_needs_a_reason_moves_one_side_only_and_is_recorded(pairing, appearance):
    coordinator, until = make_person(), at_deadline(appearance, late=HOUR)

    with pytest.raises(MootRefused, match="Say why"):
        services.grant_extension(appearance, until, by=coordinator, reason=" ")
    services.grant_extension(appearance, until, by=coordinator, reason="Power cut at the court.")

    hand_in(side(pairing), now=until)
    with pytest.raises(MootRefused):
        hand_in(side(pairing, Side.DEFENCE), now=until)
    entry = Entry.objects.get(action="moots.grant_extension")
    assert (entry.reason, entry.actor) == ("Power cut at the court.", coordinator)
    assert Message.objects.filter(kind="moots.extended").count() == 2


def test_an_extension_ends_later_than_the_deadline_that_holds(appearance):
    with pytest.raises(MootRefused) as refused:
        services.grant_extension(
            appearance, at_deadline(appearance, late=-SECOND), by=make_person(), reason="A reason"
        )

    assert refused.value.refusal == Refusal.NOT_LATER


def test_the_exchange_waits_for_the_last_side_and_then_happens_once(pairing, appearance):
    until = at_deadline(appearance, late=HOUR)
    services.grant_extension(appearance, until, by=make_person(), reason="Illness.")

    assert services.exchange_due(now=until - SECOND) == 0
    assert services.exchange_due(now=until + HOUR) == 1
    assert services.exchange_due(now=until + HOUR) == 0

    assert fresh(pairing).exchanged_at == until + HOUR
    assert Entry.objects.filter(action="moots.exchange").count() == 1
    assert Message.objects.filter(kind="moots.exchanged").count() == 4


def test_the_job_exchanges_what_is_due(pairing):
    round_of_it = pairing.round
    round_of_it.memorials_due_at = timezone.now() - HOUR
    round_of_it.save()

    exchange_memorials.call()

    assert fresh(pairing).exchanged_at


def test_a_court_that_was_never_opened_exchanges_nothing_by_itself(pairing):
    pairing.round.moot.opened_at = None
    pairing.round.moot.save()

    assert services.exchange_due(now=timezone.now() + 2 * HOUR) == 0


def test_nothing_is_exchanged_before_the_deadline_by_staff_either(pairing):
    with pytest.raises(MootRefused) as refused:
        services.exchange(pairing, by=make_person())

    assert refused.value.refusal == Refusal.NOT_DUE


def test_after_the_exchange_neither_memorials_nor_extensions_are_taken(pairing, appearance):
    in_time = at_deadline(appearance)
    exchange(pairing)

    with pytest.raises(MootRefused) as late_hand_in:
        hand_in(side(pairing), now=in_time)
    with pytest.raises(MootRefused) as late_grace:
        services.grant_extension(side(pairing), in_time + 9 * HOUR, by=make_person(), reason="Illness.")

    assert late_hand_in.value.refusal == late_grace.value.refusal == Refusal.EXCHANGED


def test_judges_already_seated_are_told_that_there_is_something_to_read(pairing):
    seat(pairing)

    exchange(pairing)

    assert Message.objects.filter(kind="moots.to_score").count() == 1


def test_only_members_of_the_team_hand_in(appearance):
    with pytest.raises(MootRefused) as refused:
        services.hand_in_memorial(appearance, pdf(), by=make_person())

    assert refused.value.refusal == Refusal.NOT_IN_TEAM


def test_in_an_oral_round_nothing_is_handed_in():
    with pytest.raises(MootRefused) as refused:
        hand_in(side(make_hearing()))

    assert refused.value.refusal == Refusal.NOT_WRITTEN


def locked():
    written = BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(written, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    return SimpleUploadedFile("locked.pdf", written.getvalue())


@pytest.mark.parametrize(
    ("upload", "said"),
    [
        (locked, "locked with a password"),
        (lambda: SimpleUploadedFile("broken.pdf", b"%PDF-1.7 nothing more"), "cannot be read"),
        (lambda: SimpleUploadedFile("memo.docx", b"PK"), "type that is not taken"),
        (lambda: SimpleUploadedFile("memo.pdf", b"<html>"), "does not hold what its name says"),
        (lambda: SimpleUploadedFile("memo.pdf", b""), "is empty"),
    ],
)
def test_a_file_that_is_no_readable_pdf_is_refused_with_the_way_forward(appearance, upload, said):
    with pytest.raises((MootRefused, UploadRefused), match=said):
        hand_in(appearance, upload=upload())

    assert appearance.memorials.count() == 0


def test_what_others_get_names_no_author_anywhere_in_the_file(appearance):
    memorial = hand_in(appearance, upload=telling())

    with default_storage.open(memorial.clean_file.name) as file:
        content = file.read()
    with pikepdf.open(BytesIO(content)) as clean:
        assert str(clean.docinfo["/Title"]) == f"Memorial {appearance.team.code} · Prosecution"
        assert "/Author" not in clean.docinfo
        assert "/Metadata" not in clean.Root
        assert len(clean.pages) == 1
        everything = b"".join(
            bytes(str(found), "utf-8", "replace")
            + (found.read_bytes() if isinstance(found, pikepdf.Stream) else b"")
            for found in clean.objects
        )
    for telltale in (b"Diallo", b"Bureau of Amina", b"notes-by-amina"):
        assert telltale not in content
        assert telltale not in everything


def telling():
    """A PDF that tells its author in every place programs write one."""
    with pikepdf.open(pdf(author="Amina Diallo")) as made:
        page = made.pages[0]
        page.obj["/PieceInfo"] = pikepdf.Dictionary(Word=pikepdf.Dictionary(Private="Bureau of Amina"))
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Text,
            Rect=[0, 0, 20, 20],
            T="Amina Diallo",
            Contents="Check the date.",
        )
        page.obj["/Annots"] = pikepdf.Array([made.make_indirect(note)])
        made.attachments["notes-by-amina.txt"] = b"Written by Diallo"
        written = BytesIO()
        made.save(written)
    return SimpleUploadedFile("memorial of Diallo.pdf", written.getvalue())


def test_cleaning_leaves_the_pages_as_they_are():
    with pikepdf.open(pdf(pages=4)) as before:
        sizes = [list(map(float, page.mediabox)) for page in before.pages]

    clean = cleaned(pdf(pages=4), title="Memorial")

    with pikepdf.open(BytesIO(clean.content)) as after:
        assert [list(map(float, page.mediabox)) for page in after.pages] == sizes
    assert clean.pages == 4


def test_a_deadline_can_be_moved_until_memorials_are_exchanged(pairing):
    later = pairing.round.memorials_due_at + HOUR

    services.change_round(pairing.round, by=make_person(), memorials_due_at=later)
    hand_in(side(pairing), now=later)
    services.exchange(pairing, now=later + HOUR)

    with pytest.raises(MootRefused) as refused:
        services.change_round(pairing.round, by=make_person(), memorials_due_at=later + HOUR)
    assert refused.value.refusal == Refusal.EXCHANGED
    assert fresh(pairing.round).kind == RoundKind.WRITTEN
    assert mail.outbox == []
