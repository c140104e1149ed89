"""Award types and who signs them: edited, retired, never deleted."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.auth import require_admin_access
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
)
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button

from accounts.asking import ask_and_do
from certificates import access, services
from certificates.forms import POSITION_FIELDS, AwardTypeForm, MarkForm, ReasonForm, SignatoryForm
from certificates.models import AwardType, Mark, Signatory
from certificates.paper.errors import PaperError
from certificates.printing import draw_award, sample_award
from certificates.readiness import award_type_problems, signing_problems
from certificates.refusing import refusal
from foundation.audit.changes import described as row_described
from foundation.audit.viewsets import RecordedAdd, RecordedEdit


def described(instance):
    """The row as the audit log keeps it, an award type with what hangs on it."""
    fields = row_described(instance)
    wordings = getattr(instance, "wordings", None)
    if wordings is not None:
        words = ("title", "presented_to", "achievement")
        fields["cosignatories"] = [str(one.signatory) for one in instance.cosignatories.all()]
        fields["marks"] = [str(one.mark) for one in instance.marks.all()]
        fields["wordings"] = {one.language: [getattr(one, word) for word in words] for one in wordings.all()}
    return fields


class Add(RecordedAdd):
    """Adds a row and records it."""

    def described(self, row):
        """With what hangs on it."""
        return described(row)


class Edit(RecordedEdit):
    """Changes a row and records what changed."""

    def described(self, row):
        """With what hangs on it."""
        return described(row)


class NeverDeleted(ModelViewSet):
    """A viewset without an address for deleting or copying."""

    copy_view_enabled = False
    add_view_class = Add
    edit_view_class = Edit
    search_backend_name = None

    def get_urlpatterns(self):
        """All but deleting: papers and their history point here."""
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "delete"]


class SignatoryViewSet(NeverDeleted):
    """Signatories."""

    model = Signatory
    icon = "edit"
    menu_label = gettext_lazy("Signatories")
    list_display = ["name", "position", "is_active", "starts_on", "ends_on"]
    list_filter = ["is_active"]
    search_fields = ["name", "position"]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("position"),
            MultiFieldPanel(
                [FieldPanel(field) for field in POSITION_FIELDS.values()],
                heading=gettext_lazy("Position in other languages"),
            ),
            FieldPanel("is_active"),
            FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
            MultiFieldPanel(
                [FieldPanel("upload"), FieldPanel("no_signature")],
                heading=gettext_lazy("Picture of the signature"),
            ),
        ],
        base_form_class=SignatoryForm,
    )


class MarkViewSet(NeverDeleted):
    """Marks of partners and donors."""

    model = Mark
    icon = "image"
    menu_label = gettext_lazy("Marks")
    list_display = ["name", "partner", "donor"]
    search_fields = ["name"]
    edit_handler = ObjectList(
        [
            HelpPanel(
                gettext_lazy(
                    "Awards already issued keep the mark as it was. Ask the partner for a picture to print."
                )
            ),
            FieldPanel("name"),
            FieldPanel("upload"),
            FieldPanel("partner"),
            FieldPanel("donor"),
        ],
        base_form_class=MarkForm,
    )


def readiness(award_type):
    """What the list says about an award type."""
    if award_type.retired_at:
        return _("Retired")
    problems = award_type_problems(award_type) + signing_problems()
    return " ".join(problems) if problems else _("Ready")


def languages(award_type):
    """The languages it has words in."""
    return ", ".join(wording.get_language_display() for wording in award_type.wordings.all())


class AwardTypeIndex(IndexView):
    """Award types, with what they still lack."""

    def get_base_queryset(self):
        """With what the columns show."""
        found = super().get_base_queryset().select_related("signatory", "design")
        return found.prefetch_related("wordings", "cosignatories__signatory", "design__versions")


class EditAwardType(Edit):
    """Says above the form what is missing, and leads to a sample and to retiring."""

    def get_success_url(self):
        """Stay here: the next thing is to look at a sample."""
        return self.get_edit_url()

    @cached_property
    def header_more_buttons(self):
        """A sample in every language, and retiring."""
        buttons = super().header_more_buttons
        award_type = self.object
        if award_type.signatory:
            for wording in award_type.wordings.all():
                buttons.append(
                    Button(
                        _("See a sample (%(language)s, PDF)") % {"language": wording.get_language_display()},
                        url=reverse("award_types:sample", args=[award_type.pk, wording.language]),
                        icon_name="view",
                        attrs={"target": "_blank"},
                        priority=20,
                    )
                )
        verb, label = ("reinstate", _("Reinstate")) if award_type.retired_at else ("retire", _("Retire"))
        url = reverse(f"award_types:{verb}", args=[award_type.pk])
        buttons.append(Button(label, url=url, icon_name="cross", priority=60))
        return buttons

    def get_context_data(self, **kwargs):
        """What is missing."""
        return super().get_context_data(**kwargs) | {
            "problems": award_type_problems(self.object) + signing_problems()
        }


@require_admin_access
def sample(request, pk, language):
    """A certificate of an invented person, as a PDF."""
    award_type = get_object_or_404(AwardType.objects.select_related("signatory"), pk=pk)
    if not access.can_look_at_definitions(request.user) or award_type.signatory is None:
        raise Http404
    get_object_or_404(award_type.wordings, language=language)
    try:
        pdf = draw_award(sample_award(award_type, language))
    except PaperError as problem:
        return HttpResponse(refusal(problem), content_type="text/plain; charset=utf-8", status=422)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="sample.pdf"'
    return response


def _change_standing(request, pk, *, do, title, text, done, icon):
    award_type = get_object_or_404(AwardType, pk=pk)
    if not access.can_decide(request.user):
        raise Http404
    name = {"award": award_type.name}
    back = reverse("award_types:edit", args=[pk])
    return ask_and_do(
        request,
        ReasonForm(request.POST or None),
        do=lambda data: do(award_type, by=request.user, reason=data["reason"]),
        title=title,
        text=text % name,
        done=done % name,
        icon=icon,
        back=back,
        crumbs=[
            {"url": reverse("award_types:index"), "label": _("Award types")},
            {"url": back, "label": award_type.name},
        ],
    )


@require_admin_access
def retire(request, pk):
    """Ask for the reason and retire the award type."""
    return _change_standing(
        request,
        pk,
        do=services.retire,
        title=_("Retire this award type"),
        text=_("No course can give “%(award)s” any more. Awards already issued stay valid."),
        done=_("“%(award)s” has been retired."),
        icon="cross",
    )


@require_admin_access
def reinstate(request, pk):
    """Ask for the reason and reinstate the award type."""
    return _change_standing(
        request,
        pk,
        do=services.reinstate,
        title=_("Reinstate this award type"),
        text=_("Courses can give “%(award)s” again."),
        done=_("“%(award)s” can be given again."),
        icon="undo",
    )


class AwardTypeViewSet(NeverDeleted):
    """Award types with their words in every language."""

    model = AwardType
    icon = "success"
    menu_label = gettext_lazy("Award types")
    index_view_class = AwardTypeIndex
    edit_view_class = EditAwardType
    edit_template_name = "certificates/admin/award_type.html"
    list_display = [
        "name",
        "kind",
        "signatory",
        Column("languages", label=gettext_lazy("Languages"), accessor=languages),
        Column("ready", label=gettext_lazy("Ready?"), accessor=readiness),
    ]
    list_filter = ["kind"]
    search_fields = ["name"]
    edit_handler = ObjectList(
        [
            HelpPanel(
                gettext_lazy(
                    "What is changed here holds for awards issued from now on. Awards already issued never change."
                )
            ),
            FieldPanel("name"),
            FieldPanel("kind"),
            FieldPanel("rule"),
            FieldPanel("minimum_grade"),
            FieldPanel("minimum_attendance"),
            FieldPanel("minimum_hours"),
            FieldPanel("design"),
            FieldPanel("signatory"),
            InlinePanel(
                "cosignatories",
                panels=[FieldPanel("signatory")],
                max_num=2,
                heading=gettext_lazy("Who else signs"),
                label=gettext_lazy("Signatory"),
            ),
            MultiFieldPanel(
                [FieldPanel("valid_months"), FieldPanel("renewed_by")],
                heading=gettext_lazy("Validity and renewal"),
            ),
            FieldPanel("number_prefix"),
            FieldPanel("prints_marks"),
            InlinePanel(
                "marks",
                panels=[FieldPanel("mark")],
                max_num=6,
                heading=gettext_lazy("Marks on every award of this type"),
                label=gettext_lazy("Mark"),
            ),
            InlinePanel(
                "wordings",
                panels=[
                    FieldPanel("language"),
                    FieldPanel("title"),
                    FieldPanel("presented_to"),
                    FieldPanel("achievement"),
                ],
                heading=gettext_lazy("Words, one entry per language"),
                label=gettext_lazy("Language"),
                help_text=gettext_lazy(
                    "A certificate is printed in the learner's language with English below. English is needed at least."
                ),
            ),
        ],
        base_form_class=AwardTypeForm,
    )

    def get_urlpatterns(self):
        """A sample and retiring beside the usual screens."""
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/sample/<str:language>/", sample, name="sample"),
            path("<int:pk>/retire/", retire, name="retire"),
            path("<int:pk>/reinstate/", reinstate, name="reinstate"),
        ]
