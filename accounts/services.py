"""Changing who people are here: profile, printed name, roles."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils import timezone

from accounts import emails
from accounts.models import RoleAssignment, User
from accounts.signals import name_confirmed
from foundation.audit import services as audit

STAFF_GROUP = "Staff"


def staff_group() -> Group:
    """The one group that opens the CMS. What a person may do there comes from role rows."""
    group, created = Group.objects.get_or_create(name=STAFF_GROUP)
    if created:
        group.permissions.add(
            Permission.objects.get(codename="access_admin", content_type__app_label="wagtailadmin")
        )
    return group


@transaction.atomic
def grant_role(assignment: RoleAssignment, *, by: User | None) -> RoleAssignment:
    """Give a role on any scope: checks and saves the row, opens the CMS, and records it with its reason."""
    assignment.granted_by = by
    assignment.full_clean(exclude=["granted_by"])
    assignment.save()
    assignment.person.groups.add(staff_group())
    audit.record(
        by, "accounts.grant_role", assignment, reason=assignment.reason, after=_described(assignment)
    )
    return assignment


@transaction.atomic
def end_role(assignment: RoleAssignment, *, by: User, reason: str) -> None:
    """End a role now; yesterday was its last whole day. The row stays. Safe to repeat."""
    yesterday = timezone.localdate() - timedelta(days=1)
    if assignment.ends_on and assignment.ends_on <= yesterday:
        return
    before = _described(assignment)
    assignment.ends_on = yesterday
    assignment.starts_on = min(assignment.starts_on, yesterday)
    assignment.save(update_fields=["ends_on", "starts_on"])
    if not holds_any_role(assignment.person):
        assignment.person.groups.remove(staff_group())
    audit.record(
        by, "accounts.end_role", assignment, reason=reason, before=before, after=_described(assignment)
    )


@transaction.atomic
def match_staff_group() -> None:
    """Open the CMS for everybody with a role in force today, and close it for all whose last role has ended."""
    group = staff_group()
    holders = set()
    for scope in RoleAssignment.__subclasses__():
        holders |= set(scope.objects.current().values_list("person", flat=True))
    members = set(group.user_set.values_list("pk", flat=True))
    group.user_set.remove(*(members - holders))
    group.user_set.add(*(holders - members))


def _described(assignment):
    return {
        "person": assignment.person.email,
        "role": assignment.role,
        "from": assignment.starts_on.isoformat(),
        "until": assignment.ends_on.isoformat() if assignment.ends_on else None,
    }


def holds_any_role(person: User) -> bool:
    """Whether any role on any scope is in force for the person today."""
    return any(scope.objects.held_by(person).current().exists() for scope in RoleAssignment.__subclasses__())


@transaction.atomic
def complete_profile(person: User, form) -> None:
    """Save a valid profile form and remember that it was answered, so that it is asked once."""
    form.save()
    if person.profile_completed_at is None:
        person.profile_completed_at = timezone.now()
        person.save(update_fields=["profile_completed_at"])


@transaction.atomic
def confirm_name(person: User, name: str) -> None:
    """Keep the name as the person wants it printed on certificates from now on; printed ones stay as they are."""
    person.name_for_certificate = " ".join(name.split())
    person.name_confirmed_at = timezone.now()
    person.save(update_fields=["name_for_certificate", "name_confirmed_at"])
    name_confirmed.send(sender=User, person=person)


@transaction.atomic
def correct_name(person: User, name: str, *, by: User, reason: str) -> None:
    """Correct the name to print, for the person; what is printed already stays as it is. Safe to repeat."""
    name = " ".join(name.split())
    before = person.name_for_certificate
    if name == before:
        return
    person.name_for_certificate = name
    person.name_confirmed_at = person.name_confirmed_at or timezone.now()
    person.save(update_fields=["name_for_certificate", "name_confirmed_at"])
    audit.record(
        by, "accounts.correct_name", person, reason=reason, before={"name": before}, after={"name": name}
    )


@transaction.atomic
def create_person(person: User, *, by: User) -> User:
    """Open an account for somebody, who chooses a password by the link of the message that follows."""
    person.set_unusable_password()
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, primary=True)
    audit.record(by, "accounts.create_person", person, after=_named(person))
    emails.send_welcome(person)
    return person


@transaction.atomic
def change_person(person: User, *, by: User) -> User:
    """Keep what staff changed on a person's name, address or language. A new address has to be confirmed again."""
    before = _named(User.objects.get(pk=person.pk))
    person.save()
    after = _named(person)
    if before["email"].lower() != after["email"].lower():
        EmailAddress.objects.filter(user=person).delete()
        EmailAddress.objects.create(user=person, email=person.email, primary=True)
    if before != after:
        audit.record(by, "accounts.change_person", person, before=before, after=after)
    return person


def _named(person):
    return {field: getattr(person, field) for field in ("email", "first_name", "last_name", "language")}


@transaction.atomic
def reactivate(person: User, *, by: User, reason: str) -> None:
    """Open a closed account again. Safe to repeat."""
    if person.is_active:
        return
    person.is_active = True
    person.save(update_fields=["is_active"])
    audit.record(
        by, "accounts.reactivate", person, reason=reason, before={"active": False}, after={"active": True}
    )


@transaction.atomic
def deactivate(person: User, *, by: User, reason: str) -> None:
    """Close the account: no signing in any more, every record stays. Safe to repeat."""
    if not person.is_active:
        return
    person.is_active = False
    person.save(update_fields=["is_active"])
    audit.record(
        by, "accounts.deactivate", person, reason=reason, before={"active": True}, after={"active": False}
    )
