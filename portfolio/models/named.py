"""Things with a name in several languages, kept on their own row so that a label costs no query."""

import unicodedata

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


def check_names(names) -> None:
    """Refuse anything but a table from a language of the site to a name."""
    known = {code for code, _label in settings.LANGUAGES} - {"en"}
    if not isinstance(names, dict):
        raise ValidationError(_("Names are given per language."))
    for language, name in names.items():
        if language not in known:
            raise ValidationError(_("%(language)s is not a language of this site.") % {"language": language})
        if not isinstance(name, str) or not name.strip():
            raise ValidationError(_("A name cannot be blank."))


def folded(text: str) -> str:
    """The text as it is compared: without case, accents and marks."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


class NamedQuerySet(models.QuerySet):
    """Selections that make sense for everything that has a name."""

    def in_order(self):
        """In the order people expect to read them."""
        return self.order_by("name")

    def matching(self, text: str):
        """Those whose name, in any language, contains the text, whatever its case and accents."""
        wanted = folded(text)
        rows = self.order_by().values_list("pk", "names", "name", *self.model.also_found_by)
        found = [
            pk
            for pk, names, *texts in rows
            if any(wanted in folded(one) for one in (*texts, *names.values()))
        ]
        return self.filter(pk__in=found)


class Named(models.Model):
    """A name in English and, where they are known, in the other languages of the site."""

    name = models.CharField(_("name"), max_length=300)
    names = models.JSONField(
        _("names in other languages"), default=dict, blank=True, validators=[check_names]
    )

    objects = NamedQuerySet.as_manager()
    # Fields with text, beside the name, that `matching` looks into.
    also_found_by = ()

    class Meta:
        abstract = True

    def __str__(self):
        return self.label

    @property
    def label(self) -> str:
        """The name in the reader's language, else in English."""
        return self.name_in(get_language() or "en")

    def name_in(self, language: str) -> str:
        """The name in this language, else in English."""
        language = language.lower()
        return self.names.get(language) or self.names.get(language.partition("-")[0]) or self.name
