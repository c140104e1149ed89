"""Role rows as Wagtail's page permissions, so that explorer, editor, choosers, bulk actions and API agree."""

from dataclasses import dataclass
from types import SimpleNamespace

from wagtail.models import Page, PagePermissionTester

from accounts.access import site_roles
from accounts.models import Role
from courses.models.roles import roles_by_course

EVERYTHING = ("add", "change", "publish", "lock", "unlock", "bulk_delete")
# Without "publish", "bulk_delete" reaches drafts only: a draft unit goes with its draft lessons.
AUTHORING = ("add", "change", "bulk_delete")
# Stands for "may look": no action of Wagtail's is called that, so it allows none.
LOOKING = ("look",)


@dataclass(frozen=True)
class Grant:
    """One permission on one page and, unless `only_here`, on all below it. Looks like Wagtail's group permission."""

    page: Page
    action: str
    only_here: bool = False

    @property
    def page_id(self):
        """The page's key."""
        return self.page.pk

    @property
    def permission(self):
        """The permission as Wagtail names it."""
        return SimpleNamespace(codename=f"{self.action}_page")


def grants_for(user):
    """What role rows allow this person on the page tree today."""
    return [*site_grants(user), *course_grants(user)]


def site_grants(user):
    """What roles for the whole site allow."""
    roles = site_roles(user)
    if Role.ADMINISTRATOR in roles:
        return [Grant(root, action) for root in Page.objects.filter(depth=1) for action in EVERYTHING]
    grants = []
    if roles & {Role.AUTHOR, Role.REVIEWER}:
        for place in Page.objects.filter(
            content_type__app_label="courses", content_type__model="courseindexpage"
        ):
            if Role.AUTHOR in roles:
                grants.append(Grant(place, "add", only_here=True))
            if Role.REVIEWER in roles:
                grants += [Grant(place, action) for action in LOOKING]
    return grants


def course_grants(user):
    """What roles on single courses allow, in every language of theirs."""
    held = roles_by_course(user)
    if not held:
        return []
    grants = []
    pages = Page.objects.filter(translation_key__in=held, content_type__model="coursepage")
    for page in pages.select_related("coursepage"):
        grants += [Grant(page, action) for action in actions_of(held[page.translation_key], page.coursepage)]
    return grants


def actions_of(roles, course):
    """What these roles allow on one language of a course: translators leave the source language alone."""
    if Role.AUTHOR in roles:
        return AUTHORING
    if Role.TRANSLATOR in roles and course.locale_id != course.source_locale_id:
        return ("change",)
    return LOOKING if roles & {Role.REVIEWER, Role.TRANSLATOR, Role.COORDINATOR} else ()


class CoursePermissionTester(PagePermissionTester):
    """Rights on a page of a course: creating courses beside it gives none inside it."""

    def __init__(self, user, page):
        super().__init__(user, page)
        if user.is_active and not user.is_superuser:
            self.permissions = {
                grant.permission.codename.rsplit("_", maxsplit=1)[0]
                for grant in self.permission_policy.get_cached_permissions_for_user(user)
                if page.path.startswith(grant.page.path) and not getattr(grant, "only_here", False)
            }
