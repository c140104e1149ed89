"""The demo has papers that can be issued, and is safe to repeat."""

import pytest

from certificates.models import PaperTemplate
from certificates.readiness import award_type_problems
from lms.demo.awards import make_award_type
from lms.demo.papers import make_papers
from tests.factories.accounts import make_staff


@pytest.mark.django_db
def test_the_papers_of_the_demo_are_ready_and_made_once():
    make_award_type()
    people = {"registrar": make_staff("registrar")}

    made = make_papers(people)

    assert make_papers(people) == made
    assert PaperTemplate.objects.count() == 4
    assert [award_type_problems(paper.award_type) for paper in made] == [[], [], [], []]
