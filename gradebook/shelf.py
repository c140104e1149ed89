"""The gradebooks of several editions at once, for one learner's progress through all of them.

A programme has ten modules and a learner one page: what progress has read already (attempts, activities, dates) is not
read again, and what is left is read for all editions together.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping

from django.db.models import prefetch_related_objects

from enrolments.models import Edition, Enrolment
from gradebook.book import Book
from gradebook.grades import Grade
from gradebook.models import GradeEntry, GradeItem
from gradebook.plans import plan_of
from learning.progress import Progress


def released_grades(enrolments: Collection[Enrolment], progress: Mapping[int, Progress]) -> dict[int, Grade]:
    """What the learners of these enrolments may know of their grades by now, by enrolment.

    `edition__grade_scheme__scale` of the enrolments is best selected with them. An edition without a gradebook, or with
    an item whose activity has left its course, is read by itself.
    """
    shelf = _Shelf(enrolments, progress)
    found: dict[int, Grade] = {}
    by_edition: dict[Edition, list[Enrolment]] = defaultdict(list)
    for enrolment in enrolments:
        by_edition[enrolment.edition].append(enrolment)
    for edition, learners in by_edition.items():
        book = _ShelvedBook(edition, shelf) if shelf.holds(edition) else Book(edition)
        found |= book.grades(learners, released_only=True)
    return found


class _Shelf:
    """Items and entries of all editions, and the states of activities by enrolment."""

    def __init__(self, enrolments, progress):
        self.states = {
            (enrolment.pk, state.activity.pk): state
            for enrolment in enrolments
            for lesson in progress[enrolment.pk].lessons
            for state in lesson.activities
        }
        self.activities = {state.activity.pk: state.activity for state in self.states.values()}
        schemes = [scheme for one in enrolments if (scheme := getattr(one.edition, "grade_scheme", None))]
        prefetch_related_objects([scheme.scale for scheme in schemes if scheme.scale], "bands")
        self.items = defaultdict(list)
        items = GradeItem.objects.counting().filter(scheme__in=[scheme.pk for scheme in schemes])
        for item in items.select_related("activity", "category"):
            self.items[item.scheme_id].append(item)
        self.entries = {}
        entries = GradeEntry.objects.newest().filter(
            enrolment__in=[one.pk for one in enrolments],
            item__in=[item.pk for some in self.items.values() for item in some],
        )
        for entry in entries.select_related("by"):
            self.entries[entry.enrolment_id, entry.item_id] = entry

    def holds(self, edition):
        """Whether everything the edition's book needs stands here."""
        scheme = getattr(edition, "grade_scheme", None)
        if scheme is None:
            return False
        wanted = {item.activity_id for item in self.items[scheme.pk] if item.activity_id}
        return wanted <= self.activities.keys()


class _ShelvedBook(Book):
    """A book that takes everything from the shelf."""

    def __init__(self, edition, shelf):
        self._shelf = shelf
        super().__init__(edition)

    def _read_scheme(self, scheme):
        items = self._shelf.items[scheme.pk]
        self.items = {item.pk: item for item in items}
        self.plan = plan_of(scheme, items, self.titles)
        self.activities = {
            item.pk: self._shelf.activities[item.activity_id] for item in items if item.activity_id
        }

    def _attempts(self, enrolments):
        return {
            (enrolment.pk, activity.pk): state.finished
            for enrolment in enrolments
            for activity in self.activities.values()
            if (state := self._shelf.states.get((enrolment.pk, activity.pk)))
        }

    def _dates(self, enrolments):
        return {
            (enrolment.pk, activity.pk): state.dates
            for enrolment in enrolments
            for activity in self.activities.values()
            if (state := self._shelf.states.get((enrolment.pk, activity.pk)))
        }

    def _entries(self, enrolments):
        pks = {enrolment.pk for enrolment in enrolments}
        return {key: entry for key, entry in self._shelf.entries.items() if key[0] in pks}
