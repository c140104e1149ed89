"""Who holds which role for the whole site, or anywhere at all. The only place site roles are read."""

from accounts.models import Role, RoleAssignment, SiteRole, User


def site_roles(user: User) -> frozenset[str]:
    """The roles this person holds for the whole site today; a superuser holds all.

    Read once per request: the answer stays on the user object, which lives as long as the request.
    """
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    if user.is_superuser:
        return frozenset(Role.values)
    if not hasattr(user, "_site_roles"):
        user._site_roles = frozenset(SiteRole.objects.held_by(user).current().values_list("role", flat=True))
    return user._site_roles


def has_site_role(user: User, *roles: str) -> bool:
    """Whether the person holds any of these roles for the whole site today."""
    return not site_roles(user).isdisjoint(roles)


def holds_role_anywhere(user: User, *roles: str) -> bool:
    """Whether the person holds any of these roles today, for the site or on any course or edition."""
    if has_site_role(user, *roles):
        return True
    if not user.is_authenticated or not user.is_active:
        return False
    if not hasattr(user, "_roles_anywhere"):
        scopes = RoleAssignment.__subclasses__()
        held = [scope.objects.held_by(user).current().order_by().values_list("role") for scope in scopes]
        user._roles_anywhere = frozenset(role for (role,) in held[0].union(*held[1:]))
    return not user._roles_anywhere.isdisjoint(roles)
