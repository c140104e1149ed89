"""What the course has that the gradebook has not, and the other way round."""

from courses.models import Activity
from gradebook.book import Book
from gradebook.models import GradeItem
from gradebook.plans import gradable_activities, placed


def offered_activities(book: Book) -> list[Activity]:
    """Activities placed in the course that the gradebook does not know, in the order of the course."""
    if book.scheme is None:
        return []
    return gradable_activities(book.edition, without=book.scheme)


def orphaned_items(book: Book) -> list[GradeItem]:
    """Items whose activity no longer stands in the course; they go on counting until staff leave them out."""
    there = set(placed(book.edition).values_list("activity", flat=True))
    return [
        item for item in book.items.values() if item.activity_id is not None and item.activity_id not in there
    ]
