"""Wagtail's permission policies answered from role rows. Registered in `apps.py`, before anybody asks."""

from django.db.models import Q
from wagtail.permission_policies.base import BasePermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy

from accounts.access import has_site_role
from accounts.models import Role, SiteRole, User
from courses.models import CourseRole
from courses.models.permissions import grants_for
from courses.models.roles import roles_by_course


class RolePagePermissionPolicy(PagePermissionPolicy):
    """Adds what role rows grant to what groups grant; every other question is Wagtail's own."""

    def get_all_permissions_for_user(self, user):
        """Group permissions and grants of role rows, alike."""
        groups = super().get_all_permissions_for_user(user)
        if not user.is_active or user.is_anonymous or user.is_superuser:
            return groups
        return [*groups, *grants_for(user)]

    def user_has_any_permission(self, user, actions):
        """Whoever works on any course has a way into the page tree; what they do there is asked page by page."""
        if super().user_has_any_permission(user, actions):
            return True
        looking = {"add", "change", "publish"} <= set(actions)
        return looking and bool(self.get_cached_permissions_for_user(user))

    def user_has_any_permission_for_instance(self, user, actions, instance):
        """As Wagtail does, but a grant for one page alone reaches no page below it."""
        base = self._base_user_has_permission(user)
        if base is not None:
            return base
        wanted = self._get_permission_codenames(actions)
        return any(
            grant.permission.codename in wanted and reaches(grant, instance)
            for grant in self.get_cached_permissions_for_user(user)
        ) or self._owner_may(user, actions, instance)

    def _owner_may(self, user, actions, instance):
        if "change" not in actions or instance.owner_id != user.pk:
            return False
        return self.user_has_any_permission_for_instance(user, {"add"}, instance)

    def instances_user_has_any_permission_for(self, user, actions):
        """Pages on which one of the actions is allowed."""
        base = self._base_queryset_for_user(user)
        if base is not None:
            return base
        wanted = self._get_permission_codenames(actions)
        grants = [g for g in self.get_cached_permissions_for_user(user) if g.permission.codename in wanted]
        return self.model._default_manager.filter(reach_of(grants))

    def instances_with_direct_explore_permission(self, user):
        """Pages a person's view of the tree begins at."""
        if user.is_superuser:
            return super().instances_with_direct_explore_permission(user)
        return [grant.page for grant in self.get_cached_permissions_for_user(user)]

    def explorable_instances(self, user):
        """Pages a person sees in the explorer: those of their grants, and the way down to them."""
        base = self._base_queryset_for_user(user)
        if base is not None:
            return base
        grants = list(self.get_cached_permissions_for_user(user))
        if not grants:
            return self.model._default_manager.none()
        top = self.model.base_page_model.objects.first_common_ancestor_of(
            self.model.base_page_model.objects.filter(pk__in={g.page_id for g in grants}), include_self=True
        )
        way_down = Q()
        for path in {grant.page.path for grant in grants}:
            steps = [path[:end] for end in range(len(top.path), len(path) + 1, self.model.steplen)]
            way_down |= Q(path__in=steps)
        return self.model._default_manager.filter(reach_of(grants) | way_down)

    def users_with_any_permission_for_instance(self, actions, instance, include_superusers=True):
        """People allowed by a group, by a role for the site or by a role on the course the page belongs to."""
        allowed = super().users_with_any_permission_for_instance(actions, instance, include_superusers)
        site = SiteRole.objects.current().filter(role=Role.ADMINISTRATOR).values("person")
        courses = CourseRole.objects.current().filter(
            role=Role.AUTHOR,
            course__translation_key__in=instance.get_ancestors(inclusive=True).values("translation_key"),
        )
        on_course = (
            courses.values("person") if set(actions) & {"add", "change"} else courses.none().values("person")
        )
        people = User.objects.filter(is_active=True)
        return people.filter(Q(pk__in=allowed.values("pk")) | Q(pk__in=site) | Q(pk__in=on_course))


def reaches(grant, page):
    """Whether a grant holds on a page."""
    if getattr(grant, "only_here", False):
        return page.pk == grant.page_id
    return page.path.startswith(grant.page.path)


def reach_of(grants):
    """The pages that grants hold on, as a filter that matches nothing when there are none."""
    found = Q(pk__in=[])
    for grant in grants:
        found |= (
            Q(pk=grant.page_id) if getattr(grant, "only_here", False) else Q(path__startswith=grant.page.path)
        )
    return found


class CourseOwnedPermissionPolicy(BasePermissionPolicy):
    """For activities and other rows of a course: its authors write them, its reviewers look, administrators publish.

    `course_field` is the lookup from the row to its course; rows without a course belong to administrators.
    """

    writing = frozenset({"add", "change", "delete"})

    def __init__(self, model, course_field="course"):
        super().__init__(model)
        self.course_field = course_field

    def user_has_permission(self, user, action):
        """Whether the action is allowed on some row."""
        if not user.is_active:
            return False
        if has_site_role(user, Role.ADMINISTRATOR):
            return True
        if action == "view" and has_site_role(user, Role.REVIEWER):
            return True
        return bool(self._courses(user, action))

    def user_has_permission_for_instance(self, user, action, instance):
        """Whether the action is allowed on this row."""
        return self.instances_user_has_any_permission_for(user, [action]).filter(pk=instance.pk).exists()

    def user_has_any_permission_for_instance(self, user, actions, instance):
        """Whether one of the actions is allowed on this row."""
        return self.instances_user_has_any_permission_for(user, actions).filter(pk=instance.pk).exists()

    def instances_user_has_any_permission_for(self, user, actions):
        """Rows on which one of the actions is allowed."""
        rows = self.model._default_manager.all()
        if not user.is_active:
            return rows.none()
        if has_site_role(user, Role.ADMINISTRATOR) or (
            "view" in actions and has_site_role(user, Role.REVIEWER)
        ):
            return rows
        keys = set().union(*(self._courses(user, action) for action in actions))
        return rows.filter(**{f"{self.course_field}__translation_key__in": keys})

    def users_with_any_permission(self, actions):
        """People who may do one of the actions on some row."""
        people = User.objects.filter(is_active=True)
        site = SiteRole.objects.current().filter(role=Role.ADMINISTRATOR).values("person")
        found = Q(is_superuser=True) | Q(pk__in=site)
        if set(actions) & (self.writing | {"view"}):
            found |= Q(pk__in=CourseRole.objects.current().filter(role=Role.AUTHOR).values("person"))
        return people.filter(found)

    def _courses(self, user, action):
        """Translation keys of the courses on which the person may do it."""
        needed = {Role.AUTHOR} if action in self.writing else set()
        if action == "view":
            needed = {Role.AUTHOR, Role.REVIEWER, Role.TRANSLATOR, Role.COORDINATOR}
        return {key for key, roles in roles_by_course(user).items() if roles & needed}
