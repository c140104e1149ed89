"""Who may make interactive content, and who decides which code runs."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from wagtail import hooks

from accounts.access import has_site_role, holds_role_anywhere
from accounts.models import Role, User
from h5p.models import Content, ContentVersion, Library
from h5p.tokens import ASSETS, PREVIEW, BadToken, Tokens

# How the holder of a token for files begins who is an author: "u3".
AUTHOR = "u"
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


def facts_or_404(tokens: Tokens, token: str) -> tuple[str, ...]:
    """What a token says; a forged or expired one leads nowhere."""
    try:
        return tokens.read(token)
    except BadToken as error:
        raise Http404 from error


def author_or_404(pk: str) -> User:
    """Somebody who may make content, by what a token says of them."""
    user = User.objects.filter(pk=pk, is_active=True).first()
    if user is None or not can_author_content(user):
        raise Http404
    return user


def playing_content_or_404(token: str) -> int:
    """The content whose files may be loaded with this token, as long as its holder may play.

    Apps that let people play register a hook `h5p_holder_may_load`: given the holder that they put into the token,
    it says whether they may still load files, or None for a holder of somebody else's.
    """
    holder, content = facts_or_404(ASSETS, token)
    if holder.startswith(AUTHOR):
        author_or_404(holder.removeprefix(AUTHOR))
    elif not any(may_load(holder) for may_load in hooks.get_hooks("h5p_holder_may_load")):
        raise Http404
    return int(content)


def previewed_version_or_404(token: str) -> tuple[ContentVersion, User]:
    """The version that an author looks at, and the author."""
    version, user = facts_or_404(PREVIEW, token)
    author = author_or_404(user)
    return get_object_or_404(ContentVersion.objects.select_related("content"), pk=version), author
