"""The private link of a referee: nobody can make one up, and only the newest one opens."""

from uuid import UUID

from django.core import signing

from programmes.models import Referee

SALT = "programmes.referee"


def token_of(referee: Referee) -> str:
    """What stands in the referee's link."""
    return signing.Signer(salt=SALT).sign(f"{referee.key.hex}.{referee.link}").replace(":", "~")


def referee_of(token: str) -> Referee | None:
    """The referee whose newest link this is, or None."""
    try:
        key, _dot, link = signing.Signer(salt=SALT).unsign(token.replace("~", ":")).partition(".")
    except signing.BadSignature:
        return None
    found = Referee.objects.filter(key=UUID(hex=key), link=int(link), revoked_at=None)
    return found.select_related("application__call__programme_edition__page", "application__person").first()
