"""Scales, edited by registrars and administrators: with a reason where an edition uses one, and never deleted."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from enrolments.admin_views.forms import reason_field
from foundation.audit.changes import described as row_described
from foundation.audit.viewsets import RecordedAdd, RecordedEdit
from gradebook import access
from gradebook.grades.numbers import plain
from gradebook.models import GradeScale, ScaleKind
from portfolio.admin_views import NAMES, NamedIndex, NamedInlinePanel
from portfolio.forms import NamedForm


class ScalePolicy(ModelPermissionPolicy):
    """Registrars and administrators write scales, managers look. Nobody deletes: results hang on them."""

    def user_has_permission(self, user, action):
        """Adding and changing, or looking."""
        if action in ("add", "change"):
            return access.can_edit_scales(user)
        return action == "view" and access.can_look_at_scales(user)

    def user_has_any_permission(self, user, actions):
        """Whether the person may do any of these."""
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user, action, instance):
        """The same for every scale."""
        return self.user_has_permission(user, action)

    def user_has_any_permission_for_instance(self, user, actions, instance):
        """The same for every scale."""
        return self.user_has_any_permission(user, actions)

    def instances_user_has_any_permission_for(self, user, actions):
        """All of them, or none."""
        scales = GradeScale.objects.all()
        return scales if self.user_has_any_permission(user, actions) else scales.none()


class ScaleForm(NamedForm):
    """A scale with its bands. What does not fit together is said where it is put right."""

    is_retired = forms.BooleanField(
        label=gettext_lazy("Retired"),
        required=False,
        help_text=gettext_lazy("No further edition can choose it. Those that use it keep it."),
    )
    reason = reason_field(required=False, label=gettext_lazy("Reason of the change"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("is_retired", bool(self.instance.retired_at))
        self.users = self.instance.schemes.count() if self.instance.pk else 0
        if self.users:
            self.fields["reason"].required = True
            self.fields["reason"].help_text = _(
                "%(count)s editions use this scale: what their learners read changes at once. Kept in the audit log."
            ) % {"count": self.users}

    def clean(self):
        """Points need a full mark; scales that say words need words from 0 up."""
        cleaned = super().clean()
        kind = cleaned.get("kind")
        if kind == ScaleKind.POINTS and not cleaned.get("maximum"):
            self.add_error("maximum", _("Say how many points a perfect result is worth."))
        if kind != ScaleKind.POINTS:
            self.instance.maximum = cleaned["maximum"] = None
        if self.is_bound and "bands" in self.formsets:
            self._check_bands(kind, cleaned)
        retired = cleaned.get("is_retired")
        self.instance.retired_at = (self.instance.retired_at or timezone.now()) if retired else None
        return cleaned

    def _check_bands(self, kind, cleaned):
        bands = self.formsets["bands"]
        if not bands.is_valid():
            return
        starts = [
            form.cleaned_data["from_score"]
            for form in bands.forms
            if form.cleaned_data.get("from_score") is not None and not form.cleaned_data.get("DELETE")
        ]
        if starts and min(starts) > 0:
            self.add_error(
                None, _("Results below the lowest band would have no name. Let one band begin at 0.")
            )
        if kind in (ScaleKind.LETTERS, ScaleKind.BANDS) and len(starts) < 2:
            self.add_error(None, _("Add at least two bands, the lowest from 0."))
        if kind == ScaleKind.PASS_FAIL:
            self._check_pass_fail(starts, cleaned)

    def _check_pass_fail(self, starts, cleaned):
        if len(starts) != 2:
            self.add_error(None, _("A scale of pass or fail has two bands: fail from 0, and pass."))
        elif cleaned.get("pass_from") != max(starts):
            self.add_error(
                "pass_from",
                ValidationError(
                    _("The band “pass” begins at %(share)s: put the same here.")
                    % {"share": plain(max(starts))}
                ),
            )


def described(scale):
    """The scale as the audit log keeps it."""
    bands = {
        str(band.from_score): [band.name, band.names, band.counts_as]
        for band in scale.bands.order_by("-from_score")
    }
    return row_described(scale) | {"bands": bands}


class AddScale(RecordedAdd):
    """Adds a scale and records it."""

    noun = "scale"

    def described(self, row):
        """With its bands."""
        return described(row)


class EditScale(RecordedEdit):
    """Changes a scale and records what changed, with the reason."""

    noun = "scale"

    def described(self, row):
        """With its bands."""
        return described(row)


def bands(scale):
    """The bands in a line."""
    return ", ".join(f"{band.label} ≥ {plain(band.from_score * 100)} %" for band in scale.bands.all()) or "–"


class ScaleIndex(NamedIndex):
    """Scales with their bands."""

    def get_base_queryset(self):
        """With what the columns show."""
        return super().get_base_queryset().prefetch_related("bands")


class GradeScaleViewSet(ModelViewSet):
    """Grading scales."""

    model = GradeScale
    icon = "list-ol"
    menu_label = gettext_lazy("Grading scales")
    menu_name = "grading_scales"
    menu_order = 460
    add_to_settings_menu = True
    copy_view_enabled = False
    add_view_class = AddScale
    edit_view_class = EditScale
    index_view_class = ScaleIndex
    search_fields = ["name"]
    search_backend_name = None
    list_display = [
        "__str__",
        "kind",
        Column("bands", label=gettext_lazy("Bands"), accessor=bands),
        "pass_from",
        "retired_at",
    ]
    list_filter = ["kind"]

    @property
    def permission_policy(self):
        """Ours."""
        return ScalePolicy(GradeScale)

    def get_edit_handler(self):
        """Names, rules, bands."""
        return ObjectList(
            [
                HelpPanel(
                    gettext_lazy(
                        "A scale says what a result is called. Grades are worked out in per cent first; a change here "
                        "changes at once what every learner of an edition with this scale reads."
                    )
                ),
                NAMES,
                FieldRowPanel([FieldPanel("slug"), FieldPanel("kind")]),
                FieldRowPanel([FieldPanel("maximum"), FieldPanel("pass_from")]),
                NamedInlinePanel(
                    "bands",
                    panels=[
                        FieldRowPanel([FieldPanel("from_score"), FieldPanel("counts_as")]),
                        NAMES,
                    ],
                    heading=gettext_lazy("Bands"),
                    label=gettext_lazy("Band"),
                ),
                MultiFieldPanel(
                    [FieldPanel("is_retired"), FieldPanel("reason")], heading=gettext_lazy("This change")
                ),
            ],
            base_form_class=ScaleForm,
        ).bind_to_model(GradeScale)

    def get_urlpatterns(self):
        """There is no address for deleting."""
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "delete"]
