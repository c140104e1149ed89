"""The list of activities of one kind, as every kind shows it; the kind's own app says what else is in it."""

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic import IndexView

from courses.access import authored_courses


class ActivityIndexView(IndexView):
    """Activities of the courses a person works on. A subclass gives `model`, `namespace`, words and the rows."""

    # Of the addresses "index", "index_results", "begin" and "edit".
    namespace = ""
    # Between the course and the state.
    own_columns: tuple[Column, ...] = ()
    search_fields = ["title", "course__title"]
    search_backend_name = None
    default_ordering = "title"
    paginate_by = 30
    is_searchable = True

    def setup(self, request, *args, **kwargs):
        """Find the addresses."""
        self.index_url_name = f"{self.namespace}:index"
        self.index_results_url_name = f"{self.namespace}:index_results"
        self.add_url_name = f"{self.namespace}:begin"
        self.edit_url_name = f"{self.namespace}:edit"
        super().setup(request, *args, **kwargs)

    @property
    def add_url(self):
        """For whoever writes a course."""
        return self.get_add_url() if authored_courses(self.request.user).exists() else None

    def get_edit_url(self, instance):
        """The screen of the activity; it says itself what this person may change."""
        return reverse(self.edit_url_name, args=[instance.pk])

    @property
    def columns(self):
        """Title, course, what the kind adds, and state."""
        return [
            TitleColumn("title", label=_("Title"), sort_key="title", get_url=self.get_edit_url),
            Column("course", label=_("Course"), sort_key="course__title"),
            *self.own_columns,
            StatusTagColumn("status", label=_("Status"), accessor=status_of, primary=lambda one: one.live),
        ]


def status_of(activity):
    """Its word, without asking about schedules: activities go live with their course."""
    if not activity.live:
        return _("draft")
    return _("live + draft") if activity.has_unpublished_changes else _("live")
