"""Makes the one staff group when the database is made, and notes who signs out."""

from django.contrib.auth.models import Permission
from django.contrib.auth.signals import user_logged_out
from django.db.models.signals import post_migrate
from django.dispatch import receiver

from accounts.services import staff_group


@receiver(post_migrate)
def make_staff_group(sender, **kwargs):
    """Once Wagtail's permission to open the CMS exists."""
    if sender.label == "wagtailadmin" and Permission.objects.filter(codename="access_admin").exists():
        staff_group()


@receiver(user_logged_out)
def note_who_left(sender, request, user, **kwargs):
    """For the browser, wherever on the site somebody signed out."""
    if user is not None and request is not None:
        request.signed_out = user
