"""A master's programme of one year, from call to diploma, and the two years after it. Done through the services."""

from accounts.models import User
from courses.models import CourseIndexPage, ProgrammePage
from lms.demo.llm.application import make_applications
from lms.demo.llm.courts import make_court, make_running_court
from lms.demo.llm.degrees import make_degrees
from lms.demo.llm.modules import make_modules
from lms.demo.llm.now import make_next_year, make_this_year
from lms.demo.llm.selection import make_selection
from lms.demo.llm.term import make_term
from lms.demo.llm.years import make_year
from lms.demo.tree import load
from programmes.models import ProgrammeEdition


def make_llm(catalogue: CourseIndexPage, people: dict[str, User], say) -> None:
    """Everything, unless it is there. Each part is a step of the year."""
    words = load("en", "llm")
    if ProgrammeEdition.objects.filter(code=words["edition"]["code"]).exists():
        return
    page = ProgrammePage.objects.child_of(catalogue).get(slug=load("en", "programme")["slug"])
    say("  courses of the LL.M.")
    courses = make_modules(catalogue, people, words)
    edition = make_year(page, courses, people, words)
    say("  applications: 210 people from 60 countries")
    call = make_applications(edition, people, words)
    say("  selection of 46")
    make_selection(call, people, words)
    say("  timetable, attendance and results of a year")
    make_term(edition, people, words)
    say("  moot court")
    make_court(edition, people, words)
    say("  examination boards, transcripts, diplomas")
    make_degrees(edition, people)
    say("  this year and the next")
    make_running_court(make_this_year(edition, people, words), people, words)
    make_next_year(edition, people, words)
