"""What became of a place that was offered, as far as the files and the withdrawal of an application hang on it."""

import datetime

from programmes.models import Application, Outcome


def is_over(application: Application) -> bool:
    """Whether nothing more is asked of the person: not admitted, or the place that was offered is theirs no longer."""
    return application.outcome == Outcome.NOT_ADMITTED or given_up_at(application) is not None


def given_up_at(application: Application) -> datetime.datetime | None:
    """When an admitted applicant's last place was declined, lapsed or was taken back; None while one stands.

    Also None for whoever became a student of the edition, by whatever way.
    """
    if application.outcome != Outcome.ADMITTED:
        return None
    ends = [offer.declined_at or offer.ended_at for offer in application.offers.all()]
    if not ends or None in ends or any(offer.student_id for offer in application.offers.all()):
        return None
    edition = application.call.programme_edition_id
    is_student = application.person.studentships.filter(programme_edition=edition).exists()
    return None if is_student else max(end for end in ends if end)
