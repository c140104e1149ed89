"""The form of a whole content: what desks use."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.safestring import SafeString

from accounts.models import User
from h5p.models import ContentVersion, Library, StoredFile


class ContentForm:
    """The form of one content of one type, empty, filled or sent."""

    def __init__(
        self,
        library: Library,
        *,
        user: User,
        params: dict | None = None,
        metadata: dict | None = None,
        files: Mapping[str, StoredFile] | None = None,
        data: Mapping[str, Any] | None = None,
        language: str = "en",
    ):
        self.library = library
        self.user = user
        self.language = language
        self.files = dict(files or {})
        raise NotImplementedError

    @property
    def media(self) -> forms.Media:
        """Styles and scripts of everything that the form may show."""
        raise NotImplementedError

    def render(self) -> SafeString:
        """The form's fields; the frame, its buttons and the token are the page's."""
        raise NotImplementedError

    def is_valid(self) -> bool:
        """Whether it was sent to be saved and holds what the content type asks for."""
        raise NotImplementedError

    @property
    def errors(self) -> dict[str, list[str]]:
        """What is wrong, in sentences, by the name of the field."""
        raise NotImplementedError

    @property
    def title(self) -> str:
        """What the content is called."""
        raise NotImplementedError

    @property
    def metadata(self) -> dict:
        """Title, authors and licence, as h5p.json has them."""
        raise NotImplementedError

    @property
    def params(self) -> dict:
        """The parameters of the content type."""
        raise NotImplementedError

    @property
    def notes(self) -> list[str]:
        """What somebody should know before writing content of this type in a form."""
        raise NotImplementedError

    def store_files(self) -> dict[str, StoredFile]:
        """The files that the parameters use, by path; newly chosen ones are put into the store. In the transaction that saves."""
        raise NotImplementedError


def edited(version: ContentVersion) -> dict[str, Any]:
    """The arguments that let a form begin with what a version holds."""
    files = {file.path: file.stored for file in version.files.select_related("stored")}
    return {
        "params": version.params,
        "metadata": {"title": version.title} | version.metadata,
        "files": files,
        "language": version.language,
    }
