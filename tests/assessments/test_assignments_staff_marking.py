"""The marker's screens: what waits, the paper beside its rubric, who sees whose name and whose mark."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import Role
from assessments.assignments import services
from assessments.assignments.similarity import compare
from assessments.models import Marking, ReleasedMark, ReturnedFile, Submission
from foundation.audit.models import Entry
from tests.assessments.test_assignments_similarity import LONG
from tests.factories.accounts import make_staff
from tests.factories.assignments import (
    make_assignment,
    make_rubric,
    make_submission,
    pdf_file,
    strong,
    text_file,
    word_file,
    worth,
)
from tests.factories.enrolments import give_edition_role, make_edition, make_enrolment

pytestmark = pytest.mark.django_db


@pytest.fixture
def assignment():
    return make_assignment(rubric=make_rubric())


@pytest.fixture
def edition(assignment):
    return make_edition(assignment.course)


@pytest.fixture
def submission(assignment, edition):
    return make_submission(assignment, make_enrolment(edition), files=[text_file("plea.txt", "The plea.")])


def with_role(edition, role):
    person = make_staff()
    give_edition_role(person, edition, role)
    return person


@pytest.fixture
def marker(edition):
    return with_role(edition, Role.MARKER)


@pytest.fixture
def tutor(edition):
    return with_role(edition, Role.TUTOR)


@pytest.fixture
def marking(client, marker):
    client.force_login(marker)
    return client


def url(name, *args):
    return reverse(f"assignment_marking:{name}", args=args)


def is_not_there(answer):
    """An address without a language is tried with one before it is given up."""
    return answer.redirect_chain[-1][0].startswith("/en/") and answer.status_code == 404


def queue_url(submission):
    return url("queue", submission.assignment_id, submission.edition_id)


def name_of(submission):
    return submission.members.first().attempt.enrolment.person.full_name


LEVELS = {"rubric-c1": "strong", "rubric-c2": "fair", "rubric-c2-comment": "Thin.", "comment": "Good work."}


def test_the_desk_and_the_queue_lead_to_what_waits(marking, submission):
    desk = marking.get(url("index"))
    queue = marking.get(queue_url(submission))

    assert queue_url(submission) in desk.text
    assert url("mark", submission.pk) in queue.text
    assert name_of(submission) in queue.text
    assert "1 waits for you" in queue.text


def test_the_paper_stands_beside_its_rubric(marking, submission):
    page = marking.get(url("mark", submission.pk))

    for said in (
        "The order is needed at once.",
        "plea.txt",
        "The plea.",
        "Criterion c1 [en]",
        "c2 is fair [en]",
    ):
        assert said in page.text


def test_saving_keeps_a_draft_and_finishing_leads_to_the_next(marking, submission, assignment, edition):
    following = make_submission(assignment, make_enrolment(edition))

    marking.post(url("mark", submission.pk), {"rubric-c1": "fair", "save": ""})
    assert Marking.objects.get().finished_at is None

    answer = marking.post(url("mark", submission.pk), {**LEVELS, "finish": ""})
    marked = Marking.objects.get()
    assert answer.url == url("mark", following.pk)
    assert marked.score == Decimal("0.75")
    assert marked.criteria.get(criterion="c2").comment == "Thin."


def test_finishing_without_a_level_says_so_and_keeps_what_was_given(marking, submission):
    page = marking.post(
        url("mark", submission.pk), {"rubric-c1": "strong", "comment": "So far", "finish": ""}
    )

    assert page.status_code == 422
    assert "Choose a level for every criterion" in page.text
    assert "So far" in page.text


def test_what_is_given_is_saved_as_one_goes(marking, submission):
    answer = marking.post(url("autosave", submission.pk), LEVELS)

    assert "Saved" in answer.text
    assert Marking.objects.get().comment == "Good work."


def test_saving_after_it_is_finished_is_refused(marking, submission, marker):
    services.finish_marking(submission, strong(), by=marker)

    answer = marking.post(url("autosave", submission.pk), LEVELS)

    assert answer.status_code == 409
    assert "To change it, say why." in answer.text


def test_points_beyond_what_it_is_worth_are_refused_with_the_rest_kept(marking, edition):
    simple = make_submission(make_assignment(edition.course, max_points=20), make_enrolment(edition))

    page = marking.post(url("mark", simple.pk), {"points": "21", "comment": "Hm.", "finish": ""})

    assert page.status_code == 422
    assert "more points than the assignment is worth" in page.text
    assert "Hm." in page.text


def test_an_annotated_file_is_given_back_and_taken_back(marking, submission):
    marking.post(url("mark", submission.pk), {**LEVELS, "save": "", "files": pdf_file("notes.pdf")})
    file = ReturnedFile.objects.get()
    assert marking.get(url("returned_file", submission.pk, file.pk)).getvalue().startswith(b"%PDF")

    marking.post(url("remove_file", submission.pk, file.pk))
    assert not ReturnedFile.objects.exists()


def test_a_wrong_file_is_refused_and_the_marks_are_kept(marking, submission):
    page = marking.post(
        url("mark", submission.pk), {**LEVELS, "save": "", "files": pdf_file("x.pdf", b"<html>")}
    )

    assert page.status_code == 422
    assert "does not hold what its name says" in page.text
    assert Marking.objects.get().comment == "Good work."


def test_a_marker_puts_back_what_somebody_else_should_mark(marking, submission):
    marking.post(url("autosave", submission.pk), LEVELS)

    marking.post(url("put_back", submission.pk))

    assert not Marking.objects.exists()


class TestAnonymity:
    @pytest.fixture
    def assignment(self):
        return make_assignment(is_anonymous=True)

    def test_markers_see_a_code_in_the_place_of_names(self, marking, submission):
        pages = [marking.get(queue_url(submission)), marking.get(url("mark", submission.pk))]
        sent = marking.get(url("file", submission.pk, submission.files.get().pk))

        for page in pages:
            assert name_of(submission) not in page.text
            assert submission.code in page.text
            assert "plea.txt" not in page.text
        assert sent["Content-Disposition"] == f'attachment; filename="{submission.code}-1.txt"'

    def test_names_come_with_the_release(self, marking, submission, marker):
        services.finish_marking(submission, worth(80), by=marker)
        services.release(submission, by=marker)

        assert name_of(submission) in marking.get(url("mark", submission.pk)).text

    def test_the_file_of_marks_names_nobody_before(self, client, submission, tutor):
        client.force_login(tutor)
        address = url("export", submission.assignment_id, submission.edition_id)

        sent = client.post(address, {"kind": "xlsx", "reason": "Board"})

        values = [cell for row in load_workbook(BytesIO(sent.content)).active.values for cell in row]
        assert submission.code in values
        assert submission.members.get().attempt.enrolment.person.email not in values


class TestTwoMarkers:
    @pytest.fixture
    def assignment(self):
        return make_assignment(marker_count=2)

    def test_the_mark_of_the_other_is_not_shown_until_both_have_finished(
        self, marking, submission, marker, edition
    ):
        other = with_role(edition, Role.MARKER)
        services.save_marking(submission, worth(11, "Secret opinion"), by=other)
        services.add_returned_file(submission, pdf_file("secret.pdf"), by=other)
        services.finish_marking(submission, worth(11, "Secret opinion"), by=other)
        file = ReturnedFile.objects.get()

        page = marking.get(url("mark", submission.pk))
        assert "Secret opinion" not in page.text
        assert other.full_name not in page.text
        assert is_not_there(marking.get(url("returned_file", submission.pk, file.pk), follow=True))
        assert is_not_there(marking.get(url("change", Marking.objects.get().pk), follow=True))

        services.finish_marking(submission, worth(12), by=marker)
        assert "Secret opinion" in marking.get(url("mark", submission.pk)).text

    def test_an_agreed_mark_is_confirmed_by_a_button(self, marking, edition, marker):
        other = with_role(edition, Role.MARKER)
        agreeing = make_assignment(edition.course, marker_count=2, on_disagreement="agree")
        submission = make_submission(agreeing, make_enrolment(edition))
        services.finish_marking(submission, worth(10), by=marker)
        services.finish_marking(submission, worth(90), by=other)
        services.finish_marking(submission, worth(60), by=other, part="agreed")

        assert "I agree with it" in marking.get(url("mark", submission.pk)).text
        marking.post(url("confirm", submission.pk))

        assert Marking.objects.get(part="agreed").confirmed_by == marker


class TestReleasing:
    def test_a_marker_marks_and_does_not_release(self, marking, submission, marker):
        services.finish_marking(submission, strong(), by=marker)

        for address in (
            url("release", submission.pk),
            url("release_all", submission.assignment_id, submission.edition_id),
            url("reopen", submission.pk),
            url("export", submission.assignment_id, submission.edition_id),
        ):
            assert is_not_there(marking.post(address, follow=True))
        assert not ReleasedMark.objects.exists()

    def test_a_tutor_releases_all_at_once(self, client, submission, marker, tutor):
        services.finish_marking(submission, strong(), by=marker)
        client.force_login(tutor)

        page = client.post(url("release_all", submission.assignment_id, submission.edition_id), follow=True)

        assert "1 mark is released." in page.text
        assert ReleasedMark.objects.get().score == 1

    def test_a_mark_is_changed_with_a_reason(self, client, submission, marker, tutor):
        marked = services.finish_marking(submission, strong(c1="weak"), by=marker)
        services.release(submission, by=tutor)
        client.force_login(tutor)
        address = url("change", marked.pk)

        refused = client.post(address, {"rubric-c1": "strong", "rubric-c2": "strong"})
        assert refused.status_code == 422
        assert "Say why" in refused.text

        client.post(address, {"rubric-c1": "strong", "rubric-c2": "strong", "reason": "Page 3"})
        assert ReleasedMark.objects.last().score == 1
        assert Entry.objects.get(action="assessments.change_mark").reason == "Page 3"

    def test_a_marker_does_not_change_the_mark_of_another(self, marking, submission, tutor):
        marked = services.finish_marking(submission, strong(), by=tutor)

        assert is_not_there(marking.get(url("change", marked.pk), follow=True))

    def test_a_tutor_opens_a_paper_again(self, client, submission, tutor):
        client.force_login(tutor)

        client.post(url("reopen", submission.pk), {"until": "2099-01-01 12:00", "reason": "Wrong file"})

        assert Submission.objects.get(follows=submission).handed_in_at is None

    def test_the_file_of_marks_is_recorded_with_its_reason(self, client, submission, marker, tutor):
        services.finish_marking(submission, strong(c2="fair"), by=marker)
        services.release(submission, by=tutor)
        client.force_login(tutor)
        address = url("export", submission.assignment_id, submission.edition_id)

        assert client.post(address, {"kind": "xlsx", "reason": ""}).status_code == 422
        sent = client.post(address, {"kind": "xlsx", "reason": "Board"})

        [_headings, line] = load_workbook(BytesIO(sent.content)).active.values
        assert line[3] == submission.members.get().attempt.enrolment.person.email
        assert 0.75 in line
        assert Entry.objects.get(action="assessments.export_marks").reason == "Board"


class TestSimilarity:
    @pytest.fixture
    def pair(self, assignment, edition):
        both = [make_submission(assignment, make_enrolment(edition), text=LONG) for _copy in range(2)]
        for one in both:
            compare(one)
        return both

    def test_markers_see_it_and_what_it_is(self, marking, pair):
        first, second = pair

        queue = marking.get(queue_url(first))
        page = marking.get(url("mark", first.pk))
        compared = marking.get(url("similar", first.pk, second.pk))

        assert "100" in queue.text
        assert url("similar", first.pk, second.pk) in page.text
        assert "It knows nothing of the web or of books" in compared.text
        assert compared.text.count("The order is limited in time and may be challenged") == 2

    def test_papers_that_share_nothing_are_not_laid_side_by_side(self, marking, pair, submission):
        assert is_not_there(marking.get(url("similar", pair[0].pk, submission.pk), follow=True))

    def test_a_paper_of_an_edition_one_does_not_mark_is_known_by_its_code(self, marking, assignment, edition):
        here = make_submission(assignment, make_enrolment(edition), text=LONG)
        there = make_submission(assignment, make_enrolment(make_edition(edition.course)), text=LONG)
        for one in (here, there):
            compare(one)

        page = marking.get(url("mark", here.pk))

        assert there.code in page.text
        assert name_of(there) not in page.text


def everything(submission):
    file = submission.files.first()
    return [
        url("mark", submission.pk),
        queue_url(submission),
        url("file", submission.pk, file.pk),
        url("view_file", submission.pk, file.pk),
    ]


def test_staff_of_other_editions_find_nothing(client, submission):
    client.force_login(with_role(make_edition(), Role.MARKER))

    assert all(is_not_there(client.get(address, follow=True)) for address in everything(submission))
    assert is_not_there(client.post(url("autosave", submission.pk), LEVELS, follow=True))


def test_visitors_and_learners_do_not_come_in(client, submission):
    for address in everything(submission):
        assert client.get(address).status_code == 302

    client.force_login(submission.members.get().attempt.enrolment.person)
    for address in everything(submission):
        assert client.get(address).status_code in (302, 403)


def test_nobody_marks_their_own_work(client, submission):
    person = submission.members.get().attempt.enrolment.person
    person.is_superuser = True
    person.save()
    client.force_login(person)

    assert is_not_there(client.get(url("mark", submission.pk), follow=True))


def test_who_marks_and_learns_in_one_edition_reads_no_mark_of_their_own_before_it_is_told(
    client, assignment, edition, submission, tutor, marker
):
    own = make_submission(assignment, make_enrolment(edition, tutor))
    services.finish_marking(own, strong(), by=marker)
    client.force_login(tutor)

    listed = client.get(queue_url(own))
    taken = client.post(
        url("export", assignment.pk, edition.pk), {"kind": "csv", "reason": "Board of examiners"}
    )

    assert [row.submission for row in listed.context["rows"]] == [submission]
    assert submission.code in taken.content.decode()
    assert own.code not in taken.content.decode()


def test_only_pictures_and_pdf_are_shown_in_the_page(marking, assignment, edition):
    submission = make_submission(
        assignment, make_enrolment(edition), files=[pdf_file(), word_file("Hello"), text_file()]
    )
    pdf = submission.files.get(kind="pdf")

    seen = marking.get(url("view_file", submission.pk, pdf.pk))
    assert seen["Content-Disposition"].startswith("inline")
    assert seen["X-Frame-Options"] == "SAMEORIGIN"
    assert seen["Content-Security-Policy"] == "default-src 'none'"
    for kind in ("docx", "txt"):
        file = submission.files.get(kind=kind)
        assert is_not_there(marking.get(url("view_file", submission.pk, file.pk), follow=True))


def test_lists_and_paper_ask_as_much_with_twelve_as_with_two(marking, assignment, edition, marker):
    def add(count):
        for _one in range(count):
            made = make_submission(assignment, make_enrolment(edition), text=LONG)
            services.finish_marking(made, strong(), by=marker)
            services.release(made, by=marker)
            compare(made)
        return made

    def count(address):
        marking.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert marking.get(address).status_code == 200
        return len(queries)

    first = add(2)
    addresses = [url("index"), f"{queue_url(first)}?all", url("mark", first.pk)]
    few = [count(address) for address in addresses]
    add(10)

    assert [count(address) for address in addresses] == few
    assert max(few) <= 45
