"""A restricted course is not there for whom it is not meant: no page, no hit, no count, no file."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import ReferenceIndex

from accounts.models import Role
from catalogue.visibility import is_restricted, visible_courses
from cms.models import StandardPage
from tests.factories.accounts import make_person, make_staff
from tests.factories.cms import make_home
from tests.factories.courses import give_course_role, make_course, make_lesson, translate
from tests.factories.enrolments import give_edition_role, make_edition, make_enrolment

pytestmark = pytest.mark.django_db

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8"/></svg>'


@pytest.fixture(params=["the course", "its only edition"])
def secret(request):
    course = make_course("Covert assets", is_restricted=request.param == "the course")
    make_edition(course, is_restricted=request.param != "the course")
    return course


def stranger(course):
    return make_person()


def enrolled(course):
    return make_enrolment(course.editions.get()).person


def author(course):
    return give_course_role(make_person(), course, Role.AUTHOR).person


def tutor(course):
    return give_edition_role(make_person(), course.editions.get(), Role.TUTOR).person


def reviewer(course):
    return make_staff(Role.REVIEWER)


def coordinator(course):
    return make_staff(Role.COORDINATOR)


INSIDERS = pytest.mark.parametrize("insider", [enrolled, author, tutor, reviewer, coordinator])


def titles(client, query=""):
    return [card.page.title for card in client.get(f"/en/courses/{query}").context["listing"].cards]


def test_for_somebody_anonymous_it_is_not_there(client, secret):
    translation = translate(secret, "fr")

    assert client.get(secret.url).status_code == 404
    assert client.get(translation.url).status_code == 404
    assert titles(client) == []
    assert titles(client, "?q=covert") == []
    assert client.get("/en/courses/").context["listing"].facets == []
    assert secret.slug not in client.get("/sitemap.xml").content.decode()
    assert secret.title not in client.get(make_home().url).content.decode()


def test_for_a_person_who_is_not_in_it_it_is_not_there(client, secret):
    client.force_login(stranger(secret))

    assert client.get(secret.url).status_code == 404
    assert titles(client, "?q=covert") == []


@INSIDERS
def test_for_those_who_learn_or_work_there_it_is_there_and_says_so(client, secret, insider):
    client.force_login(insider(secret))

    response = client.get(secret.url)

    assert "Not everybody sees this course" in response.content.decode()
    assert titles(client, "?q=covert") == ["Covert assets"]


def test_a_role_that_has_ended_opens_nothing(secret):
    role = give_course_role(make_person(), secret, Role.AUTHOR, starts_on="2020-01-01", ends_on="2020-12-31")

    assert not visible_courses(role.person).exists()


def test_its_lessons_are_not_there_either(client, secret):
    lesson = make_lesson(secret)

    assert client.get(lesson.url).status_code == 404


def test_a_course_with_a_public_edition_besides_is_public(client):
    course = make_course()
    make_edition(course, is_restricted=True)
    make_edition(course)

    assert not is_restricted(course)
    assert client.get(course.url).status_code == 200


def test_a_public_course_hides_its_restricted_editions(client):
    course = make_course()
    make_edition(course, name="For everybody")
    make_edition(course, name="For the academy alone", is_restricted=True)

    assert "For the academy alone" not in client.get(course.url).content.decode()


def test_a_course_that_waits_for_its_first_edition_is_public(client):
    assert client.get(make_course().url).status_code == 200


def upload(model, name, content):
    return model.objects.create(title=name, file=SimpleUploadedFile(name, content))


def used_in(page, **fields):
    """A page that uses a file; the index of references is written as the worker would."""
    for name, value in fields.items():
        setattr(page, name, value)
    page.save()
    ReferenceIndex.create_or_update_for_object(page)
    return page


@pytest.fixture
def document():
    return upload(get_document_model(), "notes.txt", b"covert")


@pytest.fixture
def lesson_with_document(secret, document):
    blocks = [
        {"type": "file", "value": {"document": document.pk}, "id": "a5e1e1f0-6a3f-4d4e-9a44-0c6b8a0c1b11"}
    ]
    return used_in(make_lesson(secret), body=blocks)


def test_its_documents_are_not_there_for_strangers(client, lesson_with_document, document):
    assert client.get(document.url).status_code == 404


@INSIDERS
def test_its_documents_are_there_for_those_who_learn_or_work_there(
    client, secret, lesson_with_document, document, insider
):
    client.force_login(insider(secret))

    assert client.get(document.url).status_code == 200


def test_a_document_that_a_public_page_uses_too_is_public(client, lesson_with_document, document):
    blocks = [
        {"type": "file", "value": {"document": document.pk}, "id": "a5e1e1f0-6a3f-4d4e-9a44-0c6b8a0c1b12"}
    ]
    used_in(make_home().add_child(instance=StandardPage(title="About", slug="about")), body=blocks)

    assert client.get(document.url).status_code == 200


def test_a_document_used_nowhere_is_public(client, document):
    assert client.get(document.url).status_code == 200


def test_its_pictures_are_not_there_for_strangers_but_for_its_learners(client, secret):
    image = upload(get_image_model(), "map.svg", SVG)
    used_in(secret, image=image)
    url = image.get_rendition("width-400|preserve-svg").url

    assert client.get(url).status_code == 404
    client.force_login(enrolled(secret))
    assert client.get(url).status_code == 200
    assert client.get(url)["Cache-Control"].startswith("private")
