"""How attendance counts in an edition, and which of its sessions stand in lessons."""

from django import forms
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.auth import require_admin_access

from enrolments.access import get_managed_edition_or_404
from enrolments.admin_views.asking import ask_and_do, crumbs
from timetable.attendance import access, services
from timetable.attendance.admin_views.overview import trail
from timetable.attendance.refusals import AttendanceRefused
from timetable.attendance.rules import rules_of, rules_of_the_site
from timetable.attendance.services.settings import FIELDS
from timetable.models import AttendanceRules, LessonSession, Session, SessionActivity


class RulesForm(forms.ModelForm):
    """The rules of one edition, and why they are set so."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500)

    class Meta:
        model = AttendanceRules
        fields = FIELDS


@require_admin_access
def attendance_rules(request, pk):
    """Set the rules of an edition; until then those of the site hold."""
    edition = get_managed_edition_or_404(request.user, pk)
    here = reverse("staff_attendance:edition", args=[pk])
    form = RulesForm(request.POST or None, instance=rules_of(edition.pk))

    def do(asked):
        services.set_rules(edition, asked, by=request.user, reason=asked["reason"])

    return ask_and_do(
        request,
        form,
        do=do,
        done=_("The rules hold from now on, for what is recorded already too."),
        back=here,
        refused=AttendanceRefused,
        title=_("Rules of attendance"),
        icon="cog",
        trail=trail(edition, (here, _("Attendance")), last=_("Rules of attendance")),
        button=_("Save the rules"),
    )


@require_admin_access
def site_rules(request):
    """Set the rules of all editions that have none of their own."""
    if not access.can_set_site_rules(request.user):
        raise Http404
    form = RulesForm(request.POST or None, instance=rules_of_the_site())

    def do(asked):
        services.set_rules(None, asked, by=request.user, reason=asked["reason"])

    title = _("Rules of attendance")
    return ask_and_do(
        request,
        form,
        do=do,
        done=_(
            "The rules hold from now on in every edition without rules of its own, for what is recorded already too."
        ),
        back=reverse("staff_attendance:site_rules"),
        refused=AttendanceRefused,
        title=title,
        icon="cog",
        trail=crumbs(last=title),
        button=_("Save the rules"),
    )


class LessonSessionsForm(forms.Form):
    """For each activity of the course that is a session: the sessions of this edition it is done in."""

    def __init__(self, *args, edition, **kwargs):
        super().__init__(*args, **kwargs)
        self.activities = list(
            SessionActivity.objects.filter(course=edition.course_id).order_by("title", "pk")
        )
        placed = LessonSession.objects.filter(session__edition=edition)
        for activity in self.activities:
            self.fields[f"activity-{activity.pk}"] = forms.ModelMultipleChoiceField(
                Session.objects.filter(edition=edition).in_order(),
                label=activity.title,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                initial=[one.session_id for one in placed if one.activity_id == activity.pk],
                help_text=gettext_lazy("Attending one of them completes the activity."),
            )

    def clean(self):
        """A session stands for one activity."""
        asked = super().clean()
        seen = set()
        for sessions in asked.values():
            if not seen.isdisjoint(sessions):
                raise forms.ValidationError(_("A session can stand for one activity only. Choose it once."))
            seen.update(sessions)
        return asked


@require_admin_access
def lesson_sessions(request, pk):
    """Say which sessions of the edition the activities of its lessons are."""
    edition = get_managed_edition_or_404(request.user, pk)
    here = reverse("staff_attendance:edition", args=[pk])
    form = LessonSessionsForm(request.POST or None, edition=edition)

    def do(asked):
        for activity in form.activities:
            services.place_sessions(edition, activity, asked[f"activity-{activity.pk}"], by=request.user)

    return ask_and_do(
        request,
        form,
        do=do,
        done=_("Saved. Whoever was there already has done the activity."),
        back=here,
        title=_("Sessions in lessons"),
        icon="calendar-check",
        trail=trail(edition, (here, _("Attendance")), last=_("Sessions in lessons")),
        button=_("Save"),
    )
