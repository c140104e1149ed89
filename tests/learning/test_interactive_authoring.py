"""Authors write interactive activities in the CMS; learners meet nothing of it before it is published."""

import pytest
from django.urls import reverse
from wagtail.models import Revision
from wagtail.test.utils.form_data import rich_text

from accounts.models import Role
from courses.models import ChangeSet, CompletionRule
from courses.services.change_sets import approve, submit
from foundation.audit.models import Entry
from h5p.models import Content
from h5p.services.contents import ContentRefused, make_current, publish_version, remove_content
from learning.interactive.services import authoring
from learning.models import H5PActivity
from tests.factories.accounts import make_person, make_staff
from tests.factories.cms import make_locale
from tests.factories.courses import give_course_role, make_course, make_lesson, place
from tests.factories.h5p import make_content, make_interactive, make_interactive_attempt, save_again

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def course():
    return make_course()


@pytest.fixture
def author(course, client):
    author = make_staff()
    give_course_role(author, course, Role.AUTHOR)
    client.force_login(author)
    return author


@pytest.fixture
def activity(course, author):
    made = H5PActivity.begin(course=course, title="Chain of custody")
    made.live, made.has_unpublished_changes = False, True
    made.save()
    made.save_revision(user=author, clean=False)
    return made


def url(name, *args):
    return reverse(f"interactive_activities:{name}", args=args)


def typed(**fields):
    """What the browser sends for the screen of an activity."""
    return {
        "title": "Chain of custody",
        "text_alternative": rich_text("<p>Four cards with terms.</p>"),
        "completion_rule": "finished",
        "pass_percent": "",
    } | fields


def draft_of(activity):
    return H5PActivity.objects.get(pk=activity.pk).get_latest_revision_as_object()


def words_of(activity, language="en"):
    return next((words for words in draft_of(activity).words.all() if words.language == language), None)


def waiting(course, content):
    """An activity of a course that was never published, with content."""
    made = make_interactive(course, content=content)
    H5PActivity.objects.filter(pk=made.pk).update(live=False)
    made.save_revision(clean=False)
    return made


def publish(activity):
    Revision.objects.get(pk=H5PActivity.objects.get(pk=activity.pk).latest_revision_id).publish()


class TestWriting:
    def test_it_is_begun_among_the_activities_of_a_course(self, client, course, author):
        answer = client.post(url("begin"), {"title": "Custody", "course": course.pk})

        made = H5PActivity.objects.get()
        assert answer.url == url("edit", made.pk)
        assert not made.live
        assert "has no content in the language of the course" in client.get(answer.url).text

    def test_content_and_words_are_saved_as_a_draft(self, client, activity):
        content = make_content()

        client.post(url("edit", activity.pk), typed(content=content.pk))

        assert words_of(activity).version == content.current
        assert draft_of(activity).publish_problems() == []
        assert not H5PActivity.objects.get().words.exists()

    def test_a_text_alternative_is_needed_before_it_goes_live(self, client, activity):
        client.post(
            url("edit", activity.pk), typed(content=make_content().pk, text_alternative=rich_text(""))
        )

        assert "has no text alternative" in client.get(url("edit", activity.pk)).text

    def test_the_author_reads_what_the_type_reports(self, client, activity):
        client.post(url("edit", activity.pk), typed(content=make_content().pk))

        assert "not known what this type reports" in client.get(url("edit", activity.pk)).text

    def test_a_rule_that_the_type_can_never_meet_is_refused_and_kept(self, client, activity):
        cards = make_content(library="H5P.Dialogcards")

        page = client.post(url("edit", activity.pk), typed(content=cards.pk, title="Cards"))

        assert page.status_code == 422
        assert "reports nothing" in page.text
        assert 'value="Cards"' in page.text
        assert words_of(activity) is None

    def test_only_rules_that_the_type_can_meet_are_offered(self, client, activity):
        cards = make_content(library="H5P.Dialogcards")
        client.post(url("edit", activity.pk), typed(content=cards.pk, completion_rule="marked"))

        offered = client.get(url("edit", activity.pk)).context["form"].fields["completion_rule"].choices

        assert [rule for rule, _label in offered] == [CompletionRule.MARKED]

    def test_a_pass_mark_is_asked_for_where_it_is_needed(self, client, activity):
        sent = typed(content=make_content().pk, completion_rule="passed")

        assert client.post(url("edit", activity.pk), sent).status_code == 422
        client.post(url("edit", activity.pk), sent | {"pass_percent": "70"})

        assert str(draft_of(activity).pass_mark) == "0.7"

    def test_two_tabs_do_not_overwrite_each_other(self, client, activity):
        base = H5PActivity.objects.get().latest_revision_id
        client.post(url("edit", activity.pk), typed(base=base, title="First"))

        page = client.post(url("edit", activity.pk), typed(base=base, title="Second"))

        assert page.status_code == 422
        assert "has saved this activity since you opened it" in page.text
        assert 'value="Second"' in page.text
        assert draft_of(activity).title == "First"

    def test_content_that_is_a_draft_goes_live_with_the_activity(self, client, activity):
        content = make_content(is_draft=True)
        client.post(url("edit", activity.pk), typed(content=content.pk))

        publish(activity)

        content.refresh_from_db()
        assert content.current.number == 1
        assert activity.versions.get().settings["words"]["en"]["version"] == 1

    def test_content_that_waits_for_a_library_keeps_it_from_going_live(self, client, activity):
        content = make_content(is_approved=False)
        client.post(url("edit", activity.pk), typed(content=content.pk))

        assert "waits for libraries" in draft_of(activity).publish_problems()[0]

    def test_another_language_has_its_own_content_and_alternative(self, client, activity):
        make_locale("fr")
        client.post(url("edit", activity.pk), typed(content=make_content().pk))
        french = make_content(title="Chaîne")
        address = url("words", activity.pk, "fr")

        assert "Four cards" in client.get(address).text
        client.post(address, {"content": french.pk, "text_alternative": rich_text("<p>Quatre cartes.</p>")})

        assert words_of(activity, "fr").content == french
        assert words_of(activity, "en").content != french
        assert draft_of(activity).publish_problems() == []

    def test_another_language_begins_as_a_copy(self, client, activity):
        make_locale("fr")
        client.post(url("edit", activity.pk), typed(content=make_content().pk))

        client.post(url("copy_words", activity.pk, "fr"))

        copied = words_of(activity, "fr")
        assert copied.version.language == "fr"
        assert copied.content.current is None
        assert "no text alternative in français" in draft_of(activity).publish_problems()[0]

    def test_languages_of_other_types_are_refused(self, client, activity):
        make_locale("fr")
        client.post(url("edit", activity.pk), typed(content=make_content().pk))
        other = make_content(library="H5P.Dialogcards")
        sent = {"content": other.pk, "text_alternative": rich_text("<p>Quatre cartes.</p>")}
        client.post(url("words", activity.pk, "fr"), sent)

        assert "of another content type" in draft_of(activity).publish_problems()[0]

    @pytest.mark.parametrize(
        ("library", "warned"), [("H5P.TestQuestion", True), ("JusticeKit.TrueFalse", False)]
    )
    def test_an_author_is_warned_that_a_foreign_type_may_not_mirror(self, client, activity, library, warned):
        make_locale("ar")
        sent = {"content": make_content(library=library).pk, "text_alternative": rich_text("<p>بطاقات</p>")}

        client.post(url("words", activity.pk, "ar"), sent)

        assert ("may not mirror" in client.get(url("words", activity.pk, "ar")).text) is warned


class TestPublishing:
    @pytest.fixture
    def live(self, client, course, author, activity):
        """An activity that learners meet in one lesson."""
        client.post(url("edit", activity.pk), typed(content=make_content().pk))
        publish(activity)
        lesson = make_lesson(course, activities=[H5PActivity.objects.get()])
        lesson.save_revision(user=author).publish()
        return H5PActivity.objects.get()

    @pytest.fixture
    def content(self, live):
        return live.words.get().content

    def test_a_new_version_of_what_learners_meet_is_not_published_by_its_author_alone(self, content, author):
        newer = save_again(content)

        with pytest.raises(ContentRefused, match="after a review"):
            publish_version(newer, by=author)

        content.refresh_from_db()
        assert content.current.number == 1

    def test_it_goes_the_way_of_a_small_correction(self, client, course, live, content, author):
        save_again(content, question="<p>Who signed it?</p>")
        lesson = live.placements.get().lesson

        answer = client.post(url("review", content.pk), {"number": 2})
        assert answer.url == reverse("courses:submit", args=[course.pk]) + f"?page={lesson.pk}"

        change_set = submit(course, author, summary="Another question", only_page=lesson)
        reviewer = make_staff()
        give_course_role(reviewer, course, Role.REVIEWER)
        client.force_login(reviewer)
        page = client.get(reverse("courses:change_set", args=[change_set.pk])).text
        assert '<span class="addition">signed it?</span>' in page
        content.refresh_from_db()
        assert content.current.number == 1
        approve(change_set, reviewer)

        content.refresh_from_db()
        assert content.current.number == 2
        assert live.versions.first().settings["words"]["en"]["version"] == 2

    def test_what_is_approved_is_what_was_read(self, client, course, live, content, author):
        save_again(content)
        client.post(url("review", content.pk), {"number": 2})
        change_set = submit(course, author, summary="Second", only_page=live.placements.get().lesson)
        save_again(content)
        reviewer = make_staff()
        give_course_role(reviewer, course, Role.REVIEWER)

        approve(change_set, reviewer)

        content.refresh_from_db()
        assert (content.current.number, content.newest.number) == (2, 3)

    def test_who_publishes_without_a_review_says_why_and_reads_who_is_under_way(self, client, live, content):
        save_again(content)
        make_interactive_attempt(live)
        administrator = make_staff(Role.ADMINISTRATOR)
        client.force_login(administrator)
        address = url("publish_in_place", content.pk) + "?number=2"

        assert "1 learner is in the middle of it" in client.get(address).text
        assert client.post(address, {"reason": ""}).status_code == 422
        client.post(address, {"reason": "A wrong article number"})

        content.refresh_from_db()
        assert content.current.number == 2
        assert live.words.get().version.number == 2
        entry = Entry.objects.get(action="learning.publish_content_in_place")
        assert (entry.reason, entry.after["learners under way"]) == ("A wrong article number", 1)
        assert (
            live.course.versions.first()
            .items.get(activity=live)
            .activity_version.settings["words"]["en"]["version"]
            == 2
        )

    def test_other_changes_that_wait_do_not_go_live_along(self, client, live, content):
        authoring.save_activity(live, user=None, title="Half done")
        newer = save_again(content)

        with pytest.raises(authoring.DraftRefused, match="other changes that wait"):
            authoring.publish_in_place(newer, by=make_staff(Role.ADMINISTRATOR), reason="Now")

        content.refresh_from_db()
        assert content.current.number == 1

    def test_only_drafts_that_have_the_content_are_opened_when_a_version_goes_live(
        self, content, django_assert_num_queries
    ):
        for _number in range(3):
            waiting(make_course(), make_content())
        newer = save_again(content)

        with django_assert_num_queries(1):
            authoring.take_into_drafts(newer, by=None)

    def test_a_draft_that_goes_to_its_reviewers_meanwhile_keeps_its_version(self, content, monkeypatch):
        draft = waiting(make_course(), content)
        monkeypatch.setattr(authoring, "draft_refusal", lambda activity: "It is being reviewed.")

        authoring.take_into_drafts(save_again(content), by=None)

        assert words_of(draft).version_id != content.newest.pk

    def test_a_draft_that_has_the_content_takes_the_version(self, content):
        draft = waiting(make_course(), content)
        newer = save_again(content)

        authoring.take_into_drafts(newer, by=None)

        assert words_of(draft).version == newer

    @pytest.mark.parametrize("number", ["", "x", "²", "9" * 19, "9" * 5000])
    def test_a_number_that_no_version_has_is_not_found(self, client, live, content, number):
        answers = [
            client.post(url("review", content.pk), {"number": number}, follow=True),
            client.post(url("take", live.pk), {"version": number}, follow=True),
        ]
        assert client.get(url("edit", live.pk), {"content": number}).status_code == 200
        client.force_login(make_staff(Role.ADMINISTRATOR))
        answers.append(client.get(url("publish_in_place", content.pk), {"number": number}, follow=True))

        assert [answer.status_code for answer in answers] == [404, 404, 404]

    def test_a_version_reviewed_in_one_course_changes_nothing_in_another(
        self, client, course, live, content, author
    ):
        other = make_interactive(make_course(), content=content)
        save_again(content)

        client.post(url("review", content.pk), {"number": 2})
        publish(live)

        assert (live.words.get().played.number, other.words.get().played.number) == (2, 1)
        assert not H5PActivity.objects.get(pk=other.pk).has_draft

    def test_whoever_works_on_none_of_its_courses_is_told_whom_to_ask(self, client, live, content):
        client.force_login(make_staff(Role.AUTHOR))

        page = client.get(reverse("h5p_staff:content", args=[content.pk])).text

        assert "Ask an administrator" in page
        assert client.post(url("review", content.pk), {"number": 1}, follow=True).status_code == 404

    def test_an_activity_that_has_an_earlier_version_does_not_unpublish_a_newer_one(
        self, client, course, content, activity
    ):
        client.post(url("edit", activity.pk), typed(content=content.pk))
        make_current(save_again(content), by=None)
        client.post(url("take", activity.pk), {"version": content.versions.last().pk})

        publish(activity)

        content.refresh_from_db()
        assert content.current.number == 2

    def test_a_newer_draft_is_offered_and_taken(self, client, live, content):
        newer = save_again(content)

        assert "Take version 2" in client.get(url("edit", live.pk)).text
        client.post(url("take", live.pk), {"version": newer.pk})

        assert words_of(live).version == newer
        assert live.words.get().version.number == 1

    def test_under_review_nothing_is_changed(self, client, course, live, content, author):
        client.post(url("edit", live.pk), typed(content=content.pk, title="Other"))
        submit(course, author, summary="Other title", only_page=live.placements.get().lesson)
        assert ChangeSet.objects.locking().exists()

        page = client.post(url("edit", live.pk), typed(content=content.pk, title="Third"))

        assert "being reviewed and cannot be changed" in page.text
        assert draft_of(live).title == "Other"

    def test_content_that_stands_anywhere_is_not_removed(self, client, activity, author):
        content = make_content(is_draft=True)
        client.post(url("edit", activity.pk), typed(content=content.pk))

        with pytest.raises(ContentRefused, match="stands in an activity"):
            remove_content(content, by=author, reason="Tidy")

        assert Content.objects.filter(pk=content.pk).exists()

    def test_the_content_says_where_it_is_used(self, client, live, content):
        page = client.get(reverse("h5p_staff:content", args=[content.pk])).text

        assert url("edit", live.pk) in page
        assert live.course.title in page


class TestWhoMayCome:
    def test_who_does_not_write_the_course_only_reads(self, client, course, activity):
        reviewer = make_staff()
        give_course_role(reviewer, course, Role.REVIEWER)
        client.force_login(reviewer)

        client.post(url("edit", activity.pk), typed(title="Other"))

        assert 'name="title"' not in client.get(url("edit", activity.pk)).text
        assert draft_of(activity).title == "Chain of custody"

    def test_staff_of_other_courses_find_nothing(self, client, activity):
        other = make_staff()
        give_course_role(other, make_course(), Role.AUTHOR)
        client.force_login(other)

        assert client.get(url("edit", activity.pk), follow=True).status_code == 404
        assert activity.title not in client.get(url("index")).text

    def test_the_list_holds_those_of_one_s_courses(self, client, activity):
        foreign = make_interactive(make_course(), title="Of another course")

        page = client.get(url("index"))

        assert page.status_code == 200
        assert activity.title in page.text
        assert foreign.title not in page.text

    def test_visitors_and_learners_do_not_come_in(self, client, activity):
        client.logout()
        assert client.get(url("edit", activity.pk)).status_code == 302
        client.force_login(make_person())
        assert client.get(url("edit", activity.pk)).status_code in (302, 403)

    def test_a_list_takes_as_many_queries_with_twelve_rows_as_with_two(
        self, client, course, author, django_assert_num_queries
    ):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        def count(address):
            with CaptureQueriesContext(connection) as captured:
                client.get(address)
            return len(captured)

        addresses = [url("index"), reverse("h5p_staff:contents")]
        for _number in range(2):
            place(make_interactive(course))
        two = [count(address) for address in addresses for _twice in range(2)][1::2]
        for _number in range(10):
            place(make_interactive(course))

        assert [count(address) for address in addresses] == two
