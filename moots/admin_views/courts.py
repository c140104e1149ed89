"""The list of moot courts, a new one, its overview and rules, copying it, its archive."""

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin.auth import require_admin_access

from assessments.assignments.sending import send
from courses.access import can_author
from enrolments.admin_views import asking
from moots import access, services
from moots.admin_views.screens import ICON, REFUSED, ask, attempted, done, screen, staffed, tried
from moots.facts import what_is_missing
from moots.forms.staff import CopyForm, NewMootForm, RulesForm
from moots.pages import newest_memorial

PAGE = 30


@require_admin_access
def index(request):
    """The courts of the editions one manages."""
    found = access.staffed_moots(request.user)
    return asking.screen(
        request,
        "moots/staff/index.html",
        title=_("Moot courts"),
        icon=ICON,
        trail=asking.crumbs(last=_("Moot courts")),
        page=Paginator(found, PAGE).get_page(request.GET.get("p")),
    )


@require_admin_access
def new(request):
    """Begin a court in an edition."""
    form = NewMootForm(request.POST or None, editions=access.staffed_editions(request.user))
    title = _("New moot court")
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            made = services.make_moot(data.pop("edition"), by=request.user, **data)
        except REFUSED as refusal:
            form.add_error("code", str(refusal))
        else:
            return done(
                request, _("The moot court is begun. Nobody sees it until you open it."), "moot", made.pk
            )
    return asking.screen(
        request,
        "moots/staff/ask.html",
        title=title,
        icon=ICON,
        trail=asking.crumbs((reverse("moot_courts:index"), _("Moot courts")), last=title),
        form=form,
        lead=_("A moot court belongs to an edition: its learners make the teams."),
        back=reverse("moot_courts:index"),
    )


@staffed
def moot(request, moot):
    """How far the court is and what comes next."""
    return screen(
        request,
        "moot",
        moot,
        _("Overview"),
        missing=what_is_missing(moot),
        counts={
            "teams": moot.teams.standing().count(),
            "rounds": moot.rounds.count(),
            "documents": moot.documents.standing().count(),
        },
        release=moot.releases.order_by("number").last(),
        may_author=can_author(request.user, moot.edition.course),
    )


@staffed
def rules(request, moot):
    """What the court is called and by which rules it is decided."""
    form = RulesForm(request.POST or None, instance=moot)
    if attempted(form, lambda data: services.change_rules(moot, by=request.user, **form.rules())):
        return done(request, _("The rules are saved."), "rules", moot.pk)
    return screen(request, "rules", moot, _("Rules"), form=form)


@require_POST
@staffed
def open_moot(request, moot):
    """Let participants see it."""
    return tried(
        request,
        lambda: services.open_moot(moot, by=request.user),
        _("The moot court is open to participants."),
        "moot",
        moot.pk,
    )


@staffed
def copy(request, moot):
    """The same court in another edition."""
    form = CopyForm(request.POST or None, editions=access.staffed_editions(request.user))
    return ask(
        request,
        moot,
        form,
        do=lambda data: services.copy_moot(moot, by=request.user, **data),
        sentence=_("The moot court has been copied; its dates moved with the edition."),
        title=_("Copy to another edition"),
        lead=_("Case file, rules and rounds go along, dates moved. Teams, memorials and scores stay behind."),
        back=reverse("moot_courts:index"),
    )


@staffed
def archive(request, moot):
    """All memorials of this court and of those it was copied from."""
    moots = [moot, *access.earlier_moots(moot)]
    found = [(one, newest_memorial(one)) for one in access.archived_memorials(moots)]
    return screen(request, "archive", moot, _("Archive"), archived=found)


@require_POST
@staffed
def set_archive(request, moot):
    """Open the archive to later participants, or close it."""
    is_open = request.POST.get("open") == "yes"
    said = {
        True: _("Participants of courts copied from this one can read its memorials now."),
        False: _("Only staff can read its memorials now."),
    }
    return tried(
        request,
        lambda: services.set_archive(moot, is_open=is_open, by=request.user),
        said[is_open],
        "archive",
        moot.pk,
    )


@staffed
def memorial(request, moot, memorial_id):
    """A memorial as it was handed in, also one of an earlier court."""
    moots = [moot, *access.earlier_moots(moot)]
    return send(access.get_staffed_memorial_or_404(moots, memorial_id))
