"""The staff's screens: uploading with a preview, deciding about libraries, and who is let in."""

import io

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import Role
from h5p import pending
from h5p.core.package import open_package
from h5p.models import Content, Library, Status
from h5p.services.importing import import_package
from h5p.services.libraries import approve_libraries
from tests.factories.accounts import make_staff
from tests.factories.courses import make_course
from tests.h5p.packages import QUESTION, TOOLS, good_files, good_package, pack, with_files

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def as_author(client, author):
    client.force_login(author, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def as_manager(client, manager):
    client.force_login(manager, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def imported():
    return import_package(good_package(), "custody.h5p", by=None)


def upload_file(package, name="custody.h5p"):
    return SimpleUploadedFile(name, package.getvalue(), content_type="application/zip")


def library(machine_name=QUESTION, **fields):
    return Library.objects.get(machine_name=machine_name, **fields)


def address(name, *arguments):
    return reverse(f"h5p_staff:{name}", args=arguments)


def test_a_package_is_shown_before_it_is_imported(as_author):
    preview = as_author.post(address("upload"), {"package": upload_file(good_package())})

    assert "Chain of custody" in preview.content.decode()
    assert "goes to quarantine" in preview.content.decode()
    assert "approve" not in preview.context["confirming"].fields
    assert (Content.objects.count(), Library.objects.count()) == (0, 0)

    token = preview.context["confirming"].initial["token"]
    done = as_author.post(address("confirm"), {"token": token}, follow=True)

    content = Content.objects.get()
    assert done.redirect_chain[-1][0] == address("content", content.pk)
    assert "Learners cannot play this yet" in done.content.decode()
    assert default_storage.listdir(pending.FOLDER)[1] == []


def test_importing_twice_by_two_clicks_imports_once(as_author):
    preview = as_author.post(address("upload"), {"package": upload_file(good_package())})
    token = preview.context["confirming"].initial["token"]

    as_author.post(address("confirm"), {"token": token})
    as_author.post(address("confirm"), {"token": token})

    assert Content.objects.count() == 1


def test_somebody_elses_upload_cannot_be_imported(as_author, manager):
    token = pending.keep(io.BytesIO(b"x"), "x.h5p", manager)

    response = as_author.post(address("confirm"), {"token": token}, follow=True)

    assert "no longer there" in response.content.decode()
    assert Content.objects.count() == 0


def test_an_author_cannot_approve_by_adding_a_field(as_author):
    preview = as_author.post(address("upload"), {"package": upload_file(good_package())})

    as_author.post(
        address("confirm"), {"token": preview.context["confirming"].initial["token"], "approve": "on"}
    )

    assert set(Library.objects.values_list("status", flat=True)) == {Status.QUARANTINE}


def test_a_manager_may_approve_while_importing(as_manager):
    preview = as_manager.post(address("upload"), {"package": upload_file(good_package())})

    as_manager.post(
        address("confirm"), {"token": preview.context["confirming"].initial["token"], "approve": "on"}
    )

    assert Content.objects.playable().exists()


def test_a_manager_may_bring_libraries_without_content(as_manager):
    libraries = pack({name: data for name, data in good_files().items() if name.startswith("H5P.")})

    preview = as_manager.post(address("upload"), {"package": upload_file(libraries)})
    as_manager.post(address("confirm"), {"token": preview.context["confirming"].initial["token"]})

    assert (Library.objects.count(), Content.objects.count()) == (2, 0)


def test_a_refused_package_is_answered_with_every_sentence(as_author):
    spoiled = with_files(**{"content/run.exe": "x", "content/page.html": "x"})

    response = as_author.post(address("upload"), {"package": upload_file(spoiled)})

    page = response.content.decode()
    assert response.status_code == 422
    assert "content/run.exe" in page
    assert "content/page.html" in page
    assert default_storage.exists(pending.FOLDER) is False


def test_no_file_is_answered_beside_the_field(as_author):
    response = as_author.post(address("upload"), {})

    assert response.status_code == 422
    assert response.context["form"].errors["package"] == ["Choose a file."]


def test_old_uploads_are_forgotten(author, monkeypatch):
    pending.keep(io.BytesIO(b"x"), "x.h5p", author)
    assert pending.forget_old() == 0

    monkeypatch.setattr(pending, "KEPT_FOR", -pending.KEPT_FOR)

    assert pending.forget_old() == 1


def test_replacing_makes_the_next_version(as_author, imported):
    preview = as_author.post(
        address("replace", imported.content.pk), {"package": upload_file(good_package())}
    )

    as_author.post(
        address("confirm_replacement", imported.content.pk),
        {"token": preview.context["confirming"].initial["token"]},
    )

    assert imported.content.versions.count() == 2
    assert Content.objects.count() == 1


def test_an_earlier_version_is_played_again(as_author, imported):
    import_package(good_package(), "custody.h5p", by=None, content=imported.content)

    as_author.post(address("publish", imported.content.pk), {"number": 1})

    imported.content.refresh_from_db()
    assert imported.content.current.number == 1


def test_content_is_exported_copied_and_removed(as_author, imported):
    response = as_author.get(address("export", imported.content.pk))
    with open_package(io.BytesIO(b"".join(response)), "out.h5p") as package:
        assert package.manifest.title == "Chain of custody"
    assert response["Content-Disposition"] == 'attachment; filename="chain-of-custody.h5p"'

    as_author.post(address("copy", imported.content.pk), {"title": "Copy"})
    assert Content.objects.count() == 2

    assert as_author.post(address("remove", imported.content.pk), {"reason": ""}).status_code == 422
    as_author.post(address("remove", imported.content.pk), {"reason": "Twice"})
    assert [content.title for content in Content.objects.all()] == ["Copy"]


def test_the_manager_sees_origin_hashes_and_differences(as_manager):
    import_package(good_package(), "custody.h5p", by=None, approve=True)
    import_package(good_package(question={"patch": 1, "script": "steal()"}), "newer.h5p", by=None)
    candidate = library(patch=1)

    page = as_manager.get(address("library", candidate.pk)).content.decode()

    assert "newer.h5p" in page
    assert candidate.sha256 in page
    assert candidate.origin_sha256 in page
    assert "+steal()" in page
    assert "-/* code */" in page
    assert "scripts/main.js" in page


def test_what_is_ticked_is_approved_together(as_manager, imported):
    chosen = [row.pk for row in Library.objects.all()]

    assert as_manager.post(address("libraries"), {"libraries": chosen, "reason": ""}).status_code == 422
    as_manager.post(address("libraries"), {"libraries": chosen, "reason": "Ours"})

    assert set(Library.objects.values_list("status", flat=True)) == {Status.APPROVED}


def test_ticking_half_of_what_is_needed_is_refused_with_the_sentence(as_manager, imported):
    response = as_manager.post(address("libraries"), {"libraries": [library().pk], "reason": "Ours"})

    assert response.status_code == 422
    assert f"needs {TOOLS} 1.0" in response.content.decode()
    assert response.context["ticked"] == [str(library().pk)]


@pytest.mark.parametrize(("decision", "status"), [("reject", Status.REJECTED), ("approve", Status.APPROVED)])
def test_a_library_is_decided_on_with_a_reason(as_manager, imported, decision, status):
    tools = library(TOOLS)

    assert as_manager.get(address("decide", tools.pk, decision)).status_code == 200
    assert as_manager.post(address("decide", tools.pk, decision), {"reason": ""}).status_code == 422
    as_manager.post(address("decide", tools.pk, decision), {"reason": "Looked at it"})

    tools.refresh_from_db()
    assert (tools.status, tools.reason) == (status, "Looked at it")


def test_what_cannot_be_done_is_refused_on_the_form(as_manager, imported):
    response = as_manager.post(address("decide", library().pk, "remove"), {"reason": "Tidy"})

    assert response.status_code == 422
    assert "Nothing in use can be removed" in response.content.decode()


def test_unused_libraries_are_shown_before_they_go(as_manager, imported, manager):
    approve_libraries(list(Library.objects.all()), by=manager)
    newer = import_package(
        good_package(question={"patch": 2, "script": "/* 2 */"}), "n.h5p", by=None, approve=True
    )

    page = as_manager.get(address("unused"))
    as_manager.post(address("unused"), {"reason": "Replaced"})

    assert [str(row) for row in page.context["listed"]] == [f"{QUESTION} 1.0.0"]
    assert newer.version.libraries.filter(library__patch=2).exists()
    assert not Library.objects.filter(patch=0, machine_name=QUESTION).exists()


# --- who is let in ---

FOR_AUTHORS = ["contents", "upload"]
FOR_MANAGERS = ["libraries", "unused"]


@pytest.mark.parametrize("name", FOR_AUTHORS + FOR_MANAGERS)
def test_nobody_who_is_not_signed_in_gets_in(client, name):
    assert client.get(address(name)).status_code == 302


@pytest.mark.parametrize("name", FOR_AUTHORS + FOR_MANAGERS)
def test_staff_without_the_role_are_kept_out(client, name):
    client.force_login(make_staff(Role.TUTOR), backend="allauth.account.auth_backends.AuthenticationBackend")

    assert client.get(address(name), follow=True).redirect_chain != []


@pytest.mark.parametrize("is_author", [True, False])
def test_what_was_chosen_in_the_window_is_told_to_authors_alone(client, imported, is_author):
    person = make_staff(Role.AUTHOR if is_author else Role.TUTOR)
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    one = reverse("h5p_chooser:chosen", args=[imported.content.pk])
    several = reverse("h5p_chooser:chosen_multiple") + f"?id={imported.content.pk}"

    for url in (one, several):
        answer = client.get(url, headers={"x-requested-with": "XMLHttpRequest"})
        assert (imported.content.title in answer.content.decode()) is is_author
        assert (answer.status_code == 200) is is_author


def test_an_author_of_one_course_may_make_content_and_not_decide_about_libraries(client):
    from courses.models import CourseRole

    person = make_staff()
    CourseRole.objects.create(person=person, role=Role.AUTHOR, course=make_course())
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")

    assert client.get(address("upload")).status_code == 200
    assert client.get(address("libraries"), follow=True).redirect_chain != []


def test_an_author_cannot_decide(as_author, imported):
    as_author.post(address("decide", library(TOOLS).pk, "approve"), {"reason": "Please"})

    assert library(TOOLS).status == Status.QUARANTINE


@pytest.mark.parametrize("name", ["contents", "libraries"])
def test_a_list_takes_as_many_queries_with_twelve_rows_as_with_two(
    as_manager, name, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            as_manager.get(address(name))
        return len(captured)

    for number in range(2):
        import_package(good_package(question={"script": f"/* {number} */"}), "a.h5p", by=None)
    as_manager.get(address(name))
    two = count()
    for number in range(2, 12):
        import_package(good_package(question={"script": f"/* {number} */"}), "a.h5p", by=None)

    assert count() == two
