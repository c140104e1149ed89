"""The window that lists and searches interactive content, and takes a package."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import (
    ChooseResultsView,
    ChooseView,
    ChosenMultipleView,
    ChosenView,
    CreateView,
)
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets import BaseChooser

from h5p.access import can_author_content
from h5p.core.problems import PackageRefused
from h5p.forms import UploadForm
from h5p.models import Content
from h5p.services.importing import import_package


class ContentChooser(BaseChooser):
    """Chooses interactive content."""

    model = "h5p.Content"
    choose_one_text = _("Choose content or upload a package")
    choose_another_text = _("Choose other content")
    link_to_chosen_text = _("Edit this content")
    chooser_modal_url_name = "h5p_chooser:choose"
    icon = "h5p"

    def get_value_data_from_instance(self, instance):
        """With the way to its screen."""
        return super().get_value_data_from_instance(instance) | {
            "edit_url": AdminURLFinder().get_edit_url(instance)
        }


class ContentFilterForm(BaseFilterForm):
    """Search by words of the title."""

    q = forms.CharField(
        label=_("Search term"), required=False, widget=forms.TextInput(attrs={"placeholder": _("Search")})
    )

    def filter(self, objects):
        """Narrow the list."""
        objects = super().filter(objects)
        self.search_query = self.cleaned_data.get("q") or None
        self.is_searching = bool(self.search_query)
        return objects.filter(title__icontains=self.search_query) if self.search_query else objects


class PackageForm(UploadForm):
    """Imports a package as a draft, or says what is wrong with it."""

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self):
        """Try it: the package is refused with its sentences, or it is imported."""
        data = super().clean()
        package = data.get("package")
        if package:
            try:
                self.imported = import_package(package, package.name, by=self.user, make_current=False)
            except PackageRefused as refusal:
                self.add_error("package", [str(problem) for problem in refusal.problems])
        return data

    def save(self):
        """What was imported."""
        return self.imported.content


class AuthorsMixin:
    """For whoever may make content."""

    def dispatch(self, request, *args, **kwargs):
        """Refuse everybody else."""
        if not can_author_content(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class ContentChooserMixin(AuthorsMixin):
    """What the views of the window share."""

    filter_form_class = ContentFilterForm

    def get_object_list(self):
        """All content, the latest first."""
        return Content.objects.listed()

    @property
    def columns(self):
        """Title, content type and state."""
        return [
            self.title_column,
            Column("type", label=_("Content type"), accessor="newest_library"),
            Column("state", label=_("State"), accessor=lambda content: content.state.label),
        ]

    def can_create(self):
        """Whoever may look may upload."""
        return True

    def get_creation_form_class(self):
        """The upload."""
        return PackageForm

    def get_creation_form_kwargs(self):
        """Who uploads."""
        return super().get_creation_form_kwargs() | {"user": self.request.user}


class ContentChooseView(ContentChooserMixin, ChooseView):
    """The window."""


class ContentChooseResultsView(ContentChooserMixin, ChooseResultsView):
    """Its list alone."""


class ContentChosenView(AuthorsMixin, ChosenView):
    """One was chosen."""


class ContentChosenMultipleView(AuthorsMixin, ChosenMultipleView):
    """Several were chosen."""


class ContentCreateView(ContentChooserMixin, CreateView):
    """One was uploaded, and is chosen."""


class ContentChooserViewSet(ChooserViewSet):
    """Content in one window."""

    model = "h5p.Content"
    icon = "h5p"
    choose_one_text = ContentChooser.choose_one_text
    create_action_label = _("Upload")
    creation_tab_label = _("Upload a package")
    search_tab_label = _("Content of this site")
    choose_view_class = ContentChooseView
    choose_results_view_class = ContentChooseResultsView
    chosen_view_class = ContentChosenView
    chosen_multiple_view_class = ContentChosenMultipleView
    create_view_class = ContentCreateView
    register_widget = False


content_chooser_viewset = ContentChooserViewSet("h5p_chooser")
