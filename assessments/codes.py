"""What stands in the place of a name: a code that is always the same for one attempt and leads back to nobody."""

from django.utils.crypto import salted_hmac

# Without letters and digits that are mistaken for each other.
ALPHABET = "ACDEFGHJKLMNPQRTUVWXY34679"
LENGTH = 6


def code_of(attempt_id: int) -> str:
    """The code of an attempt, such as "K7Q-XD3". The site's secret is needed to work it out."""
    value = int(salted_hmac("assessments.code", str(attempt_id)).hexdigest(), 16)
    letters = []
    for _place in range(LENGTH):
        value, letter = divmod(value, len(ALPHABET))
        letters.append(ALPHABET[letter])
    return "".join(letters[:3]) + "-" + "".join(letters[3:])
