"""Giving a person a place and taking it back."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from enrolments import access, services
from enrolments.admin_views.asking import ask_and_do, crumbs, screen
from enrolments.admin_views.forms import EnrolPersonForm, ReasonForm
from enrolments.invitations import invite_person, send_password_link
from enrolments.refusals import EnrolmentRefused


def open_editions(user):
    """The editions a person may enrol somebody in: neither cancelled nor over."""
    not_over = Q(ends_on=None) | Q(ends_on__gte=timezone.localdate())
    editions = access.managed_editions(user).filter(not_over, cancelled_at=None)
    return editions.select_related("course").order_by("course__title", "-starts_on")


@require_admin_access
def enrol_person(request):
    """Give a person a place; whoever has no account is invited. Sending the form twice enrols once."""
    if not access.manages_any(request.user):
        raise PermissionDenied
    editions = open_editions(request.user)
    form = EnrolPersonForm(
        request.POST or None, editions=editions, initial={"edition": request.GET.get("edition")}
    )
    if request.method == "POST" and form.is_valid():
        try:
            enrolment = place(form, request)
        except EnrolmentRefused as refused:
            form.add_error("edition", refused.refusal.label)
        else:
            messages.success(request, _("%(person)s is enrolled.") % {"person": enrolment.person})
            return redirect("learner_progress:learner", enrolment.pk)
    return screen(
        request,
        "enrolments/staff/enrol.html",
        title=_("Enrol a person"),
        icon="plus",
        trail=crumbs((reverse("enrolment_list:index"), _("Enrolments")), last=_("Enrol a person")),
        form=form,
        button=_("Invite and enrol") if form.inviting else _("Enrol"),
    )


def place(form, request):
    """Make the account where there is none, give the place, and only then write to the person."""
    data = form.cleaned_data
    with transaction.atomic():
        person, is_new = form.person, False
        if person is None:
            person, is_new = invite_person(
                data["email"],
                first_name=data["first_name"],
                last_name=data["last_name"],
                language=data["language"] or "en",
                by=request.user,
                reason=data["reason"],
            )
        enrolment = services.enrol_by_staff(person, data["edition"], by=request.user, reason=data["reason"])
    if is_new:
        with override(person.language):
            send_password_link(person, request)
    return enrolment


@require_admin_access
def withdraw_person(request, pk):
    """Take the place back, with a reason. Doing it twice changes nothing."""
    enrolment = access.get_managed_enrolment_or_404(request.user, pk)
    back = reverse("learner_progress:learner", args=[pk])
    if not enrolment.is_active:
        messages.warning(
            request, _("%(person)s holds no place here any more.") % {"person": enrolment.person}
        )
        return redirect(back)
    return ask_and_do(
        request,
        ReasonForm(request.POST or None),
        do=lambda data: services.withdraw(enrolment, by=request.user, reason=data["reason"]),
        done=_("%(person)s has been withdrawn and is told by e-mail.") % {"person": enrolment.person},
        back=back,
        title=_("Withdraw"),
        icon="cross",
        trail=crumbs(
            (reverse("enrolment_list:index"), _("Enrolments")),
            (back, str(enrolment.person)),
            last=_("Withdraw"),
        ),
        lead=_(
            "%(person)s gives the place in “%(edition)s” back. What was done is kept; the person can come back."
        )
        % {"person": enrolment.person, "edition": enrolment.edition},
    )
