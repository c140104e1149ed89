"""People and what they may do."""

from itertools import count

from django.contrib.auth.models import Permission
from django.utils import timezone

from accounts.models import SiteRole, User

# Of four digits each, so that the order of names is the order in which they were made.
_numbers = count(1001)


def make_person(email=None, **fields):
    """Somebody who can sign in, with a complete profile so that no page asks for it first."""
    number = next(_numbers)
    defaults = {
        "first_name": "Amina",
        "last_name": f"Diallo {number}",
        "profile_completed_at": timezone.now(),
    }
    person = User(email=email or f"person{number}@example.org", **defaults | fields)
    person.set_password("a long enough password")
    person.save()
    return person


def make_staff(*site_roles, **fields):
    """Somebody who may enter the CMS, with roles for the whole site."""
    person = make_person(**{"first_name": "Rosa"} | fields)
    person.user_permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    )
    for role in site_roles:
        SiteRole.objects.create(person=person, role=role)
    return person
