import pytest

from courses.titles import title_in
from tests.factories.courses import make_course

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "live", "title"),
    [("fr", True, "Retracer les avoirs"), ("fr", False, "Tracing assets"), ("ar", True, "Tracing assets")],
)
def test_a_page_is_called_what_its_live_translation_is_called(language, live, title):
    course = make_course("Tracing assets")
    make_course("Retracer les avoirs", language="fr", translation_key=course.translation_key, live=live)

    assert title_in(course, language) == title
