"""Content types made up for the tests of forms, and filling forms as a browser does."""

import json
from html.parser import HTMLParser

from django.http import QueryDict

from h5p.authoring import ContentForm
from h5p.authoring.types import ContentTypes
from h5p.models import Library
from h5p.services.importing import import_package
from tests.h5p.packages import library_files, manifest, pack

TEXT = {"name": "words", "type": "text", "label": "Words"}


# Groups and lists.

ANSWERS = {
    "name": "answers",
    "type": "list",
    "label": "Answers",
    "entity": "answer",
    "min": 2,
    "max": 3,
    "field": {
        "name": "answer",
        "type": "group",
        "fields": [TEXT, {"name": "right", "type": "boolean", "label": "Right"}],
    },
}


# Parts of another type.

PART = {
    "name": "part",
    "type": "library",
    "label": "Part",
    "options": ["T.Inner 1.0", "T.Other 1.0", "T.Gone 1.0"],
}
INNER = ("T.Inner", [TEXT])
OTHER = ("T.Other", [TEXT, {"name": "more", "type": "text", "label": "More"}])
VOID = {"input"}


def install(*described, approve=True):
    """Approve libraries; each is (machine name, semantics, more). Answers with the first."""
    main = described[0][0]
    files = {
        "h5p.json": json.dumps(manifest(mainLibrary=main, preloadedDependencies=[])),
        "content/content.json": "{}",
    }
    languages = {}
    for name, semantics, *more in described:
        more = dict(more[0]) if more else {}
        words = more.pop("languages", {})
        files |= library_files(name, semantics=semantics, **more)
        folder = f"{name}-{more.get('major', 1)}.{more.get('minor', 0)}"
        languages |= {
            f"{folder}/language/{code}.json": json.dumps({"semantics": said}) for code, said in words.items()
        }
    dependencies = [{"machineName": name, "majorVersion": 1, "minorVersion": 0} for name, *_rest in described]
    files["h5p.json"] = json.dumps(manifest(mainLibrary=main, preloadedDependencies=dependencies))
    import_package(pack(files | languages), "types.h5p", by=None, approve=approve)
    return Library.objects.filter(machine_name=main).order_by("-pk").first()


class MadeUp(ContentTypes):
    """One type that is nowhere but here."""

    installed = {}

    def __init__(self, library):
        super().__init__(language="en")
        self.found = {library.name: library.fields}


def form_for(semantics, user, params=None, data=None):
    """The form of a type with these fields, without a database."""
    library = Library(
        machine_name="T.MadeUp", major=1, minor=0, patch=0, title="Made up", semantics=semantics
    )
    return ContentForm(library, user=user, params=params, data=data, types=MadeUp(library))


class Controls(HTMLParser):
    """Collects what a browser would send of a form that nobody touched."""

    def __init__(self):
        super().__init__()
        self.sent = []
        self.open_select = self.open_text = None
        self.first_option = None

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        name, kind = found.get("name"), found.get("type", "text")
        if tag == "input" and name:
            if kind not in ("checkbox", "radio") or "checked" in found:
                usual = "on" if kind in ("checkbox", "radio") else ""
                self.sent.append((name, found.get("value", usual) or ""))
        elif tag == "textarea" and name:
            self.open_text = [name, ""]
        elif tag == "select" and name:
            self.open_select, self.first_option = [name, None], None
        elif tag == "option" and self.open_select:
            value = found.get("value", "") or ""
            self.first_option = value if self.first_option is None else self.first_option
            if "selected" in found:
                self.open_select[1] = value

    def handle_data(self, data):
        if self.open_text:
            self.open_text[1] += data

    def handle_endtag(self, tag):
        if tag == "textarea" and self.open_text:
            name, text = self.open_text
            self.sent.append((name, text.removeprefix("\n").replace("\n", "\r\n")))
            self.open_text = None
        elif tag == "select" and self.open_select:
            name, value = self.open_select
            if value is None:
                value = self.first_option
            if value is not None:
                self.sent.append((name, value))
            self.open_select = None


def sent_by(form):
    """What a browser sends of the form as it is drawn."""
    controls = Controls()
    controls.feed(form.render())
    data = QueryDict(mutable=True)
    for name, value in controls.sent:
        data.appendlist(name, value)
    return data


def sent_again(form, **changes):
    """The form after it was sent as it was drawn, with some controls changed; None takes one out."""
    data = sent_by(form)
    for name, value in changes.items():
        if value is None:
            data.pop(name, None)
        elif isinstance(value, list):
            data.setlist(name, value)
        else:
            data[name] = value
    types = MadeUp(form.library) if isinstance(form.around.types, MadeUp) else None
    return ContentForm(
        form.library, user=form.around.user, files=form.files, data=data, language=form.language, types=types
    )
