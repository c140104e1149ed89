"""Fills the site with a believable demo, through the services."""

import logging

from django.core.management.base import BaseCommand
from django.db import transaction

from lms.demo.assignments import make_assignments, make_submissions
from lms.demo.awards import make_award_type
from lms.demo.courses import make_courses
from lms.demo.dates import grant_and_group
from lms.demo.editions import make_editions
from lms.demo.exam import make_exam
from lms.demo.gradebook import make_gradebook
from lms.demo.history import make_history
from lms.demo.interactive import make_attempts, make_interactive
from lms.demo.llm import make_llm
from lms.demo.papers import make_papers
from lms.demo.past import make_past_awards
from lms.demo.people import make_learners, make_personas
from lms.demo.personas import persona_table
from lms.demo.tree import make_tree
from portfolio.services import load_reference_data


class Command(BaseCommand):
    """Builds what is missing and leaves the rest alone."""

    help = "Build the demo site: pages, courses, editions, people with progress and awards. Safe to repeat."

    def add_arguments(self, parser):
        """Take --personas."""
        parser.add_argument("--personas", action="store_true", help="only print who one can sign in as")
        parser.add_argument("--build-only", action="store_true", help="do not print who one can sign in as")

    def handle(self, *, personas, build_only, **options):
        """Build the demo, or print its accounts."""
        if not personas:
            # A line for each of some hundred page events says nothing to whoever waits.
            logging.getLogger("wagtail").setLevel(logging.WARNING)
            self.build()
        if not build_only:
            self.stdout.write(persona_table())

    def build(self):
        """Every part in order; one that is there is not touched."""
        self.say("People …")
        load_reference_data()
        with transaction.atomic():
            people, learners = make_personas(), make_learners()
        self.say("Pages …")
        with transaction.atomic():
            catalogue = make_tree()
        self.say("Courses …")
        courses = make_courses(catalogue, people, make_award_type(), self.say)
        make_assignments(people, self.say)
        make_interactive(people, self.say)
        make_papers(people)
        self.say("Editions and learners …")
        editions = make_editions(courses, people)
        make_history(people, learners, editions, self.say)
        grant_and_group(editions, people)
        make_submissions(editions, people, self.say)
        make_attempts(editions, self.say)
        make_exam(people, editions, self.say)
        make_past_awards(people, self.say)
        make_gradebook(people, editions, self.say)
        self.say("Master’s programme …")
        make_llm(catalogue, people, self.say)

    def say(self, sentence):
        """Tell the person at the terminal how far it is."""
        self.stdout.write(sentence)
        self.stdout.flush()
