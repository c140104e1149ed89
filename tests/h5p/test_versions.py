"""Content is written in versions: drafts, what is played, what somebody saved meanwhile, what was changed."""

import json
from uuid import uuid4

import pytest
from django.urls import reverse

from foundation.audit.models import Entry
from h5p.core.lines import Lines
from h5p.core.names import LibraryName
from h5p.core.semantics import parse_semantics
from h5p.describing import changes_between
from h5p.models import Content, ContentVersion, State
from h5p.services.contents import SavedMeanwhile, publish_version, restore_version, save_draft
from tests.factories.h5p import make_content, make_library, save_again
from tests.h5p.packages import QUESTION, TOOLS, good_files, library_files, manifest, pack

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def draft(content, author, *, form_key=None, **fields):
    defaults = {
        "title": "Custody",
        "library": make_library().name,
        "params": {"question": "<p>Who signed it?</p>"},
        "files": {},
        "base": content.newest.number if content else None,
    }
    return save_draft(content, form_key=form_key or uuid4(), by=author, **defaults | fields)


def listed(content):
    return Content.objects.listed().get(pk=content.pk).state


class TestDrafts:
    def test_a_draft_changes_nothing_for_learners(self, author):
        content = make_content()

        draft(content, author)

        content.refresh_from_db()
        assert (content.current.number, content.newest.number) == (1, 2)
        assert listed(content) == State.CHANGED

    def test_new_content_is_a_draft_until_it_is_published(self, author):
        version = draft(None, author)
        assert listed(version.content) == State.DRAFT

        publish_version(version, by=author)

        assert listed(version.content) == State.LIVE
        assert Entry.objects.filter(action="h5p.publish_content").count() == 1

    def test_publishing_twice_is_recorded_once(self, author):
        version = draft(None, author)
        publish_version(version, by=author)
        publish_version(version, by=author)

        assert Entry.objects.filter(action="h5p.publish_content").count() == 1

    def test_content_that_waits_for_a_library_says_so(self):
        assert listed(make_content(is_approved=False)) == State.WAITS

    @pytest.mark.parametrize("is_new", [True, False])
    def test_one_form_sent_twice_saves_one_version(self, author, is_new):
        content, form_key = None if is_new else make_content(), uuid4()
        before = ContentVersion.objects.count()
        base = None if is_new else 1

        first = draft(content, author, form_key=form_key, base=base)
        second = draft(content, author, form_key=form_key, base=base)

        assert first == second
        assert ContentVersion.objects.count() == before + 1

    def test_an_older_version_is_not_saved_over_a_newer_one(self, author, manager):
        content = make_content()
        save_again(content, by=manager)

        with pytest.raises(SavedMeanwhile) as refused:
            draft(content, author, base=1)

        assert refused.value.newest.number == 2
        assert str(manager) in str(refused.value)
        assert content.versions.count() == 2

    def test_an_earlier_version_comes_back_as_the_newest_draft(self, author):
        content = make_content()
        save_again(content, is_draft=False, points=7)
        form_key = uuid4()

        for _click in range(2):
            restored = restore_version(content.versions.get(number=1), form_key=form_key, by=author)

        content.refresh_from_db()
        assert (restored.number, content.versions.count(), content.current.number) == (3, 3, 2)
        assert restored.params["points"] == 1


class TestComparing:
    def test_what_was_changed_is_read_in_the_words_of_the_form(self):
        content = make_content()
        newer = save_again(content, question="<p>Who <strong>signed</strong> it?</p>")

        changes = changes_between(content.current, newer)

        assert [(change.label, change.before, change.after) for change in changes] == [
            ("Question", "Who sealed it?", "Who signed it?")
        ]

    def test_lists_and_content_inside_content_are_read_place_by_place(self):
        inner = parse_semantics([{"name": "text", "type": "text", "label": "Text"}])
        outer = parse_semantics(
            [
                {
                    "name": "parts",
                    "type": "list",
                    "label": "Parts",
                    "field": {"name": "part", "type": "library", "options": ["H5P.In 1.0"]},
                }
            ]
        )
        fields = {LibraryName("H5P.Out", 1, 0): outer, LibraryName("H5P.In", 1, 0): inner}
        part = {"library": "H5P.In 1.0", "params": {"text": "One"}, "metadata": {"title": "First"}}

        lines = Lines(fields.get).content(LibraryName("H5P.Out", 1, 0), {"parts": [part, "no content"]})

        assert lines == [("Parts › 1", "H5P.In · First"), ("Parts › 1 › Text", "One")]

    @pytest.mark.parametrize(
        "params", [None, [], "x", {"parts": {}}, {"parts": [[]]}, {"question": {"a": 1}}]
    )
    def test_parameters_of_any_shape_are_read(self, params):
        fields = {make_library().name: make_library().fields}

        assert Lines(fields.get).content(LibraryName(QUESTION, 1, 0), params) == []


class TestScreens:
    @pytest.fixture
    def as_author(self, client, author):
        client.force_login(author)
        return client

    def address(self, name, *arguments):
        return reverse(f"h5p_staff:{name}", args=arguments)

    def test_versions_are_compared_published_and_brought_back(self, as_author):
        content = make_content()
        save_again(content, question="<p>Who signed it?</p>")

        page = as_author.get(self.address("compare", content.pk), {"from": 1, "to": 2}).text
        assert '<span class="addition">signed it?</span>' in page
        as_author.post(self.address("publish", content.pk), {"number": 2})
        as_author.post(self.address("restore", content.pk), {"number": 1, "form_key": uuid4()})

        content.refresh_from_db()
        assert (content.current.number, content.newest.number) == (2, 3)

    @pytest.mark.parametrize("number", ["", "9", "x", "²", "9" * 19, "9" * 5000])
    def test_a_version_that_is_not_there_is_not_found(self, as_author, number):
        content = make_content()

        assert (
            as_author.post(self.address("publish", content.pk), {"number": number}, follow=True).status_code
            == 404
        )
        assert (
            as_author.get(
                self.address("compare", content.pk), {"from": 1, "to": number}, follow=True
            ).status_code
            == 404
        )

    @pytest.mark.parametrize("number", ["9", "٩", "9" * 19, "9" * 5000])
    def test_a_version_that_is_not_there_is_not_exported(self, as_author, number):
        address = self.address("export", make_content().pk)

        assert as_author.get(address, {"version": number}, follow=True).status_code == 404

    def test_the_list_is_narrowed_down(self, as_author):
        make_content("Custody")
        make_content("Cards", library="H5P.Dialogcards")

        by_title = as_author.get(self.address("contents"), {"q": "cust"}).text
        by_type = as_author.get(self.address("contents"), {"type": "H5P.Dialogcards"}).text

        assert ">Custody<" in by_title
        assert ">Cards<" not in by_title
        assert ">Custody<" not in by_type
        assert ">Cards<" in by_type

    def test_an_upload_of_another_type_does_not_replace(self, as_author):
        from django.core.files.uploadedfile import SimpleUploadedFile

        content = make_content(library="H5P.Dialogcards")
        package = SimpleUploadedFile("custody.h5p", pack(good_files()).getvalue())

        page = as_author.post(self.address("replace", content.pk), {"package": package})

        assert page.status_code == 422
        assert "Upload it as new content instead" in page.text
        assert QUESTION in page.text

    def test_a_newer_version_of_the_same_type_replaces(self, as_author):
        from h5p.services.importing import preview_package

        files = good_files() | library_files(QUESTION, minor=1, needs=[(TOOLS,)])
        files["h5p.json"] = json.dumps(
            manifest(
                preloadedDependencies=[
                    {"machineName": QUESTION, "majorVersion": 1, "minorVersion": 1},
                    {"machineName": TOOLS, "majorVersion": 1, "minorVersion": 0},
                ]
            )
        )

        preview = preview_package(pack(files), "newer.h5p", content=make_content())

        assert str(preview.manifest.main) == f"{QUESTION} 1.1"
