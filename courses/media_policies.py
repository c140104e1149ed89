"""Role rows as Wagtail's permissions on pictures and files, so that whoever writes a course can illustrate it."""

from dataclasses import dataclass
from types import SimpleNamespace

from wagtail.models import Collection
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy

from accounts.access import site_roles
from accounts.models import Role
from courses.models.roles import roles_by_course

WRITERS = {Role.AUTHOR, Role.TRANSLATOR}
# Adding brings the right to change what one has added oneself.
WRITING = ("add", "choose")
EVERYTHING = ("add", "change", "choose")
KINDS = ("image", "document")


@dataclass(frozen=True)
class MediaGrant:
    """One permission on the root of all collections. Looks like Wagtail's group permission."""

    codename: str
    collection: Collection

    @property
    def collection_id(self):
        """The collection's key."""
        return self.collection.pk

    @property
    def permission(self):
        """The permission as Wagtail names it."""
        return SimpleNamespace(codename=self.codename)


class RoleMediaPolicy(CollectionOwnershipPermissionPolicy):
    """Adds what role rows grant to what groups grant; every other question is Wagtail's own."""

    def get_all_permissions_for_user(self, user):
        """Group permissions and grants of role rows, alike."""
        groups = super().get_all_permissions_for_user(user)
        if not user.is_active or user.is_anonymous or user.is_superuser:
            return groups
        return [*groups, *grants_for(user)]


def grants_for(user):
    """What role rows allow this person to do with pictures and files."""
    roles = site_roles(user).union(*roles_by_course(user).values())
    if Role.ADMINISTRATOR in roles:
        actions = EVERYTHING
    elif roles & WRITERS:
        actions = WRITING
    else:
        return []
    root = Collection.get_first_root_node()
    return [MediaGrant(f"{action}_{kind}", root) for kind in KINDS for action in actions] if root else []
