"""Awards and papers for what is no enrolment: a programme somebody followed, a paper asked for."""

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from certificates import services
from certificates.models import Award, OccasionKind, PaperKind, Rule
from certificates.renewal import reminders_due, renewing_course
from certificates.services import AwardRefused, issue_for, occasion_for
from certificates.snapshot import Facts, occasion_snapshot
from certificates.tasks import remind_of_ending_awards
from certificates.verification import verify
from courses.models import AwardKind
from foundation.audit.models import Entry
from tests.factories.accounts import make_person, make_staff
from tests.factories.certificates import make_award, make_award_type, make_occasion
from tests.factories.enrolments import make_enrolment

pytestmark = pytest.mark.django_db
TITLES = {"en": "LL.M. in Transnational Crime and Justice", "fr": "LL.M. en criminalité transnationale"}


@pytest.fixture
def diploma():
    return make_award_type(languages=("en", "fr"), kind=AwardKind.DIPLOMA, rule=Rule.DECISION)


@pytest.fixture
def occasion(learner):
    return make_occasion(learner, titles=TITLES)


@pytest.fixture
def words(occasion):
    """What an award for the occasion says."""

    def made(award_type, **fields):
        today = timezone.localdate()
        facts = Facts(hours=None, completed_on=today, issued_on=today, valid_until=fields.pop("until", None))
        return occasion_snapshot(
            occasion, award_type, facts, **{"name": "Amina Diallo", "language": "fr"} | fields
        )

    return made


@pytest.fixture
def issued(occasion, diploma, registrar, words, committed):
    """Issued, drawn and stored."""
    with committed():
        award = issue_for(occasion, diploma, words(diploma), by=registrar, reason="Board of 12 May")
    award.refresh_from_db()
    return award


def test_an_award_for_a_programme_is_numbered_drawn_signed_stored_and_told(issued, learner):
    assert issued.holder == learner
    assert issued.number.startswith("UNI-")
    assert issued.stored_at
    assert issued.sha256
    assert issued.badge
    assert [message.to for message in mail.outbox] == [[learner.email]]
    assert TITLES["en"] in mail.outbox[0].body


def test_it_is_in_the_log_with_the_reason(issued, registrar):
    entry = Entry.objects.about(issued).get()

    assert (entry.action, entry.actor, entry.reason) == (
        "certificates.issue_for",
        registrar,
        "Board of 12 May",
    )


def test_issuing_again_gives_the_same_award(issued, occasion, diploma, registrar, words):
    again = issue_for(occasion, diploma, words(diploma, name="Somebody Else"), by=registrar, reason="Twice")

    assert again == issued
    assert Award.objects.count() == 1


def test_issuing_anew_replaces_it_only_by_something_new(issued, occasion, diploma, registrar, words):
    again = issue_for(occasion, diploma, words(diploma), by=registrar, reason="Twice", anew=True)
    newer = issue_for(
        occasion, diploma, words(diploma, grade="Merit"), by=registrar, reason="Class", anew=True
    )

    issued.refresh_from_db()
    assert again == issued
    assert newer.supersedes == issued
    assert issued.superseded_at


def test_an_occasion_with_one_key_is_made_once_and_belongs_to_one_person(learner):
    key = uuid.uuid4()
    asked = {"key": key, "kind": OccasionKind.PAPER, "titles": TITLES}

    assert occasion_for(learner, **asked) == occasion_for(learner, **asked)
    with pytest.raises(AwardRefused):
        occasion_for(make_person(), **asked)


def test_an_award_is_for_an_enrolment_or_an_occasion_and_never_for_both_or_neither(
    issued, enrolment, diploma
):
    for given_for in ({"enrolment": enrolment}, {"occasion": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Award.objects.filter(pk=issued.pk).update(**given_for)


def test_an_occasion_holds_no_two_awards_of_a_type(issued, enrolment, diploma):
    other = make_award(enrolment, diploma)

    with pytest.raises(IntegrityError), transaction.atomic():
        Award.objects.filter(pk=other.pk).update(enrolment=None, occasion=issued.occasion)


def test_nobody_issues_an_award_to_themselves_but_papers_state_what_others_decided(diploma, words):
    registrar = make_staff("registrar", name_for_certificate="Ruth Okello")
    own = make_occasion(registrar)
    transcript = make_award_type(languages=("en", "fr"), kind=PaperKind.TRANSCRIPT, rule=Rule.DECISION)

    with pytest.raises(AwardRefused, match="of their own"):
        issue_for(own, diploma, words(diploma), by=registrar, reason="Mine")
    assert issue_for(own, transcript, words(transcript), by=registrar, reason="Asked for").number


def test_what_cannot_be_printed_is_refused_and_no_number_is_taken(occasion, diploma, registrar, words):
    diploma.retired_at = timezone.now()

    with pytest.raises(AwardRefused, match="retired"):
        issue_for(occasion, diploma, words(diploma), by=registrar, reason="Board")
    diploma.retired_at = None
    with pytest.raises(AwardRefused, match="cannot be printed"):
        issue_for(occasion, diploma, words(diploma, name="Amina \U0001f600"), by=registrar, reason="Board")
    assert not Award.objects.exists()


def test_strangers_verify_it_by_its_title(issued, client):
    found = verify(issued.code, "fr")

    assert (found.name, found.course, found.hours) == ("Amina Diallo", TITLES["fr"], None)
    page = client.get(reverse("certificates:verify", args=[found.code]))
    assert TITLES["en"] in page.content.decode()
    assert client.get(reverse("verify_json", args=[found.code])).json()["hours"] is None


def test_its_holder_finds_reads_and_downloads_it_and_nobody_else_does(issued, learner, client):
    code = verify(issued.code, "en").code
    client.force_login(learner)

    assert TITLES["en"] in client.get(reverse("certificates:my_awards")).content.decode()
    assert client.get(reverse("certificates:award", args=[code])).status_code == 200
    assert client.get(reverse("certificates:download", args=[code])).status_code == 200
    client.force_login(make_person())
    assert client.get(reverse("certificates:download", args=[code])).status_code == 404


def test_staff_find_it_in_the_register_and_replace_it_with_a_corrected_name(
    issued, registrar, learner, client
):
    client.force_login(registrar)

    page = client.get(reverse("award_register:index"), {"q": "amina@example.org", "occasion": "programme"})
    assert issued.number in page.content.decode()
    assert TITLES["en"] in client.get(reverse("award_register:inspect", args=[issued.pk])).content.decode()
    client.post(
        reverse("award_register:replace", args=[issued.pk]), {"name": "Aminata Diallo", "reason": "Misspelt"}
    )

    newer = Award.objects.get(supersedes=issued)
    learner.refresh_from_db()
    assert newer.snapshot["name"] == "Aminata Diallo"
    assert newer.occasion == issued.occasion
    assert learner.name_for_certificate == "Aminata Diallo"


def test_a_paper_is_not_replaced_in_the_register(occasion, registrar, words):
    letter = make_award_type(languages=("en", "fr"), kind=PaperKind.LETTER, rule=Rule.DECISION)
    paper = issue_for(occasion, letter, words(letter), by=registrar, reason="Asked for")

    with pytest.raises(AwardRefused, match="where it was asked for"):
        services.replace(paper, by=registrar, reason="Misspelt", name="Aminata Diallo")


def test_it_is_revoked_like_every_other(issued, registrar, learner):
    services.revoke(issued, by=registrar, reason="Plagiarism in the thesis")

    assert verify(issued.code, "en").standing == "revoked"
    assert mail.outbox[-1].to == [learner.email]


def test_whoever_manages_an_edition_does_not_see_awards_of_programmes(issued, client):
    coordinator = make_staff("author")
    client.force_login(coordinator)

    assert client.get(reverse("award_register:inspect", args=[issued.pk])).status_code in (302, 404)


def test_holders_are_reminded_before_it_ends_with_or_without_a_course_that_renews_it(
    occasion, diploma, registrar, words, committed, learner
):
    until = timezone.localdate() + timedelta(days=20)
    with committed():
        award = issue_for(occasion, diploma, words(diploma, until=until), by=registrar, reason="Board")
    mail.outbox.clear()

    assert [reminder.award for reminder in reminders_due()] == [award]
    assert renewing_course(award) is None
    with committed():
        remind_of_ending_awards.call()
    assert "To renew it" not in mail.outbox[0].body
    assert mail.outbox[0].to == [learner.email]


def test_my_awards_asks_as_often_with_twelve_as_with_two(
    learner, registrar, words, diploma, client, django_assert_max_num_queries
):
    client.force_login(learner)
    counts = []
    for more in (2, 10):
        for _each in range(more):
            make_occasion_award(learner, diploma, words)
        with django_assert_max_num_queries(60) as seen:
            client.get(reverse("certificates:my_awards"))
        counts.append(len(seen))

    assert counts[0] == counts[1]


def make_occasion_award(person, award_type, words):
    enrolment = make_enrolment(person=person)
    award = make_award(enrolment, award_type, snapshot=words(award_type))
    Award.objects.filter(pk=award.pk).update(enrolment=None, occasion=make_occasion(person))


def test_hours_of_a_programme_are_said_where_there_are_any(occasion, diploma):
    today = timezone.localdate()
    said = occasion_snapshot(
        occasion, diploma, Facts(Decimal(900), today, today), name="Amina Diallo", language="fr"
    )

    assert said["hours"] == "900"
    assert said["languages"] == ["fr", "en"]
    assert "900 heures d’étude" in said["words"]["fr"]["facts"]
