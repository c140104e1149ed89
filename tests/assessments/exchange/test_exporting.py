"""What leaves the site: everything a question is, named so that it is found again anywhere."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.exchange.exporting import export_questions, leaving
from assessments.exchange.moodlexml.reading import read_moodlexml
from assessments.exchange.values import ReadCategory
from assessments.models import Question, QuestionCategory, QuestionText
from assessments.services.exchange import import_file
from cms.models import LmsDocument, LmsImage
from tests.assessments.exchange.test_moodlexml import picture
from tests.factories.assessments import make_bank, make_question
from tests.factories.courses import make_course, make_lesson

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank(db):
    return make_bank()


@pytest.fixture
def image(db):
    image = LmsImage(title="Seal", file=ContentFile(picture(), "seal.png"), file_hash="")
    image.save()
    yield image
    image.file.delete(save=False)


def written(bank, questions=None):
    return "".join(export_questions(bank, bank.questions.all() if questions is None else questions))


def back(text):
    items = read_moodlexml(BytesIO(text.encode()), language="en")
    return [item for item in items if not isinstance(item, ReadCategory)]


def copy_of(bank, into=None):
    other = into or make_bank()
    data = BytesIO(written(bank).encode())
    _lines, outcome = import_file(other, data, form="moodlexml", language="en", name="x")
    return outcome.created


def set_stem(question, stem):
    QuestionText.objects.filter(question=question).update(stem=stem)


def test_what_belongs_to_a_question_comes_back(bank):
    drawer = QuestionCategory.objects.create(bank=bank, name="Law / order")
    inner = QuestionCategory.objects.create(bank=bank, name="Torts", parent=drawer)
    question = make_question(
        bank,
        languages=("en", "ar"),
        category=inner,
        difficulty=2,
        outcome="Names the elements",
        id_number="q-7",
    )
    question.tags.add("tort", "duty of care")
    question.save()

    (copy,) = copy_of(bank)

    assert copy.content == question.content
    assert (copy.difficulty, copy.outcome, copy.id_number) == (2, "Names the elements", "q-7")
    assert (copy.category.name, copy.category.parent.name) == ("Torts", "Law / order")
    assert set(copy.tags.names()) == {"tort", "duty of care"}


def test_the_draft_as_last_saved_leaves_not_the_live_question(bank):
    question = make_question(bank)
    question.options[0]["correct"] = False
    question.save_revision()

    assert back(written(bank))[0].content["options"][0]["correct"] is False


def test_a_picture_of_the_site_is_found_again_not_doubled(bank, image):
    question = make_question(bank)
    set_stem(question, f'<p>x</p><embed alt="A" embedtype="image" format="left" id="{image.pk}"/>')

    (read,) = back(written(bank))
    (copy,) = copy_of(bank)

    assert read.files[0].data == picture()
    assert LmsImage.objects.count() == 2  # the first had no hash to be found by
    again = copy_of(copy.bank)[0]
    assert again.content == copy.content
    assert LmsImage.objects.count() == 2


def test_the_picture_of_an_area_question_comes_back(bank, image):
    question = make_question(bank, kind="hotspot", image=image)

    (copy,) = copy_of(bank)

    assert copy.image.file.read() == picture()
    assert copy.content == question.content


def test_a_picture_whose_file_is_gone_does_not_stop_the_others(bank, image):
    image.file_hash = "a" * 40
    image.save()
    make_question(bank, kind="hotspot", image=image)
    make_question(bank)
    image.file.storage.delete(image.file.name)

    assert len(back(written(bank))) == 2


def test_links_to_pages_and_documents_lead_there_again(bank):
    lesson = make_lesson(make_course())
    document = LmsDocument.objects.create(
        title="Act", file=ContentFile(b"%PDF", "act.pdf"), file_hash="b" * 40
    )
    question = make_question(bank)
    stem = (
        f'<p><a id="{lesson.pk}" linktype="page">lesson</a> and '
        f'<a id="{document.pk}" linktype="document">act</a></p>'
    )
    set_stem(question, stem)
    text = written(bank)

    (copy,) = copy_of(bank)

    assert copy.texts.get().stem == stem
    assert f'&lt;a href="{lesson.full_url}"&gt;lesson' in text
    assert f'id="{lesson.pk}"' not in text
    document.file.delete(save=False)


def test_a_link_to_what_is_not_here_leaves_its_words(bank):
    lesson = make_lesson(make_course())
    question = make_question(bank)
    set_stem(question, f'<p>See <a id="{lesson.pk}" linktype="page">the <b>lesson</b></a>.</p>')
    text = written(bank)
    lesson.delete()

    _lines, outcome = import_file(
        make_bank(), BytesIO(text.encode()), form="moodlexml", language="en", name="x"
    )

    assert outcome.created[0].texts.get().stem == "<p>See the <b>lesson</b>.</p>"


def test_the_lesson_that_teaches_it_is_kept_within_its_course_and_no_other(bank):
    course = make_course()
    lesson = make_lesson(course)
    own = make_bank(course)
    question = make_question(own, lesson=lesson)
    text = written(own)
    Question.objects.all().delete()

    def lesson_in(target):
        _lines, outcome = import_file(
            target, BytesIO(text.encode()), form="moodlexml", language="en", name="x"
        )
        return outcome.created[0].lesson

    assert question.lesson == lesson
    assert lesson_in(own) == lesson
    assert lesson_in(make_bank(make_course())) is None


def test_questions_leave_category_by_category(bank):
    second = QuestionCategory.objects.create(bank=bank, name="B")
    first = QuestionCategory.objects.create(bank=bank, name="A")
    for category in (second, first, None, second):
        make_question(bank, category=category)

    assert [read.category for read in back(written(bank))] == [(), ("A",), ("B",), ("B",)]


def test_a_hundred_questions_cost_as_many_queries_as_two(bank):
    counts = []
    for number in (2, 10):
        for _one in range(number):
            make_question(bank).tags.add("law")
        with CaptureQueriesContext(connection) as captured:
            assert list(leaving(bank, bank.questions.all(), {}))
        counts.append(len(captured))
    assert counts[0] == counts[1]
