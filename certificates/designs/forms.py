"""The forms of the designer: one for the page and one for each element, made from what the engine knows of them."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certificates.designs import words
from certificates.models import Design
from certificates.paper.design import FORMAT, PAPERS
from certificates.paper.elements import (
    COLOURS,
    KINDS,
    Asset,
    Choice,
    Number,
    Words,
    WordsByLanguage,
    fields_of,
    new_element,
)
from certificates.paper.merging import FIELDS, unclosed, unknown_fields
from certificates.paper.pictures import NotAPicture, normalized
from certificates.refusing import refusal

# In the form a text for every language but the one that `text` itself is for.
OTHER_LANGUAGES = {code: f"text_{code.replace('-', '_')}" for code, _label in settings.LANGUAGES}


class PageForm(forms.Form):
    """Size and orientation of the page, where the column stands, and the colours."""

    paper = forms.ChoiceField(
        label=gettext_lazy("Page size"), choices=[(name, words.OPTIONS[name]) for name in PAPERS]
    )
    orientation = forms.ChoiceField(
        label=gettext_lazy("Orientation"),
        choices=[(name, words.OPTIONS[name]) for name in ("landscape", "portrait")],
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("x", "y", "width", "height"):
            self.fields[f"column_{name}"] = _number(Number(0, 420), words.LABELS[name])
        for name in COLOURS:
            if name != "white":
                self.fields[f"colour_{name}"] = forms.RegexField(
                    r"^#[0-9A-Fa-f]{6}$",
                    label=words.OPTIONS[name],
                    error_messages={"invalid": _("Write # and six digits from 0 to F, for example #00557F.")},
                    widget=forms.TextInput(attrs={"type": "color"}),
                )

    @property
    def page_fields(self):
        """Size and orientation."""
        return [self["paper"], self["orientation"]]

    @property
    def column_fields(self):
        """The place of the column."""
        return [self[name] for name in self.fields if name.startswith("column_")]

    @property
    def colour_fields(self):
        """The colours."""
        return [self[name] for name in self.fields if name.startswith("colour_")]

    @staticmethod
    def initial_of(content):
        """What the form shows of a design."""
        colours = COLOURS | (content.get("colours") or {})
        return {
            **content["page"],
            **{f"column_{name}": value for name, value in content["column"].items()},
            **{f"colour_{name}": value for name, value in colours.items()},
        }

    def content(self):
        """The page as a design keeps it."""
        given = self.cleaned_data
        colours = {name: given[f"colour_{name}"].upper() for name in COLOURS if name != "white"}
        return {
            "format": FORMAT,
            "page": {"paper": given["paper"], "orientation": given["orientation"]},
            "colours": {name: value for name, value in colours.items() if value != COLOURS[name]},
            "column": {name: _plain(given[f"column_{name}"]) for name in ("x", "y", "width", "height")},
        }


class ElementForm(forms.Form):
    """One element. Its fields are those of its kind."""

    def __init__(self, kind, *args, kept=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.kind = kind
        # Pictures that the designer may point at by their SHA-256.
        self.kept = set(kept)
        self.new_picture = None
        for name, field in fields_of(kind).items():
            for form_name, form_field in _form_fields(kind, name, field):
                self.fields[form_name] = form_field
        if kind == "ornament":
            self.fields["ring"].widget.attrs["dir"] = "ltr"

    @property
    def kind_label(self):
        """What this kind is called."""
        return words.KINDS[self.kind]

    @property
    def summary(self):
        """The element in a few words."""
        shown = self["text"].value() if self.kind == "text" else ""
        if self.kind == "ornament":
            shown = words.OPTIONS.get(self["ornament"].value(), "")
        return shown or ""

    @property
    def main_fields(self):
        """Everything but the texts in other languages."""
        return [field for field in self.visible_fields() if field.name not in OTHER_LANGUAGES.values()]

    @property
    def language_fields(self):
        """The texts in other languages."""
        return [field for field in self.visible_fields() if field.name in OTHER_LANGUAGES.values()]

    @staticmethod
    def initial_of(element):
        """What the form shows of an element."""
        shown = new_element(element["kind"]) | element
        for code, field in OTHER_LANGUAGES.items():
            shown[field] = (shown.get("texts") or {}).get(code, "")
        return shown

    def clean(self):
        """Merge fields exist, and pictures are pictures."""
        given = super().clean()
        for name in ("text", *OTHER_LANGUAGES.values()):
            if self.kind == "text" and given.get(name):
                self._check_merge_fields(name, given[name])
        if given.get("picture"):
            try:
                self.new_picture = normalized(given["picture"].read())
            except NotAPicture as problem:
                self.add_error("picture", refusal(problem))
        if given.get("asset") and given["asset"] not in self.kept:
            self.add_error(None, _("The picture of this element is not kept here. Choose it again."))
        return given

    def _check_merge_fields(self, name, text):
        for field in unknown_fields(text):
            problem = _("There is no merge field {%(field)s}. Fields that exist: %(known)s.")
            known = ", ".join(f"{{{one}}}" for one in FIELDS)
            self.add_error(name, problem % {"field": field, "known": known})
        if unclosed(text):
            self.add_error(name, _("A brace is left over. A merge field is written as {course}."))

    def content(self):
        """The element as a design keeps it; what is as usual is left out."""
        given, kept = self.cleaned_data, {"kind": self.kind}
        for name, field in fields_of(self.kind).items():
            if isinstance(field, WordsByLanguage):
                texts = {
                    code: given[form_name] for code, form_name in OTHER_LANGUAGES.items() if given[form_name]
                }
                value = texts or None
            else:
                value = _plain(given[name])
            if value != field.default:
                kept[name] = value
        return kept


def _form_fields(kind, name, field):
    label, help_text = words.LABELS.get(name, name), words.HELP.get((kind, name), "")
    if isinstance(field, Number):
        yield name, _number(field, label, help_text)
    elif isinstance(field, Choice):
        choices = [(option, words.OPTIONS[option]) for option in field.options]
        yield name, forms.ChoiceField(label=label, choices=choices, help_text=help_text)
    elif isinstance(field, WordsByLanguage):
        for code, form_name in OTHER_LANGUAGES.items():
            widget = forms.TextInput(attrs={"lang": code, "dir": "auto"})
            language = dict(settings.LANGUAGES)[code]
            yield (
                form_name,
                forms.CharField(label=language, required=False, max_length=field.longest, widget=widget),
            )
    elif isinstance(field, Asset):
        yield name, forms.CharField(required=False, widget=forms.HiddenInput)
        yield "picture", forms.FileField(label=_("Picture"), required=False, help_text=_("PNG or JPEG."))
    elif isinstance(field, Words):
        yield name, forms.CharField(
            label=label, required=False, max_length=field.longest, help_text=help_text,
            widget=forms.TextInput(attrs={"dir": "auto"}),
        )  # fmt: skip


def _number(field, label, help_text=""):
    optional = field.default is None and help_text
    made = forms.IntegerField if field.whole else forms.FloatField
    return made(
        label=label,
        required=not optional,
        min_value=field.smallest,
        max_value=field.largest,
        help_text=help_text,
        widget=forms.NumberInput(attrs={"step": 1 if field.whole else "any"}),
    )


def _plain(value):
    """Whole numbers without a fraction: 12 rather than 12.0."""
    return int(value) if isinstance(value, float) and value == int(value) else value


class DesignerForms:
    """The page and its elements as they were sent, or as the draft has them."""

    def __init__(self, content, data=None, files=None, kept=()):
        elements = content["elements"]
        if data is None:
            self.page = PageForm(prefix="page", initial=PageForm.initial_of(content))
            self.elements = [
                ElementForm(one["kind"], prefix=f"e{number}", initial=ElementForm.initial_of(one), kept=kept)
                for number, one in enumerate(elements)
            ]
            return
        self.page = PageForm(data, prefix="page")
        kinds = [kind for kind in data.getlist("kind") if kind in KINDS]
        self.elements = [
            ElementForm(kind, data, files, prefix=f"e{number}", kept=kept)
            for number, kind in enumerate(kinds)
        ]

    def is_valid(self):
        """Whether all of it can be kept."""
        return all([self.page.is_valid(), *(element.is_valid() for element in self.elements)])

    def content(self):
        """The design as it was sent."""
        return self.page.content() | {"elements": [element.content() for element in self.elements]}


class NewDesignForm(forms.Form):
    """What a new design is called, and what it begins as."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=100)
    start = forms.ModelChoiceField(
        Design.objects.all(),
        label=gettext_lazy("Begin as a copy of"),
        empty_label=None,
        help_text=gettext_lazy("Its draft is copied; the design itself stays as it is."),
    )

    def clean_name(self):
        """No two designs have one name."""
        return _free(self.cleaned_data["name"])


class NameForm(forms.Form):
    """What a design is called."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=100)

    def __init__(self, *args, design, **kwargs):
        super().__init__(*args, **kwargs)
        self.design = design

    def clean_name(self):
        """No two designs have one name."""
        return _free(self.cleaned_data["name"], self.design)


class PublishForm(forms.Form):
    """What is new in a version."""

    note = forms.CharField(
        label=gettext_lazy("What is new"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("For your colleagues; it stands in the list of versions."),
    )


class ImportForm(forms.Form):
    """A design from a file."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=100)
    file = forms.FileField(
        label=gettext_lazy("File"), help_text=gettext_lazy("A file that “Export” gave, here or elsewhere.")
    )

    def clean_name(self):
        """No two designs have one name."""
        return _free(self.cleaned_data["name"])


def _free(name, design=None):
    if Design.objects.filter(name__iexact=name).exclude(pk=design and design.pk).exists():
        raise forms.ValidationError(_("There is a design of this name already. Choose another name."))
    return name
