"""Holding an attempt while something of it changes."""

from enrolments.services import lock
from learning.interactive.refusals import ReportRefusal, ReportRefused
from learning.models import H5PAttempt


def hold(h5p_attempt: H5PAttempt) -> H5PAttempt:
    """The attempt as it stands now, its enrolment held until the transaction ends.

    Raises ReportRefused when its enrolment holds no place any more, or when it has moved to other content than the
    sender knew.
    """
    enrolment = lock(h5p_attempt.attempt.enrolment)
    rows = H5PAttempt.objects.select_related("attempt__activity", "version").defer("version__params")
    held = rows.filter(pk=h5p_attempt.pk, version=h5p_attempt.version_id).first()
    if held is None or not enrolment.is_active:
        raise ReportRefused(ReportRefusal.OVER)
    held.attempt.enrolment = enrolment
    return held
