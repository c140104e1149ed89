"""Who may make interactive content, and who decides which code runs."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.access import has_site_role, holds_role_anywhere
from accounts.models import Role, User
from h5p.models import Content, Library

MANAGERS = (Role.H5P_MANAGER, Role.ADMINISTRATOR)


def can_manage_libraries(user: User) -> bool:
    """Whether the person approves, rejects and removes libraries."""
    return has_site_role(user, *MANAGERS)


def can_author_content(user: User) -> bool:
    """Whether the person imports and writes content: authors and translators of the site or of any course."""
    return has_site_role(user, *MANAGERS) or holds_role_anywhere(user, Role.AUTHOR, Role.TRANSLATOR)


def get_library_or_404(user: User, pk: int) -> Library:
    """A library, for its manager."""
    if not can_manage_libraries(user):
        raise Http404
    return get_object_or_404(Library, pk=pk)


def get_content_or_404(user: User, pk: int) -> Content:
    """Content, for whoever may make it."""
    if not can_author_content(user):
        raise Http404
    return get_object_or_404(Content.objects.select_related("current"), pk=pk)
