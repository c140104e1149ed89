"""What a change set changes, side by side in words. Uses Wagtail's own comparisons of fields."""

from dataclasses import dataclass

from django.db.models import Model
from wagtail.admin.compare import diff_text
from wagtail.models import Page

from courses.models import ChangeSetItem


@dataclass(frozen=True)
class ItemChange:
    """One page or activity of a change set: what it is, and which fields differ."""

    item: ChangeSetItem
    content: Model
    is_new: bool
    comparisons: list

    @property
    def is_page(self):
        """Whether it can be previewed as a page."""
        return isinstance(self.content, Page)


def item_changes(change_set) -> list[ItemChange]:
    """Every item with what differs from what learners saw when it was submitted."""
    items = change_set.items.select_related("page", "activity", "revision", "live_before").prefetch_related(
        "comments__author"
    )
    return [item_change(item) for item in items]


def item_change(item: ChangeSetItem) -> ItemChange:
    """What one item changes."""
    new = item.revision.as_object()
    before = item.live_before.as_object() if item.live_before else None
    if before is None and item.page_id and item.page.live and item.page.live_revision_id is None:
        before = item.page.specific
    if before is None:
        return ItemChange(item, new, True, [])
    return ItemChange(item, new, False, compare(before, new))


@dataclass(frozen=True)
class LineComparison:
    """One line of an activity that says itself what it holds (`comparison()`), as a comparison of a field."""

    label: str
    before: str
    after: str
    is_field = True
    is_child_relation = False

    def field_label(self):
        """What the line is about."""
        return self.label

    def htmldiff(self):
        """What went and what came."""
        return diff_text(self.before, self.after).to_html()

    def has_changed(self):
        """Whether the two differ."""
        return self.before != self.after


def compare_lines(before: list[tuple[str, str]], after: list[tuple[str, str]]) -> list[LineComparison]:
    """Line by line, by label, those that differ."""
    old, new = dict(before), dict(after)
    found = [LineComparison(label, old.get(label, ""), new.get(label, "")) for label in old | new]
    return [one for one in found if one.has_changed()]


def compare(before: Model, after: Model) -> list:
    """Field by field, those that differ."""
    if hasattr(after, "comparison"):
        return compare_lines(before.comparison(), after.comparison())
    handler = edit_handler_of(after)
    comparisons = (
        handler.get_bound_panel(instance=after, request=None, form=None).get_comparison() if handler else []
    )
    found = [comparison(before, after) for comparison in comparisons]
    return [one for one in found if one.has_changed()]


def edit_handler_of(content: Model):
    """The panels that name the fields of a page or activity."""
    if isinstance(content, Page):
        return content.get_edit_handler()
    viewset = getattr(type(content), "snippet_viewset", None)
    return viewset.get_edit_handler() if viewset else None
