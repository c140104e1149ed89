"""How allauth behaves here."""

from types import SimpleNamespace

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import get_next_redirect_url
from django.conf import settings
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import override

from accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Asks for the profile after signing in until it is answered, and then goes where the person wanted."""

    def get_login_redirect_url(self, request):
        """Staff begin in the CMS, everybody else with what they are learning."""
        if request.user.has_perm("wagtailadmin.access_admin"):
            return reverse("wagtailadmin_home")
        return super().get_login_redirect_url(request)

    def post_login(self, request, user, **kwargs):
        """The profile while it has not been answered, else the page asked for."""
        response = super().post_login(request, user, **kwargs)
        if user.profile_completed_at or user.has_perm("wagtailadmin.access_admin"):
            return response
        return redirect(f"{reverse('accounts:profile')}?{urlencode({'next': response.url})}")

    def get_email_confirmation_url(self, request, emailconfirmation):
        """The link of the message; it remembers the page asked for, also on another device."""
        url = super().get_email_confirmation_url(request, emailconfirmation)
        wanted = get_next_redirect_url(request)
        return f"{url}?{urlencode({'next': wanted})}" if wanted else url

    def send_mail(self, template_prefix, email, context):
        """In the language of the person, where we know who it is; else in that of the page they are on."""
        context = {
            **context,
            "current_site": SimpleNamespace(name=settings.SITE_NAME, domain=settings.SITE_HOST),
        }
        person = context.get("user") or User.objects.filter(email__iexact=email).first()
        if person is None or not getattr(person, "language", ""):
            return super().send_mail(template_prefix, email, context)
        with override(person.language):
            return super().send_mail(template_prefix, email, context)
