"""Writing content in the form of its type: what is saved, what is refused, and that nothing typed is lost."""

from uuid import uuid4

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from h5p.models import Content, ContentVersion
from tests.factories.accounts import make_person, make_staff
from tests.factories.h5p import make_content, make_library, save_again
from tests.h5p.forms import Controls
from tests.h5p.packages import QUESTION

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def as_author(client, author):
    client.force_login(author)
    return client


def address(name, *arguments):
    return reverse(f"h5p_staff:{name}", args=arguments)


def filled(page, **changes):
    """What a browser sends of the page's form, with some controls changed."""
    controls = Controls()
    controls.feed(page.text)
    data = QueryDict(mutable=True)
    for name, value in controls.sent:
        data.appendlist(name, value)
    for name, value in changes.items():
        data[name.replace("__", "/")] = value
    return data.dict()


def write(client, url, **changes):
    """Open the form, change some of it and send it."""
    sent = filled(client.get(url), **changes)
    return client.post(url, sent), sent


class TestNew:
    def test_the_types_of_the_site_are_offered(self, as_author):
        make_library(title="Question")
        make_library("H5P.Waits", is_approved=False)
        make_library("H5P.Part", runnable=0)

        page = as_author.get(address("new"))

        assert [library.machine_name for library in page.context["types"]] == [QUESTION]

    def test_new_content_is_a_draft_in_its_language(self, as_author):
        make_library()

        answer, _sent = write(
            as_author,
            address("write", QUESTION),
            metadata__title="Sealing",
            params__question="<p>Who?</p>",
            language="fr",
        )

        version = ContentVersion.objects.get()
        assert answer.url == address("edit", version.content_id)
        assert (version.title, version.language, version.params["question"]) == (
            "Sealing",
            "fr",
            "<p>Who?</p>",
        )
        assert version.content.current is None

    def test_saving_and_publishing_is_one_step(self, as_author):
        make_library()

        write(
            as_author,
            address("write", QUESTION),
            metadata__title="A",
            params__question="<p>?</p>",
            publish="",
        )

        assert Content.objects.get().current.number == 1

    def test_two_clicks_make_one_content(self, as_author):
        make_library()
        url = address("write", QUESTION)
        _answer, sent = write(as_author, url, metadata__title="A", params__question="<p>?</p>")

        as_author.post(url, sent)

        assert (Content.objects.count(), ContentVersion.objects.count()) == (1, 1)

    def test_what_is_missing_is_said_and_nothing_is_lost(self, as_author):
        make_library()

        answer, _sent = write(
            as_author, address("write", QUESTION), metadata__title="Sealing", params__question=""
        )

        assert answer.status_code == 422
        assert "Sealing" in answer.text
        assert Content.objects.count() == 0

    def test_a_type_that_is_not_approved_has_no_form(self, as_author):
        make_library("H5P.Waits", is_approved=False)

        assert as_author.get(address("write", "H5P.Waits"), follow=True).status_code == 404

    def test_the_way_back_to_an_activity_is_kept_and_leads_nowhere_else(self, as_author):
        make_library()
        url = address("write", QUESTION)

        answer, _sent = write(
            as_author,
            f"{url}?next=/cms/interactive-activities/5/",
            metadata__title="A",
            params__question="<p>?</p>",
        )
        content = Content.objects.get()
        assert f"/cms/interactive-activities/5/?content={content.pk}" in as_author.get(answer.url).text
        assert as_author.get(f"{url}?next=https://evil.example/").context["next_url"] == ""


class TestChanging:
    def test_a_change_is_a_new_draft(self, as_author):
        content = make_content()

        write(as_author, address("edit", content.pk), params__question="<p>Who signed it?</p>")

        content.refresh_from_db()
        assert (content.current.number, content.newest.number) == (1, 2)
        assert content.newest.params["question"] == "<p>Who signed it?</p>"

    def test_the_second_tab_is_told_and_keeps_what_was_typed(self, as_author):
        content = make_content()
        url = address("edit", content.pk)
        sent = filled(as_author.get(url), params__question="<p>Second tab</p>")
        save_again(content)

        page = as_author.post(url, sent)

        assert page.status_code == 422
        assert "Version 2 has been saved by the system" in page.text
        assert "Second tab" in page.text
        assert content.versions.count() == 2

        as_author.post(url, filled(page, over="2"))

        assert content.newest.number == 3
        assert content.newest.params["question"] == "<p>Second tab</p>"

    def test_the_newest_draft_is_what_is_previewed(self, as_author, author):
        content = make_content()
        newer = save_again(content)

        page = as_author.get(address("edit", content.pk))

        assert page.context["version"] == newer
        assert page.context["preview"] in page.text

    def test_a_form_needs_a_key_of_its_own(self, as_author):
        content = make_content()
        url = address("edit", content.pk)

        page = as_author.post(url, filled(as_author.get(url), form_key="x"))

        assert page.status_code == 422
        assert content.versions.count() == 1

    def test_a_key_of_other_content_saves_nothing_there(self, as_author):
        used = uuid4()
        one, other = make_content(form_key=used), make_content()
        url = address("edit", other.pk)

        page = as_author.post(url, filled(as_author.get(url), form_key=str(used)))

        assert page.status_code == 422
        assert "sent for other content" in page.text
        assert (one.versions.count(), other.versions.count()) == (1, 1)

    def test_a_translator_may_write_and_a_tutor_may_not(self, client):
        content = make_content()
        client.force_login(make_staff(Role.TRANSLATOR))
        assert client.get(address("edit", content.pk)).status_code == 200
        client.force_login(make_staff(Role.TUTOR))
        assert client.get(address("edit", content.pk)).status_code == 302
        client.force_login(make_person())
        assert client.get(address("edit", content.pk)).status_code in (302, 403)
        client.logout()
        assert client.get(address("edit", content.pk)).status_code == 302

    def test_a_content_with_twelve_versions_takes_as_many_queries_as_one_with_two(self, as_author):
        content = make_content()
        save_again(content)

        def count():
            with CaptureQueriesContext(connection) as captured:
                as_author.get(address("content", content.pk))
            return len(captured)

        count()
        two = count()
        for _number in range(10):
            save_again(content)

        assert count() == two
