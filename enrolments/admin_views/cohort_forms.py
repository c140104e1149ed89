"""Forms of cohorts and work groups."""

from django import forms
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enrolments.admin_views.forms import reason_field
from enrolments.models import Cohort, CohortMember

# More people than this are not listed at once: the list is narrowed down by name.
MOST_LISTED = 200


class CohortForm(forms.ModelForm):
    """A new cohort. Whether its name is free, the service says."""

    class Meta:
        model = Cohort
        fields = ["name", "hands_in_together"]
        labels = {"hands_in_together": gettext_lazy("It is a work group")}

    def _post_clean(self):
        """The service makes the row."""


class RenameForm(forms.Form):
    """Another name."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)


class SplitForm(forms.Form):
    """Into how many groups, and what they are called."""

    groups = forms.IntegerField(
        label=gettext_lazy("Number of groups"), min_value=1, max_value=500, widget=forms.NumberInput
    )
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=70,
        initial=gettext_lazy("Group"),
        help_text=gettext_lazy("Each gets a number: Group 1, Group 2 …"),
    )


class NameForm(forms.Form):
    """Whom to list."""

    q = forms.CharField(label=gettext_lazy("Name"), required=False)


class LearnersField(forms.ModelMultipleChoiceField):
    """Learners as a list to tick, each with their institution and present work group."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, enrolment):
        """Who it is, and where the person is now."""
        told = [str(enrolment.person), enrolment.person.institution]
        if enrolment.group_name:
            told.append(_("now in %(group)s") % {"group": enrolment.group_name})
        return " · ".join(part for part in told if part)


class MembersForm(forms.Form):
    """Who joins."""

    learners = LearnersField(
        queryset=None,
        label=gettext_lazy("Learners"),
        error_messages={"required": gettext_lazy("Tick at least one person.")},
    )
    moving = forms.BooleanField(
        label=gettext_lazy("Take them out of their present work group"), required=False
    )
    reason = reason_field(required=False)

    def __init__(self, *args, cohort, typed="", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["learners"].queryset = self.free = _free(cohort)
        shown = _named(self.free, typed)
        self.hidden_count = max(shown.count() - MOST_LISTED, 0)
        self.fields["learners"].choices = [
            (enrolment.pk, self.fields["learners"].label_from_instance(enrolment))
            for enrolment in shown[:MOST_LISTED]
        ]
        if not cohort.hands_in_together:
            del self.fields["moving"]


def _free(cohort):
    """Who holds a place in the edition and is not in the cohort, each with the present work group."""
    learners = cohort.edition.enrolments.active().select_related("person")
    group = CohortMember.objects.current().filter(enrolment=OuterRef("pk"), hands_in_together=True)
    return (
        learners.exclude(pk__in=cohort.members.current().values("enrolment"))
        .annotate(group_name=Subquery(group.values("cohort__name")[:1]))
        .order_by("person__last_name", "person__first_name", "pk")
    )


def _named(learners, typed):
    for word in typed.split():
        learners = learners.filter(
            Q(person__first_name__icontains=word)
            | Q(person__last_name__icontains=word)
            | Q(person__email__icontains=word)
        )
    return learners
