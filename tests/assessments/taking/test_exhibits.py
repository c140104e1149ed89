"""Pictures and documents in questions are for those who were asked, and for staff."""

import pytest
from wagtail.models import ReferenceIndex

from accounts.models import Role
from assessments.models import QuestionVersion
from assessments.publishing import freeze_question
from assessments.services import begin_quiz
from tests.factories.accounts import make_person, make_staff
from tests.factories.assessments import make_bank, make_quiz, make_wording
from tests.factories.courses import make_course
from tests.factories.enrolments import make_edition, make_enrolment
from tests.factories.questions import make_case, make_image, make_question_of

pytestmark = pytest.mark.django_db


def embed(image):
    return f'<embed embedtype="image" id="{image.pk}" format="fullwidth" alt="A ledger"/>'


def in_stem(bank, image):
    question = make_question_of("single", bank)
    question.texts.update(stem=f"<p>Look:</p>{embed(image)}")
    return question


def in_option(bank, image):
    question = make_question_of("single", bank)
    text = question.texts.get()
    text.options["a"]["text"] = embed(image)
    text.save()
    return question


def as_picture(bank, image):
    return make_question_of("hotspot", bank, image=image)


def in_a_case(bank, image):
    case = make_case(bank, kinds=("single",))
    case.texts.update(stem=f"<p>The ledger:</p>{embed(image)}")
    return case


@pytest.fixture(params=[in_stem, in_option, as_picture, in_a_case])
def placed(request):
    """A picture used in one question of a quiz somebody can take, and its address."""
    course, image = make_course(), make_image()
    question = request.param(make_bank(course), image)
    quiz = make_quiz(course, questions=[question])
    for row in [question, *QuestionVersion.objects.all()]:
        ReferenceIndex.create_or_update_for_object(type(row).objects.get(pk=row.pk))
    return make_enrolment(make_edition(course)), quiz, image.get_rendition("width-200").url


def test_a_stranger_and_another_learner_do_not_see_it(client, placed):
    enrolment, _quiz, address = placed

    assert client.get(address).status_code == 404
    client.force_login(make_enrolment(enrolment.edition).person)
    assert client.get(address).status_code == 404


def test_who_is_asked_sees_it_from_when_the_attempt_begins(client, placed):
    enrolment, quiz, address = placed
    client.force_login(enrolment.person)
    assert client.get(address).status_code == 404

    begin_quiz(enrolment, quiz, language="en")

    answer = client.get(address)
    assert answer.status_code == 200
    assert "private" in answer["Cache-Control"]


def test_staff_see_it(client, placed):
    _enrolment, _quiz, address = placed
    client.force_login(make_staff(Role.AUTHOR))

    assert client.get(address).status_code == 200


def test_a_picture_that_only_an_older_version_holds_stays_private(client):
    course, image = make_course(), make_image()
    question = in_option(make_bank(course), image)
    freeze_question(question)
    question.texts.all().delete()
    make_wording(question)
    for row in [question, *QuestionVersion.objects.all()]:
        ReferenceIndex.create_or_update_for_object(type(row).objects.get(pk=row.pk))
    client.force_login(make_person())

    assert client.get(image.get_rendition("width-200").url).status_code == 404


def test_a_picture_used_nowhere_is_public_as_before(client):
    assert client.get(make_image().get_rendition("width-200").url).status_code == 200


@pytest.mark.parametrize("pictures", [2, 12])
def test_a_page_of_questions_with_pictures_takes_no_query_for_each(
    client, pictures, django_assert_max_num_queries
):
    course = make_course()
    bank = make_bank(course)
    half = pictures // 2
    questions = [in_stem(bank, make_image()) for _picture in range(half)]
    questions += [as_picture(bank, make_image()) for _picture in range(half)]
    enrolment = make_enrolment(make_edition(course))
    attempt = begin_quiz(enrolment, make_quiz(course, questions=questions), language="en")
    client.force_login(enrolment.person)
    page = f"/en/learn/{enrolment.edition.code}/attempts/{attempt.pk}/"
    first = client.get(page)  # draws the sizes of the pictures

    with django_assert_max_num_queries(26):
        again = client.get(page)

    assert first.text.count("<img") == again.text.count("<img") == pictures
