"""How allauth behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.urls import reverse
from django.utils.http import urlencode


class AccountAdapter(DefaultAccountAdapter):
    """Asks for the profile once, after the first sign-in, and then goes where the person wanted."""

    def get_login_redirect_url(self, request):
        """The profile while it has not been answered, else the page asked for."""
        wanted = super().get_login_redirect_url(request)
        if request.user.profile_completed_at or request.user.has_perm("wagtailadmin.access_admin"):
            return wanted
        return f"{reverse('accounts:profile')}?{urlencode({'next': wanted})}"

    get_signup_redirect_url = get_login_redirect_url
