"""The languages that documents may be in."""

from django.conf import settings
from django.utils.translation import gettext as _

from programmes.models import Call


def languages_of(call: Call) -> list[tuple[str, str]]:
    """Those that need no translation, and any other one."""
    names = dict(settings.LANGUAGES)
    accepted = [(code, str(names.get(code, code))) for code in call.document_languages]
    return [*accepted, ("", _("Another language (a certified translation is needed)"))]
