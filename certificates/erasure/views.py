"""Erasing in the CMS."""

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.auth import require_admin_access

from accounts.asking import ask_and_do
from certificates import access
from certificates.erasure import services
from certificates.erasure.forms import EraseForm
from certificates.services import AwardRefused
from certificates.viewsets.register import crumbs_to


@require_admin_access
def erase(request, pk):
    """Ask why and have the number typed, then erase name and file."""
    award = access.get_award_to_decide_or_404(request.user, pk)

    def do(data):
        if data.get("everything"):
            return services.erase_awards_of(award.holder, by=request.user, reason=data["reason"])
        return services.erase(award, by=request.user, reason=data["reason"])

    return ask_and_do(
        request,
        EraseForm(request.POST or None, award=award),
        do=do,
        refused=AwardRefused,
        done=_("Name and file of %(number)s have been erased.") % {"number": award.number},
        title=_("Erase name and file"),
        text=_(
            "The name and the stored file of %(number)s, and of the awards it replaced, are destroyed for ever. "
            "Number, code and hash stay: it is verified “without name”, and whoever has the file can still have it "
            "checked. This cannot be undone."
        )
        % {"number": award.number},
        icon="bin",
        back=reverse("award_register:inspect", args=[pk]),
        crumbs=crumbs_to(award),
    )
