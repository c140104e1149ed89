"""Translations follow the source: words are translated, facts stay the same, activities stay where they were placed."""

import pytest
from wagtail_localize.models import String, StringTranslation, Translation, TranslationSource
from wagtail_localize.segments.extract import extract_segments

from courses.models import CoursePage, LessonPage
from portfolio.models import Theme
from tests.courses.conftest import add_lesson, block, lessons_of, unit_of
from tests.factories.assessments import make_quiz
from tests.factories.cms import make_locale
from tests.factories.courses import make_course_index

pytestmark = pytest.mark.django_db


def translate_with_localize(page, language, words):
    """Translate a page as a translator does in wagtail-localize; `words` maps source to translation."""
    locale = make_locale(language)
    source, _created = TranslationSource.update_or_create_from_instance(page)
    translation, _created = Translation.objects.get_or_create(source=source, target_locale=locale)
    for segment in source.stringsegment_set.select_related("string", "context"):
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=locale,
            context=segment.context,
            defaults={"data": words.get(segment.string.data, segment.string.data)},
        )
    translation.save_target(publish=False)
    return page.get_translation(locale)


@pytest.fixture
def french_place():
    return make_course_index("fr")


def test_words_of_a_course_are_translated_and_its_facts_follow_the_source(draft_course, french_place):
    theme = Theme.objects.first() or Theme.objects.create(name="Corruption", slug="corruption")
    course = CoursePage.objects.get(pk=draft_course.pk)
    course.themes = [theme]
    course.save()

    french = translate_with_localize(
        course, "fr", {"Confiscation": "La confiscation", "Draft an order.": "Rédiger."}
    )

    assert french.get_latest_revision_as_object().title == "La confiscation"
    assert french.get_latest_revision_as_object().outcomes[0].value == "Rédiger."
    assert french.slug == course.slug
    assert french.source_locale == course.locale
    assert french.workload_hours == course.workload_hours
    assert not french.is_canonical
    assert [t.pk for t in french.themes.all()] == [theme.pk]


def test_cells_of_a_table_are_translated(draft_course, french_place):
    table = {
        "columns": [{"type": "text", "heading": "Kind"}, {"type": "rich", "heading": "Effect"}],
        "rows": [{"values": ["Freezing", "<p>Holds the asset</p>"]}],
        "caption": "",
    }
    body = [block("table", {"caption": "Orders", "table": table}), block("read", {"required": True})]
    lesson = add_lesson(unit_of(draft_course), "Orders", body)
    words = {"Kind": "Type", "Freezing": "Gel", "Holds the asset": "Retient le bien", "Orders": "Ordonnances"}
    translate_with_localize(draft_course, "fr", {})
    translate_with_localize(unit_of(draft_course), "fr", {})

    french = translate_with_localize(lesson, "fr", words).get_latest_revision_as_object()

    value = french.body[0].value
    assert value["caption"] == "Ordonnances"
    assert value["table"].columns[0]["heading"] == "Type"
    assert value["table"].row_data[0]["values"][0] == "Gel"
    assert "Retient le bien" in value["table"].row_data[0]["values"][1].source


def test_an_activity_offers_nothing_to_translate_and_keeps_its_place(draft_course, french_place):
    quiz = make_quiz(draft_course, placed=False)
    body = [block("prose", "<p>Text.</p>"), block("activity", {"activity": quiz.pk, "required": True})]
    lesson = add_lesson(unit_of(draft_course), "With a quiz", body)

    paths = [segment.path for segment in extract_segments(lesson)]

    assert not [path for path in paths if "activity" in path]
    translate_with_localize(draft_course, "fr", {})
    translate_with_localize(unit_of(draft_course), "fr", {})
    french = translate_with_localize(lesson, "fr", {"Text.": "Texte."})
    assert french.get_latest_revision_as_object().body[1].value["activity"].pk == quiz.pk
    assert french.canonical.pk == lesson.pk


def test_lessons_of_a_translation_know_their_canonical_lesson(draft_course, french_place):
    translate_with_localize(draft_course, "fr", {})
    translate_with_localize(unit_of(draft_course), "fr", {})
    lesson = lessons_of(draft_course)[0]
    french = translate_with_localize(lesson, "fr", {})

    assert LessonPage.objects.get(pk=french.pk).canonical.pk == lesson.pk
    assert String.objects.exists()
