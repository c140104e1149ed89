"""Keeping letters word for word, and giving them to the post. Safe to repeat: each has a message of its own name."""

from django.db import transaction
from django.utils import timezone

from programmes.models import Letter, LetterRun
from programmes.selection import emails
from programmes.selection.wording import WordedLetter


def keep_letters(letters: list[WordedLetter], run: LetterRun | None = None) -> list[Letter]:
    """Keep letters as they go out."""
    return Letter.objects.bulk_create(
        Letter(
            decision=one.decision,
            run=run,
            occasion=one.occasion,
            language=one.instead or one.language,
            subject=one.subject,
            body=one.body,
        )
        for one in letters
    )


def hand_over(letter: Letter) -> None:
    """Give one letter to the post. Whoever was written to already is not again."""
    with transaction.atomic():
        emails.send_letter(letter)
        Letter.objects.filter(pk=letter.pk, handed_over_at=None).update(handed_over_at=timezone.now())


def waiting_letters():
    """Letters that were kept and have not been given to the post."""
    return (
        Letter.objects.filter(handed_over_at=None)
        .select_related("decision__application__person", "decision__application__call")
        .order_by("pk")
    )
