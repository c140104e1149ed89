"""Pictures, films, sound and files: what is there, what is chosen from the CMS instead, or an address on the web."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.documents.widgets import AdminDocumentChooser
from wagtail.images.widgets import AdminImageChooser

from h5p.authoring.chosen import DOCUMENT, IMAGE, ChosenFile
from h5p.authoring.names import FILE, GONE, WEB
from h5p.authoring.nodes.base import Node
from h5p.authoring.nodes.groups import ListOf
from h5p.authoring.posted import as_json
from h5p.core.content_index import WEB as ON_THE_WEB
from h5p.core.content_index import local_path
from h5p.core.file_types import extension, media_type
from h5p.core.media import ADDRESS
from h5p.core.sanitize import MISSING
from h5p.core.semantics import ListField, MediaField

TUBES = ("youtube.com", "youtu.be")


@dataclass(frozen=True)
class SourceField(MediaField):
    """One source of a film or sound, which content keeps a list of."""

    @property
    def is_list(self) -> bool:
        """It is one of them."""
        return False


def sources_field(field: MediaField) -> ListField:
    """A film or sound as a list of its sources."""
    common = {
        key: getattr(field, key)
        for key in ("name", "label", "description", "importance", "optional", "show_when", "raw", "common")
    }
    inner = SourceField(
        name="source",
        type=field.type,
        extra_attributes=field.extra_attributes,
        label=field.label,
        optional=True,
    )
    common["raw"] = {**field.raw, "defaultNum": 1}
    return ListField(
        type="list", field=inner, entity=_("Source"), min=0 if field.optional else 1, max=20, **common
    )


class Sources(ListOf):
    """A film or sound: the same in several formats, or in one."""

    def examine(self):
        """There has to be one."""
        super().examine()
        if self.is_required and self.value is MISSING and not self.problems:
            self.refuse(_("“%(label)s”: choose a file.") % {"label": self.label})


class Media(Node):
    """One file."""

    template = "h5p/authoring/media.html"
    kind = "media"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # What the content has, what was chosen from the CMS, an address, and whether what is there is to go.
        self.file: Any = MISSING
        self.pk: int | None = None
        self.address = ""
        self.is_gone = False

    def fill(self, value, *, fresh=False):
        """Begin with the file that is there."""
        self.file = value
        if isinstance(value, dict) and isinstance(value.get("path"), str) and ON_THE_WEB.match(value["path"]):
            self.address = value["path"]

    def take(self, posted):
        """Take what is there and what is to become of it."""
        self.file = posted.json(self.name + FILE)
        self.is_gone = posted.text(self.name + GONE) == "1"
        self.address = posted.text(self.name + WEB).strip()
        typed = posted.text(self.name)
        self.pk = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 18 else None
        if self.pk is not None:
            self.around.chosen.want(self.source_kind, self.pk)

    @property
    def source_kind(self) -> str:
        """Where it is chosen from."""
        return IMAGE if self.field.type == "image" else DOCUMENT

    @cached_property
    def chosen(self) -> ChosenFile | None:
        """What was chosen from the CMS."""
        return self.around.chosen.get(self.source_kind, self.pk) if self.pk is not None else None

    @cached_property
    def problem(self) -> str:
        """Why what was chosen cannot be used, or nothing."""
        return self.chosen.problem(self.field.type) if self.chosen else ""

    @cached_property
    def value(self):
        """What was chosen, then the address, then what is there."""
        if self.chosen and not self.problem:
            described = self.chosen.described(self.field.type)
            self.around.chosen.by_path[described["path"]] = self.chosen
            return described
        if self.offers_web and self.address:
            return self.at_address()
        return MISSING if self.is_gone or self.was_on_web else self.file

    def at_address(self) -> Any:
        """What content says of a file on the web; what was known of it stays."""
        if isinstance(self.file, dict) and self.file.get("path") == self.address:
            return self.file
        host = (
            (urlsplit(self.address).hostname or "").removeprefix("www.")
            if ADDRESS.fullmatch(self.address)
            else ""
        )
        ending = extension(urlsplit(self.address).path) if host else ""
        known = media_type(f"x.{ending}") if ending else f"{self.field.type}/unknown"
        return {
            "path": self.address,
            "mime": "video/YouTube" if host in TUBES else known,
            "copyright": {"license": "U"},
        }

    @property
    def offers_web(self) -> bool:
        """Whether it may lie elsewhere."""
        return self.field.type in ("video", "audio")

    @property
    def was_on_web(self) -> bool:
        """Whether the address of a file on the web was taken out."""
        path = self.file.get("path") if isinstance(self.file, dict) else None
        return self.offers_web and isinstance(path, str) and bool(ON_THE_WEB.match(path)) and not self.address

    def examine(self):
        """The file must be there, be somebody's to choose, and be of the right type."""
        words = {"label": self.label}
        if self.pk is not None and self.chosen is None:
            self.refuse(
                _(
                    "“%(label)s”: what was chosen is not there any more, or not yours to choose. Choose another file."
                )
                % words
            )
        elif self.problem:
            self.refuse(self.problem)
        elif self.offers_web and self.address and not ADDRESS.fullmatch(self.address):
            self.refuse(_("“%(label)s”: the address must begin with https:// and hold no spaces.") % words)
        elif self.value is MISSING and self.is_required:
            self.refuse(_("“%(label)s”: choose a file.") % words)
        elif self.lost_path:
            words["path"] = self.lost_path
            self.refuse(
                _("“%(label)s”: “%(path)s” is not among the files of this content. Choose it again.") % words
            )

    @property
    def lost_path(self) -> str:
        """The path of a file that is not there."""
        value = self.value
        path = value.get("path") if isinstance(value, dict) and value is self.file else None
        local = local_path(path) if isinstance(path, str) else None
        files, chosen = self.around.files, self.around.chosen.by_path
        is_lost = local and files is not None and local not in files and local not in chosen
        return local if is_lost else ""

    @property
    def is_there(self) -> bool:
        """Whether the content has a file already, not on the web."""
        return bool(self.path_shown) and not ON_THE_WEB.match(self.path_shown)

    @property
    def path_shown(self) -> str:
        """Its path."""
        path = self.file.get("path") if isinstance(self.file, dict) else None
        return path if isinstance(path, str) else ""

    @property
    def carried(self) -> str:
        """What is known of the file, for its hidden field."""
        return "" if self.file is MISSING else as_json(self.file)

    @property
    def chooser(self) -> str:
        """The CMS's own control."""
        widget = chooser_for(self.field.type)
        row = self.chosen.row if self.chosen else None
        return widget.render(self.name, row, attrs={"id": self.id})


def chooser_for(field_type: str) -> forms.Widget:
    """The control that chooses a picture or a document, in words for this place."""
    if field_type == "image":
        return AdminImageChooser()
    words = {
        "video": (_("Choose a film"), _("Choose another film")),
        "audio": (_("Choose a sound file"), _("Choose another sound file")),
    }
    one, another = words.get(field_type, (_("Choose a document"), _("Choose another document")))
    return AdminDocumentChooser(choose_one_text=one, choose_another_text=another)


def media_of_choosers() -> forms.Media:
    """Scripts and styles of the CMS's controls."""
    return AdminImageChooser().media + AdminDocumentChooser().media
