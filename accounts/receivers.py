"""Makes the one staff group when the database is made."""

from django.contrib.auth.models import Permission
from django.db.models.signals import post_migrate
from django.dispatch import receiver

from accounts.services import staff_group


@receiver(post_migrate)
def make_staff_group(sender, **kwargs):
    """Once Wagtail's permission to open the CMS exists."""
    if sender.label == "wagtailadmin" and Permission.objects.filter(codename="access_admin").exists():
        staff_group()
