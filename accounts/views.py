"""A person's own pages about themselves."""

from allauth.account.views import ConfirmEmailView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts import services
from accounts.forms import ProfileForm
from accounts.redirects import next_url


@login_required
def profile(request):
    """What reporting needs, asked once and changeable."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        services.complete_profile(request.user, form)
        messages.success(request, _("Your profile has been saved."))
        return redirect(next_url(request) or "accounts:profile")
    context = {"form": form, "next": next_url(request), "current_section": "account"}
    return render(request, "accounts/profile.html", context, status=422 if form.errors else 200)


class ConfirmEmail(ConfirmEmailView):
    """allauth's page, with a sentence instead of "not found" when the link was used or has expired."""

    def post(self, *args, **kwargs):
        """Confirm; a second click on the same button finds the link used."""
        try:
            return super().post(*args, **kwargs)
        except Http404:
            self.object = None
            return self.render_to_response(self.get_context_data())

    def render_to_response(self, context, **kwargs):
        """Say in the status too that the link leads nowhere."""
        return super().render_to_response(context, **kwargs, status=200 if self.object else 404)
