"""The languages that documents may be in."""

from django.conf import settings
from django.utils.translation import gettext as _

from programmes.models import OTHER_LANGUAGE, Call


def languages_of(call: Call) -> list[tuple[str, str]]:
    """None yet, those that need no translation, and any other one."""
    names = dict(settings.LANGUAGES)
    accepted = [(code, str(names.get(code, code))) for code in call.document_languages]
    choose = ("", _("Choose the language"))
    return [choose, *accepted, (OTHER_LANGUAGE, _("Another language (a certified translation is needed)"))]
