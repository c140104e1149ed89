"""The form of a whole content: what desks use."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from accounts.models import User
from h5p.authoring.around import Around, Place
from h5p.authoring.building import build
from h5p.authoring.drawn import drawn_notes
from h5p.authoring.following import follow_language
from h5p.authoring.names import LANGUAGE
from h5p.authoring.nodes.base import Node
from h5p.authoring.nodes.groups import Fields, TypeFields
from h5p.authoring.nodes.media import media_of_choosers
from h5p.authoring.nodes.parts import METADATA_OWNER
from h5p.authoring.pictures import picture_addresses
from h5p.authoring.posted import Posted, as_json
from h5p.authoring.rights import content_metadata
from h5p.authoring.types import ContentTypes
from h5p.core.content_index import uses_of
from h5p.core.names import LibraryName
from h5p.core.semantics import GroupField
from h5p.models import ContentVersion, Library, StoredFile

PARAMS, METADATA = "params", "metadata"


class ContentForm:
    """The form of one content of one type: new, with what a version holds, or as it was sent."""

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
        types: ContentTypes | None = None,
    ):
        self.library = library
        self.language = language
        self.files = dict(files or {})
        types = types or ContentTypes(language=language)
        self.around = Around(types, user, self.files)
        self.posted = None if data is None else Posted.read(data)
        types.prepare([library.name, *uses_of(params).libraries, *self.sent_types()])
        self.fields = self.root(TypeFields, PARAMS, str(library.name), types.fields(library.name) or ())
        self.about = self.root(Fields, METADATA, METADATA_OWNER, content_metadata())
        if self.posted is None:
            self.fields.fill({} if params is None else params, fresh=params is None)
            self.about.fill(metadata if metadata is not None else {"license": "U"})
        else:
            self.fields.take(self.posted)
            self.about.take(self.posted)
            if (drawn_in := self.posted.text(LANGUAGE)) not in ("", language):
                follow_language(self.fields, drawn_in)
        if self.is_sent:
            self.check()

    def root(self, make: type[Fields], name: str, owner: str, fields: tuple) -> Any:
        """The fields at the top of one half of the form."""
        whole = GroupField(name=name, type="group", fields=fields)
        return make(whole, Place(name, owner), self.around, build=build)

    def sent_types(self) -> list[LibraryName]:
        """The types that what was sent may use, so that they are read at once."""
        if self.posted is None:
            return []
        return self.posted.types()

    @property
    def is_sent(self) -> bool:
        """Whether it was sent to be saved."""
        return self.posted is not None and not self.posted.rearranged

    def check(self) -> None:
        """Note what is wrong, once it is known which files were chosen anywhere."""
        _known = self.fields.value
        self.fields.check()
        self.about.check()

    def is_valid(self) -> bool:
        """Whether it was sent to be saved and holds what the content type asks for."""
        return self.is_sent and not self.errors

    @cached_property
    def errors(self) -> dict[str, list[str]]:
        """What is wrong, in sentences, by the name of the field."""
        return {node.name: node.problems for node in self.nodes if node.problems}

    @property
    def nodes(self) -> list[Node]:
        """Every field, in the order of the form."""
        return [*self.about.walk(), *self.fields.walk()]

    @property
    def summary(self) -> list[tuple[str, str, str]]:
        """The sentences, each with the id of its field and the items that it is in: "Question 3, Option 1"."""
        return [(node.id, node.where, sentence) for node in self.nodes for sentence in node.problems]

    @property
    def title(self) -> str:
        """What the content is called, as plain words."""
        title = self.about.named("title")
        return title.summary if title else ""

    @property
    def title_node(self) -> Node | None:
        """The field of the title, which stands above the others."""
        return self.about.named("title")

    @property
    def rights(self) -> list[Node]:
        """The other fields that say what the content is."""
        return [node for node in self.about.children if node is not self.title_node]

    @property
    def rights_have_problems(self) -> bool:
        """Whether they are to be open."""
        return any(node.has_problems for node in self.rights)

    @property
    def metadata(self) -> dict:
        """Title, authors and licence, as h5p.json has them."""
        return self.about.value

    @property
    def params(self) -> dict:
        """The parameters of the content type."""
        return self.fields.value

    @property
    def pictures(self) -> str:
        """Where the pictures are seen that the content has already, for scripts."""
        return as_json(picture_addresses(self.files))

    @cached_property
    def notes(self) -> list[str]:
        """What somebody should know before writing content of this type in a form."""
        return drawn_notes(self.library, self.nodes)

    @property
    def media(self) -> forms.Media:
        """Styles and scripts of everything that the form may show."""
        scripts = ("lists", "rules", "words", "sending")
        own = forms.Media(
            css={"all": ["h5p/authoring.css"]},
            js=[forms.widgets.Script(f"h5p/form-{name}.js", type="module") for name in scripts],
        )
        return media_of_choosers() + own

    def render(self) -> SafeString:
        """The form's fields; the frame, its buttons and the token are the page's."""
        return render_to_string("h5p/authoring/form.html", {"form": self})

    def store_files(self) -> dict[str, StoredFile]:
        """The files that the parameters use, by path; newly chosen ones go into the store.

        Call it in the transaction that saves the version.
        """
        used = list(uses_of(self.params).files)
        there = {path: self.files[path] for path in used if path in self.files}
        return self.around.chosen.keep(used) | there


def edited(version: ContentVersion) -> dict[str, Any]:
    """The arguments that let a form begin with what a version holds."""
    files = {file.path: file.stored for file in version.files.select_related("stored")}
    return {
        "params": version.params,
        "metadata": {"title": version.title} | version.metadata,
        "files": files,
        "language": version.language,
    }
