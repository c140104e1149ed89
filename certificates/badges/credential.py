"""An award as an OpenBadgeCredential, and the status list that says which of them no longer hold."""

import base64
import gzip
import uuid
from datetime import UTC, datetime
from urllib.parse import quote

from django.conf import settings
from django.urls import reverse

from certificates.badges.contexts import CREDENTIALS, OPEN_BADGES
from certificates.codes import printed
from certificates.models import Award

CONTEXTS = [CREDENTIALS, OPEN_BADGES]
# The least that the standard allows, so that one entry cannot be told from its neighbours by who asks for the list.
LIST_LENGTH = 131_072
URL = uuid.NAMESPACE_URL


def moment(value: datetime) -> str:
    """A date and time as credentials write it."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def place_in_list(award: Award) -> tuple[int, int]:
    """The number of the award's status list and its index there."""
    return divmod(award.pk, LIST_LENGTH)


def status_list_url(number: int) -> str:
    """Where a status list is published."""
    return settings.SITE_URL + reverse("status_list", args=[number])


def issuer_profile(issuer: str) -> dict:
    """The institution as badges name it."""
    return {
        "id": issuer,
        "type": ["Profile"],
        "name": settings.INSTITUTION_NAMES["en"],
        "url": settings.SITE_URL,
    }


def credential(award: Award, issuer: str) -> dict:
    """The award without its proof: the snapshot's values only, so that it is the same whenever it is made."""
    snapshot = award.snapshot
    language = snapshot["languages"][0]
    words = snapshot["words"][language]
    number, index = place_in_list(award)
    made = {
        "@context": CONTEXTS,
        "id": settings.SITE_URL + reverse("verification_link", args=[printed(award.code)]),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": f"{words['title']}: {words['course']}",
        "issuer": issuer_profile(issuer),
        "validFrom": moment(award.issued_at),
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [
                {
                    "type": "IdentityObject",
                    "identityType": "name",
                    "identityHash": snapshot["name"],
                    "hashed": False,
                }
            ],
            "achievement": achievement(award, words, language),
        },
        "awardedDate": f"{snapshot['completed_on']}T00:00:00Z",
        "credentialStatus": {
            "id": f"{status_list_url(number)}#{index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(index),
            "statusListCredential": status_list_url(number),
        },
    }
    if until := snapshot.get("valid_until"):
        made["validUntil"] = f"{until}T23:59:59Z"
    return made


def achievement(award: Award, words: dict, language: str) -> dict:
    """What was achieved, in the language of the person's paper."""
    facts = " · ".join(words["facts"])
    named = f"{settings.SITE_URL}/awards/{award.award_type_id}/{_achieved(award)}"
    return {
        "id": f"urn:uuid:{uuid.uuid5(URL, named)}",
        "type": ["Achievement"],
        "achievementType": "Certificate",
        "name": words["course"],
        "description": words["title"],
        "criteria": {"narrative": " ".join(part for part in (words["achievement"], facts) if part)},
        "inLanguage": language,
    }


def _achieved(award):
    """What is one achievement for everybody who has it: a course, or what goes by one title."""
    if award.enrolment_id:
        return f"courses/{award.enrolment.edition.course_id}"
    return f"occasions/{award.occasion.kind}/{quote(award.occasion.title_in('en'))}"


def bitstring(indexes: list[int]) -> str:
    """A list in which these bits are set: gzip, then base64url in multibase. The first bit is the leftmost."""
    bits = bytearray(LIST_LENGTH // 8)
    for index in indexes:
        bits[index // 8] |= 0x80 >> index % 8
    packed = gzip.compress(bytes(bits), mtime=0)
    return "u" + base64.urlsafe_b64encode(packed).rstrip(b"=").decode()


def is_set(encoded: str, index: int) -> bool:
    """Whether a bit of such a list is set. Raises ValueError for what is no list."""
    packed = base64.urlsafe_b64decode(encoded[1:] + "=" * (-len(encoded[1:]) % 4))
    try:
        bits = gzip.decompress(packed)
    except (OSError, EOFError) as broken:
        raise ValueError(encoded[:20]) from broken
    return bool(bits[index // 8] & (0x80 >> index % 8))


def status_list(number: int, issuer: str, valid_from: str) -> dict:
    """The list without its proof: what was revoked or replaced is set."""
    first = number * LIST_LENGTH
    void = Award.objects.void().filter(pk__gte=first, pk__lt=first + LIST_LENGTH)
    indexes = [pk - first for pk in void.values_list("pk", flat=True)]
    return {
        "@context": [CREDENTIALS],
        "id": status_list_url(number),
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": valid_from,
        "credentialSubject": {
            "id": f"{status_list_url(number)}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": bitstring(indexes),
        },
    }
