"""Parts: content of another type inside this one, with its own identifier, title and licence."""

import uuid
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from h5p.authoring.names import CLOSED, DRAWN, PART, REST, TYPE
from h5p.authoring.nodes.base import Node
from h5p.authoring.nodes.groups import Fields, TypeFields
from h5p.authoring.posted import as_json
from h5p.authoring.rights import part_metadata
from h5p.core.names import LibraryName
from h5p.core.sanitize import MISSING, is_sub_content_id
from h5p.core.semantics import GroupField

OWN_KEYS = ("library", "params", "subContentId", "metadata")
METADATA_OWNER = "metadata"


class Part(Node):
    """A field that holds content of one of several types."""

    template = "h5p/authoring/part.html"
    kind = "part"

    def __init__(self, field, place, around, parent=None, *, build):
        super().__init__(field, place, around, parent)
        self.build = build
        self.type: LibraryName | None = None
        self.inner: TypeFields | None = None
        self.about: Fields | None = None
        self.part_id = ""
        self.rest: dict = {}
        # A part of a type that cannot be used here: kept as it came.
        self.foreign: Any = MISSING

    @property
    def children(self):
        """The fields of the type, and what is known about the part."""
        return [one for one in (self.inner, self.about) if one]

    def named(self, name):
        """A field of the type that was chosen."""
        return self.inner.named(name) if self.inner else None

    def fill(self, value, *, fresh=False):
        """Begin with a part; new content begins with the only type there is."""
        if value is MISSING and fresh and self.only and not self.is_inside(self.only):
            value = {"library": str(self.only)}
        name = LibraryName.parse(value.get("library")) if isinstance(value, dict) else None
        if name is not None and self.can_be(name):
            self.start(name)
            self.inner.fill(value.get("params", MISSING), fresh="params" not in value)
            self.fill_about(value.get("metadata"))
            self.keep_id(value.get("subContentId"))
            self.rest = {key: item for key, item in value.items() if key not in OWN_KEYS}
            if not self.about and "metadata" in value:
                self.rest["metadata"] = value["metadata"]
        elif value is not MISSING:
            self.foreign = value

    def start(self, name: LibraryName) -> None:
        """Make the fields of a type."""
        self.type = name
        fields = self.around.types.fields(name) or ()
        whole = GroupField(name="params", type="group", fields=fields)
        self.inner = TypeFields(
            whole, self.place.inside(str(name), "params"), self.around, self, build=self.build
        )
        if self.has_metadata(name):
            place = self.place.inside(METADATA_OWNER, "metadata")
            about = GroupField(name="metadata", type="group", fields=part_metadata())
            self.about = Fields(about, place, self.around, self, build=self.build)

    def has_metadata(self, name: LibraryName) -> bool:
        """Whether the type wants a title and a licence of its own."""
        library = self.around.types.get(name)
        settings = library.info.get("metadataSettings") if library else None
        return not (isinstance(settings, dict) and settings.get("disable") in (1, True, "1"))

    def fill_about(self, metadata: Any) -> None:
        """Title and licence; a new part says what type it is."""
        if self.about:
            library = self.around.types.get(self.type)
            new = {"contentType": library.title, "license": "U"}
            self.about.fill(metadata if isinstance(metadata, dict) else new)

    def keep_id(self, part_id: Any) -> None:
        """An identifier is made once and kept."""
        self.part_id = part_id if is_sub_content_id(part_id) else str(uuid.uuid4())

    def take(self, posted):
        """Take the part, or begin another one where another type was chosen."""
        chosen = LibraryName.parse(posted.text(self.name + TYPE))
        drawn = LibraryName.parse(posted.text(self.name + DRAWN))
        foreign = posted.json(self.name + CLOSED)
        if foreign is not MISSING and (chosen is None or str(chosen) == name_of(foreign)):
            self.foreign = foreign
        elif foreign is not MISSING and self.can_be(chosen):
            self.fill(moved(foreign, chosen))
        elif drawn is not None and self.can_be(drawn) and chosen is not None:
            self.take_drawn(posted, drawn)
            if chosen != drawn:
                self.fill_other(chosen)
        elif chosen is not None and self.can_be(chosen):
            self.fill({"library": str(chosen)})

    def take_drawn(self, posted, drawn: LibraryName) -> None:
        """Take the fields that were drawn."""
        self.start(drawn)
        self.inner.take(posted)
        if self.about:
            self.about.take(posted)
        self.keep_id(posted.text(self.name + PART))
        rest = posted.json(self.name + REST)
        self.rest = rest if isinstance(rest, dict) else {}

    def fill_other(self, chosen: LibraryName) -> None:
        """Go on with another type: another version of the same one keeps what was written."""
        value = moved(self.value, chosen)
        self.inner = self.about = self.type = None
        self.fill(value)

    def can_be(self, name: LibraryName | None) -> bool:
        """Whether content of this type may stand here and can be played."""
        return name in self.field.options and self.around.types.get(name) is not None

    def is_inside(self, name: LibraryName) -> bool:
        """Whether this is in content of that type already: types that hold themselves begin empty."""
        above = self.parent
        while above is not None:
            if isinstance(above, Part) and above.type == name:
                return True
            if above.parent is None and above.place.owner == str(name):
                return True
            above = above.parent
        return False

    @property
    def value(self):
        """The part as content keeps it."""
        if self.type is None or self.inner is None:
            return self.foreign
        value = {"library": str(self.type), "params": self.inner.value, "subContentId": self.part_id}
        if self.about:
            value["metadata"] = self.about.value
        return value | self.rest

    @property
    def compared(self):
        """Rules compare the type."""
        return {"library": str(self.type)} if self.type else None

    def examine(self):
        """One has to be chosen."""
        if self.type is None and self.foreign is MISSING and self.is_required:
            self.refuse(_("“%(label)s”: choose a content type.") % {"label": self.label})

    @cached_property
    def offered(self) -> list[LibraryName]:
        """The types that may be chosen."""
        return [library.name for library in self.around.types.offered(self.field.options)]

    @property
    def only(self) -> LibraryName | None:
        """The type, where there is no choice."""
        return self.offered[0] if len(self.offered) == 1 and not self.field.optional else None

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        """The types for the control: name, title, whether it is chosen."""
        names = [*self.offered]
        if self.type and self.type not in names:
            names.append(self.type)
        titles = [self.around.types.get(name).local_title for name in names]
        return [
            (str(name), self.title_of(name, titles), name == self.type)
            for name in sorted(names, key=lambda name: self.around.types.get(name).local_title.casefold())
        ]

    def title_of(self, name: LibraryName, titles: list[str]) -> str:
        """The title, with the version where two have the same."""
        title = self.around.types.get(name).local_title
        return title if titles.count(title) == 1 else f"{title} ({name.major}.{name.minor})"

    @property
    def is_fixed(self) -> bool:
        """Whether there is nothing to choose."""
        return self.type is not None and self.only == self.type

    @property
    def title(self) -> str:
        """What the chosen type is called."""
        library = self.around.types.get(self.type)
        return library.local_title if library else ""

    @property
    def foreign_name(self) -> str:
        """The type that cannot be used here."""
        return name_of(self.foreign)

    @property
    def foreign_json(self) -> str:
        """The part that cannot be used here, for its hidden field."""
        return "" if self.foreign is MISSING else as_json(self.foreign)

    @property
    def carried(self) -> str:
        """What belongs to no field."""
        return as_json(self.rest) if self.rest else ""

    @property
    def summary(self):
        """Its own title, or the first words in it, after the name of the type."""
        if not self.inner:
            return self.foreign_name
        title = (self.about and self.about.summary) or self.inner.summary
        return f"{self.title}: {title}" if title else self.title


def name_of(value: Any) -> str:
    """The type that a part names."""
    name = value.get("library") if isinstance(value, dict) else None
    return name if isinstance(name, str) else ""


def moved(value: Any, chosen: LibraryName) -> dict:
    """A part under another type: what was written stays where only the version differs."""
    before = LibraryName.parse(name_of(value))
    if before is None or before.machine_name != chosen.machine_name:
        return {"library": str(chosen)}
    return value | {"library": str(chosen)}
