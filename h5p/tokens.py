"""Signed addresses: what a sandboxed frame shows instead of a session. Each says for what, for whom and until when."""

from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.utils import timezone

BETWEEN_FACTS = "."
DAY = 24 * 60 * 60


class BadToken(ValueError):
    """Forged, expired, or made for something else."""


@dataclass(frozen=True)
class Tokens:
    """Makes and reads the tokens of one purpose. One that is made anew stays the same for `days`, so that caches hold.

    It is valid for at least `days` and at most twice as long.
    """

    purpose: str
    days: int

    def make(self, *facts: object) -> str:
        """A token that carries these facts in the clear; safe in an address."""
        today = timezone.now().timestamp() // DAY
        expires = int((today // self.days + 2) * self.days)
        return self._signer.sign(BETWEEN_FACTS.join(map(str, (*facts, expires))))

    def read(self, token: str) -> tuple[str, ...]:
        """The facts, or BadToken."""
        try:
            *facts, expires = self._signer.unsign(token).split(BETWEEN_FACTS)
        except BadSignature as error:
            raise BadToken(self.purpose) from error
        if timezone.now().timestamp() >= int(expires) * DAY:
            raise BadToken(self.purpose)
        return tuple(facts)

    @property
    def _signer(self):
        return Signer(salt=f"h5p.{self.purpose}", sep="~")


# Whoever holds it ("e12": an enrolment, "u3": an author) may load the files of one content.
ASSETS = Tokens("assets", days=7)
# An author looks at one version.
PREVIEW = Tokens("preview", days=1)
