"""Whether the log is still what was written. Reads everything once; changes nothing."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from foundation.audit.models import Chain, Entry


@dataclass(frozen=True)
class Verification:
    """What a walk along the chain found."""

    length: int
    head: str
    broken_at: int | None = None
    fault: str = ""

    @property
    def intact(self) -> bool:
        """Whether every entry is there and says what it said."""
        return self.broken_at is None


def verify_chain() -> Verification:
    """Walk the chain from the first entry and stop at the first fault."""
    chain = Chain.objects.filter(pk=1).first() or Chain()
    number, head = 0, Chain.START
    for entry in Entry.objects.order_by("number").iterator(chunk_size=1000):
        if fault := fault_of(entry, number + 1, head):
            return Verification(chain.length, chain.hash, number + 1, fault)
        number, head = entry.number, entry.hash
    if (number, head) != (chain.length, chain.hash):
        return Verification(chain.length, chain.hash, number + 1, _("The entry is missing: it was the last."))
    return Verification(number, head)


def fault_of(entry: Entry, number: int, previous_hash: str) -> str:
    """Why this entry cannot be the next one, or nothing."""
    if entry.number != number:
        return _("The entry is missing.")
    if entry.previous_hash != previous_hash:
        return _("The entry does not follow the one before it.")
    if entry.hash != entry.computed_hash():
        return _("The entry does not say what it said when it was written.")
    return ""
