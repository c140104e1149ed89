"""What assessors and the committee see in the CMS, and what they do not."""

import datetime
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from accounts.models import User
from foundation.audit.models import Entry
from programmes.models import AssessorAssignment, Decision, DecisionOutcome, Score
from programmes.selection import services
from programmes.selection.committee import committee
from tests.factories.accounts import make_person, make_staff
from tests.factories.selection import (
    decided,
    make_applicant,
    make_assessor,
    make_assignment,
    make_coordinator,
    make_criterion,
    make_scored,
    make_selection,
    offered,
    told,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    call = make_selection(places=2)
    make_criterion(call, name="Motivation", guidance="Own words earn more.")
    return call


@pytest.fixture
def as_(client):
    def signed_in(person):
        client.force_login(person)
        return client

    return signed_in


def page(response):
    return response.content.decode()


class TestAssessors:
    def test_only_what_is_assigned_is_there(self, call, as_):
        mine = make_assignment(make_applicant(call, family_name="Okello"))
        make_assignment(make_applicant(call, family_name="Secret"))

        shown = page(as_(mine.assessor).get(reverse("assessing:index")))

        assert "Okello" in shown
        assert "Secret" not in shown

    def test_what_is_to_be_done_comes_first_and_what_was_handed_in_is_folded_away(self, call, as_):
        done = make_assignment(make_applicant(call, family_name="Done"), handed_in_at=timezone.now())
        make_assignment(make_applicant(call, family_name="Waiting"), done.assessor)
        index = reverse("assessing:index")

        shown = page(as_(done.assessor).get(index))
        AssessorAssignment.objects.filter(handed_in_at=None).delete()
        rest = page(as_(done.assessor).get(index))

        assert shown.index("Waiting") < shown.index("<details") < shown.index("Done")
        assert "1 application handed in" in shown
        assert "Everything given to you is handed in." in rest

    @pytest.mark.parametrize(
        "who", ["another assessor", "former assessor", "taken away", "coordinator", "nobody"]
    )
    def test_an_application_that_is_not_yours_is_not_there(self, call, as_, client, who):
        assignment = make_assignment(make_applicant(call))
        person = make_assessor(call)
        if who == "former assessor":
            person = assignment.assessor
            person.programmeroles.update(ends_on="2020-01-01", starts_on="2020-01-01")
        elif who == "taken away":
            services.take_away(assignment, by=person, reason="R")
            person = assignment.assessor
        elif who == "coordinator":
            person = make_coordinator(call)
        browser = client if who == "nobody" else as_(person)

        for name in ("assess", "declare", "save"):
            address = reverse(f"assessing:{name}", args=[assignment.pk])
            send = browser.get if name == "assess" else browser.post
            if who == "nobody":
                assert "/login/" in send(address).url
            else:
                assert send(address, follow=True).status_code == 404

    def test_the_dossier_stays_shut_until_no_conflict_is_declared(self, call, as_):
        application = make_applicant(call, institution="Court", position="Deputy registrar")
        assignment = make_assignment(application, declared=False)
        browser = as_(assignment.assessor)
        address = reverse("assessing:assess", args=[assignment.pk])

        shut = page(browser.get(address))
        browser.post(reverse("assessing:declare", args=[assignment.pk]))
        opened = page(browser.get(address))

        assert "conflict of interest" in shut
        assert "Deputy registrar" not in shut
        assert "Deputy registrar" in opened
        assert "Own words earn more." in opened

    def test_a_conflict_needs_a_sentence_and_gives_the_application_back(self, call, as_):
        assignment = make_assignment(make_applicant(call), declared=False)
        browser, address = as_(assignment.assessor), reverse("assessing:declare", args=[assignment.pk])

        assert browser.post(address, {"conflict": "1"}).status_code == 422
        browser.post(address, {"conflict": "1", "reason": "My former student"})

        assignment.refresh_from_db()
        assert assignment.ending == AssessorAssignment.Ending.CONFLICT
        assert browser.get(reverse("assessing:assess", args=[assignment.pk]), follow=True).status_code == 404

    def test_scores_are_saved_as_typed_by_the_script_and_handed_in_by_the_form(self, call, as_):
        assignment = make_assignment(make_applicant(call))
        criterion = call.criteria.get()
        browser, address = as_(assignment.assessor), reverse("assessing:save", args=[assignment.pk])
        typed = {
            f"points_{criterion.pk}": "7.5",
            f"comment_{criterion.pk}": "Clear",
            "comment": "",
            "seen": 0,
        }

        fragment = browser.post(address, typed, headers={"X-Requested-With": "score"})
        stale = browser.post(address, typed, headers={"X-Requested-With": "score"})
        browser.post(address, typed | {"seen": 1, "hand_in": "1"})

        assert 'data-sequence="1"' in page(fragment)
        assert stale.status_code == 422
        assert "another window" in page(stale)
        assignment.refresh_from_db()
        assert assignment.handed_in_at
        assert Score.objects.get().comment == "Clear"

    def test_handing_in_without_points_says_so_and_keeps_what_was_typed(self, call, as_):
        assignment = make_assignment(make_applicant(call))
        criterion = call.criteria.get()
        typed = {f"comment_{criterion.pk}": "A thought", "seen": 0, "hand_in": "1"}

        response = as_(assignment.assessor).post(reverse("assessing:save", args=[assignment.pk]), typed)

        assert response.status_code == 422
        assert "Give points on every criterion" in page(response)
        assert "A thought" in page(response)
        assert 'name="seen" value="1"' in page(response)

    def test_too_many_points_are_refused_at_the_field(self, call, as_):
        assignment = make_assignment(make_applicant(call))
        typed = {f"points_{call.criteria.get().pk}": "11", "seen": 0}

        response = as_(assignment.assessor).post(reverse("assessing:save", args=[assignment.pk]), typed)

        assert response.status_code == 422
        assert "at most 10 points" in page(response)

    def test_nobody_elses_scores_are_on_an_assessors_page(self, call, as_):
        application = make_applicant(call)
        other = make_scored(application, 3)
        Score.objects.filter(assignment=other).update(comment="Weak in my eyes")
        mine = make_assignment(application)

        shown = page(as_(mine.assessor).get(reverse("assessing:assess", args=[mine.pk])))

        assert "Weak in my eyes" not in shown
        assert str(other.assessor) not in shown

    def test_an_assessor_alone_does_not_reach_the_committees_pages(self, call, as_):
        assessor = make_assessor(call)

        for name in ("committee", "letters", "places", "assessors", "setup", "export"):
            response = as_(assessor).get(reverse(f"selecting:{name}", args=[call.pk]), follow=True)
            assert response.status_code == 404


class TestCommittee:
    def address(self, call, **query):
        return reverse("selecting:committee", query=query, args=[call.pk])

    def test_the_ranking_shows_mean_spread_flag_and_what_is_awaited(self, call, as_):
        best, split = make_applicant(call, family_name="Best"), make_applicant(call, family_name="Split")
        make_scored(best, 9), make_scored(best, 9)
        make_scored(split, 9), make_scored(split, 3)
        make_assignment(make_applicant(call, family_name="Waits"))

        shown = page(as_(make_coordinator(call)).get(self.address(call)))

        assert shown.index("Best") < shown.index("Split") < shown.index("Waits")
        assert "60.0" in shown
        assert shown.count("selection-wide") == 1
        assert "2 scores awaited" in shown

    def test_what_is_not_handed_in_is_seen_by_nobody(self, call, as_):
        application = make_applicant(call)
        assignment = make_assignment(application)
        services.save_scores(
            assignment, {call.criteria.get().pk: services.Typed(Decimal(8), "Not final yet")}, seen=0
        )

        shown = page(as_(make_coordinator(call)).get(self.address(call, dossier=application.pk)))

        assert "Not final yet" not in shown
        assert "80.0" not in shown

    def test_a_member_who_assesses_sees_the_others_scores_only_after_handing_in(self, call, as_):
        application, member = make_applicant(call), make_coordinator(call)
        make_scored(application, 9)
        mine = make_assignment(application, member)
        browser = as_(member)

        before = page(browser.get(self.address(call, dossier=application.pk)))
        mine.handed_in_at = timezone.now()
        mine.save()
        after = page(browser.get(self.address(call, dossier=application.pk)))

        assert "90.0" not in before
        assert "90.0" in after

    def test_a_selected_set_is_decided_with_its_reason(self, call, as_):
        first, second = make_applicant(call), make_applicant(call)
        member = make_coordinator(call)

        as_(member).post(
            self.address(call),
            {"pick": [f"{first.pk}:", f"{second.pk}:"], "outcome": "admit", "reason": "Strong"},
        )

        assert (
            list(Decision.objects.values_list("outcome", "reason", "decided_by"))
            == [("admit", "Strong", member.pk)] * 2
        )

    def test_the_second_member_is_shown_what_the_first_decided(self, call, as_):
        application = make_applicant(call)
        decided(application, by=make_person(first_name="Ngozi"), reason="Strong file")

        response = as_(make_coordinator(call)).post(
            self.address(call),
            {"pick": f"{application.pk}:", "outcome": "not_admitted", "reason": "Typed by the second"},
        )

        assert response.status_code == 422
        assert "Ngozi" in page(response)
        assert "Strong file" in page(response)
        assert "Typed by the second" in page(response)
        assert Decision.objects.get().outcome == "admit"

    def test_conditions_are_asked_for_and_kept(self, call, as_):
        application, browser = make_applicant(call), as_(make_coordinator(call))
        typed = {"pick": f"{application.pk}:", "outcome": "conditional", "reason": "Diploma to come"}

        assert browser.post(self.address(call), typed).status_code == 422
        browser.post(self.address(call), typed | {"condition_0": "The diploma", "due_0": "2030-05-01"})

        assert Decision.objects.get().conditions.get().text == "The diploma"

    def test_nobody_decides_on_their_own_application(self, call, as_):
        member = make_coordinator(call)
        own = make_applicant(call, member)

        as_(member).post(
            self.address(call), {"pick": f"{own.pk}:", "outcome": "admit", "reason": "I am good"}
        )

        assert not Decision.objects.exists()

    def test_a_member_who_applied_sees_nothing_of_what_is_said_about_themselves(self, call, as_):
        member = make_coordinator(call)
        own = make_applicant(call, member, family_name="Ownname")
        make_scored(own, 9), make_scored(own, 4)
        decided(own, DecisionOutcome.NOT_ADMITTED, reason="Too early in the career")

        shown = as_(member).get(self.address(call))
        others = page(as_(make_coordinator(call)).get(self.address(call)))

        for said in ("65.0", "50.0", "Too early in the career"):
            assert said in others
            assert said not in page(shown)
        assert "Ownname" in page(shown)
        assert shown.context["committee"].counts == {"undecided": 1}

    @pytest.mark.parametrize("tampered", ["x:", ":", "9" * 30 + ":1", "1:x"])
    def test_what_a_form_never_sends_is_no_error(self, call, as_, tampered):
        make_applicant(call)

        response = as_(make_coordinator(call)).post(
            self.address(call), {"pick": tampered, "outcome": "admit", "reason": "R"}
        )

        assert response.status_code in (302, 422)

    def test_the_balance_counts_and_does_not_decide(self, call, as_):
        decided(make_applicant(call, gender="woman"))
        make_applicant(call, gender="man")

        (region, gender, _profession) = committee(call, make_coordinator(call)).balances

        assert [(line.group, line.applied, line.admitted) for line in gender.lines] == [
            ("Man", 1, 0),
            ("Woman", 1, 1),
        ]
        assert [line.group for line in region.lines] == ["Africa"]

    def test_500_applications_with_four_assessors_take_at_most_25_queries(self, call, as_):
        assessors = [make_assessor(call) for _number in range(4)]
        criteria = [call.criteria.get(), make_criterion(call), make_criterion(call)]
        applications = [self.applicant(call, number) for number in range(500)]
        assignments = AssessorAssignment.objects.bulk_create(
            AssessorAssignment(
                application=application,
                assessor=assessor,
                declared_at=timezone.now(),
                handed_in_at=timezone.now(),
            )
            for application in applications
            for assessor in assessors
        )
        Score.objects.bulk_create(
            Score(assignment=one, criterion=criterion, points=one.pk % 11)
            for one in assignments
            for criterion in criteria
        )
        browser = as_(make_coordinator(call))
        browser.get(self.address(call))

        with CaptureQueriesContext(connection) as found:
            response = browser.get(self.address(call))

        assert response.status_code == 200
        assert response.context["committee"].rows[499].standing.mean is not None
        assert len(found) <= 25, "\n".join(one["sql"][:170] for one in found)

    def applicant(self, call, number):
        someone = User.objects.create(
            email=f"applicant-{number}@example.org", first_name="A", last_name=str(number), password="!"
        )
        return make_applicant(call, someone)

    def test_the_download_leaves_out_what_is_said_about_whoever_downloads(self, call, as_):
        member = make_coordinator(call)
        own = make_applicant(call, member)
        make_scored(own, 9)
        decided(own, DecisionOutcome.NOT_ADMITTED, reason="Too early")

        response = as_(member).post(reverse("selecting:export", args=[call.pk]), {"reason": "For the board"})

        (row,) = list(load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True))[1:]
        assert row[1] == own.full_name
        assert not any(row[6:10] + row[11:])

    def test_the_ranking_is_downloaded_with_a_reason(self, call, as_):
        make_scored(make_applicant(call, family_name="=cmd"), 9)
        member = make_coordinator(call)

        response = as_(member).post(
            reverse("selecting:export", args=[call.pk]), {"reason": "For the committee’s meeting"}
        )

        sheet = load_workbook(BytesIO(response.content)).active
        assert sheet.cell(2, 1).value == 1
        assert sheet.cell(2, 7).value == 0.9
        assert Entry.objects.get(action="programmes.export_ranking").actor == member

    @pytest.mark.parametrize("name", ["committee", "letters", "places", "assessors", "setup", "export"])
    def test_each_page_is_for_those_who_decide(self, call, as_, client, name):
        address = reverse(f"selecting:{name}", args=[call.pk])
        other_call = make_selection()

        assert "/login/" in client.get(address).url
        assert as_(make_coordinator(call)).get(address).status_code == 200
        assert as_(make_coordinator(other_call)).get(address, follow=True).status_code == 404
        assert as_(make_staff()).get(address, follow=True).status_code == 404


class TestStaffWork:
    def test_criteria_are_written_in_the_languages_of_the_screens(self, call, as_):
        as_(make_coordinator(call)).post(
            reverse("selecting:add_criterion", args=[call.pk]),
            {"name": "Experience", "name_fr": "Expérience", "points": 5, "weight": "40", "position": 2},
        )

        criterion = call.criteria.get(name="Experience")
        assert criterion.name_in("fr") == "Expérience"

    def test_assessors_are_shared_out_and_assigned_by_hand(self, call, as_):
        first = make_assessor(call, institution="Court of Appeal")
        application = make_applicant(call, institution="court of appeal")
        browser = as_(make_coordinator(call))

        shared = browser.post(reverse("selecting:share_out", args=[call.pk]), follow=True)
        by_hand = browser.post(
            reverse("selecting:application", args=[call.pk, application.pk]),
            {"assessor": first.pk},
            follow=True,
        )

        assert "still lacks an assessor" in page(shared)
        assert "same institution" in page(by_hand)
        assert application.assessor_assignments.get().assessor == first

    def test_letters_are_looked_at_and_then_sent_by_one_click(self, call, as_):
        application = make_applicant(call, given_names="Amina", family_name="Diallo")
        decided(application)
        browser, address = as_(make_coordinator(call)), reverse("selecting:letters", args=[call.pk])
        form = browser.get(address).context["form"]
        typed = {name: form.initial[name] for name in ("looked_at", "form_key")} | {"reason": "Meeting"}

        browser.post(address, typed)
        browser.post(address, typed)

        assert application.decisions.get().frozen_at
        assert call.letter_runs.count() == 1
        assert "Amina Diallo" in page(browser.get(address))

    def test_letters_that_changed_meanwhile_are_shown_again_before_they_go(self, call, as_):
        decided(make_applicant(call))
        browser, address = as_(make_coordinator(call)), reverse("selecting:letters", args=[call.pk])
        form = browser.get(address).context["form"]
        typed = {name: form.initial[name] for name in ("looked_at", "form_key")} | {"reason": "Meeting"}
        decided(make_applicant(call), DecisionOutcome.NOT_ADMITTED)

        refused = browser.post(address, typed)

        assert refused.status_code == 422
        assert "have changed since you looked" in page(refused)
        assert "Meeting" in page(refused)
        browser.post(address, typed | {"looked_at": refused.context["form"]["looked_at"].value()})
        assert call.letter_runs.count() == 1

    def test_a_field_that_does_not_exist_is_refused_with_those_that_do(self, call, as_):
        address = reverse("selecting:template", args=[call.pk, "admit", "fr"])
        browser = as_(make_coordinator(call))

        assert "Madame" in page(browser.get(address)) or "{name}" in page(browser.get(address))
        refused = browser.post(address, {"subject": "S", "body": "Bonjour {nom}"})

        assert refused.status_code == 422
        assert "{nom}" in page(refused)
        assert "{answer_by}" in page(refused)

    def test_an_overdue_condition_is_listed_and_met(self, call, as_):
        offer = offered(make_applicant(call), DecisionOutcome.CONDITIONAL, due_on=timezone.localdate())
        condition = offer.decision.conditions.get()
        condition.due_on = timezone.localdate() - datetime.timedelta(days=1)
        condition.save()
        browser = as_(make_coordinator(call))

        assert "overdue" in page(browser.get(reverse("selecting:places", args=[call.pk])))
        browser.post(reverse("selecting:meet", args=[call.pk, condition.pk]), {"reason": "Received by post"})

        condition.refresh_from_db()
        assert condition.met_at

    def test_the_waiting_list_is_reordered_by_numbers(self, call, as_):
        first, second = (decided(make_applicant(call), DecisionOutcome.WAITING) for _number in range(2))
        told(make_applicant(call), DecisionOutcome.NOT_ADMITTED)

        as_(make_coordinator(call)).post(
            reverse("selecting:reorder", args=[call.pk]),
            {f"rank_{first.pk}": "2", f"rank_{second.pk}": "1", "reason": "After the interviews"},
        )

        order = Decision.objects.standing().filter(outcome="waiting").order_by("waiting_rank")
        assert [one.application for one in order] == [second.application, first.application]


class TestOwnApplication:
    """A coordinator who applied leaves the own letter, place and conditions to others."""

    @pytest.fixture
    def member(self, call):
        return make_coordinator(call, first_name="Ownfirst")

    def test_the_own_letter_is_neither_shown_nor_sent(self, call, as_, member):
        decided(make_applicant(call, member), by=make_person())
        decided(make_applicant(call, family_name="Other"), by=make_person())
        address = reverse("selecting:letters", args=[call.pk])

        shown = as_(member).get(address)
        assert [one.decision.application.family_name for one in shown.context["letters"]] == ["Other"]
        as_(member).post(address, shown.context["form"].initial | {"reason": "All agreed"})

        sent = Decision.objects.filter(application__call=call).exclude(frozen_at=None)
        assert [one.application.family_name for one in sent] == ["Other"]
        assert len(as_(make_coordinator(call)).get(address).context["letters"]) == 1

    def test_the_own_place_and_condition_are_not_there(self, call, as_, member):
        offer = offered(make_applicant(call, member), DecisionOutcome.CONDITIONAL)
        condition = offer.decision.conditions.get()
        ways = {"withdraw_offer": offer.pk, "meet": condition.pk, "move": condition.pk}

        shown = as_(member).get(reverse("selecting:places", args=[call.pk]))

        assert not shown.context["offers"]
        assert not shown.context["conditions"]
        for name, pk in ways.items():
            address = reverse(f"selecting:{name}", args=[call.pk, pk])
            answer = as_(member).post(address, {"reason": "It is", "due_on": "2031-01-01"}, follow=True)
            assert answer.status_code == 404
            assert as_(make_coordinator(call)).get(address).status_code == 200
        condition.refresh_from_db()
        assert condition.met_at is None

    def test_whoever_ranks_the_waiting_list_keeps_the_own_rank(self, call, as_, member):
        waiting = DecisionOutcome.WAITING
        first = decided(make_applicant(call), waiting, by=make_person())
        decided(make_applicant(call, member), waiting, by=make_person())
        third = decided(make_applicant(call), waiting, by=make_person())

        services.reorder_waiting(call, [third.pk, first.pk], by=member, reason="Fields")

        ranks = Decision.objects.standing().filter(application__call=call).order_by("waiting_rank")
        people = [one.application.person for one in ranks]
        assert people == [third.application.person, member, first.application.person]
