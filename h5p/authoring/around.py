"""What all fields of one form share, and where in the form each of them stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from accounts.models import User
from h5p.authoring.chosen import Chosen
from h5p.authoring.names import element_id, join
from h5p.authoring.types import ContentTypes
from h5p.models import StoredFile


@dataclass
class Around:
    """One form: the types it may offer, the files that are there, those that are being chosen."""

    types: ContentTypes
    user: User
    # None where it is not known which files there are: for a part of a form.
    files: Mapping[str, StoredFile] | None = None

    @cached_property
    def chosen(self) -> Chosen:
        """Pictures and documents of the CMS."""
        return Chosen(self.user)


@dataclass(frozen=True)
class Place:
    """The name of a field, and where its description is: the type whose semantics have it and the steps in there."""

    name: str
    owner: str
    at: str = ""

    @property
    def id(self) -> str:
        """The id of its element."""
        return element_id(self.name)

    def step(self, field_name: str) -> "Place":
        """A field inside."""
        return Place(join(self.name, field_name), self.owner, join(self.at, field_name))

    def item(self, key: str) -> "Place":
        """An item of this list."""
        return Place(f"{self.name}/{key}", self.owner, f"{self.at}/*" if self.at else "*")

    def inside(self, owner: str, step: str) -> "Place":
        """What another type describes: the fields of a part, or what is known about it."""
        return Place(f"{self.name}/{step}", owner)
