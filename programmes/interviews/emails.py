"""What is written to applicants about their interview. Times stand in their own zone and in that of the slot."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from foundation.outbox import services as outbox
from programmes.interviews.calendar import as_file
from programmes.models import Application, InterviewBooking, InterviewInvitation


def interview_address(application: Application) -> str:
    """The page on which the applicant books."""
    with override(application.person.language):
        path = reverse("interviews:interview", args=[application.call.code])
    return f"{settings.SITE_URL.rstrip('/')}{path}"


def calendar_address(booking: InterviewBooking) -> str:
    """The calendar file; whoever has the link may fetch it."""
    return f"{settings.SITE_URL.rstrip('/')}{reverse('interview_calendar', args=[booking.uid])}"


def send_invited(invitation: InterviewInvitation) -> None:
    """Invite to choose a time."""
    _tell(invitation.application, "interview_invited", f"{invitation.pk}")


def send_booked(booking: InterviewBooking) -> None:
    """Confirm the time, with the entry for calendars."""
    _about(booking, "interview_booked", f"{booking.pk}", files=[as_file(booking)])


def send_cancelled(booking: InterviewBooking, *, by_staff: bool) -> None:
    """Confirm that the time was given up, or say that staff had to cancel it; calendars take the entry out."""
    said = {"by_staff": by_staff, "reason": booking.cancel_reason}
    _about(booking, "interview_cancelled", f"{booking.pk}", files=[as_file(booking)], **said)


def send_over(booking: InterviewBooking) -> None:
    """Say that the interview is not needed any more, without saying why; calendars take the entry out."""
    _about(booking, "interview_over", f"{booking.pk}", files=[as_file(booking)])


def send_reminder(booking: InterviewBooking) -> None:
    """Remind, the day before."""
    _about(booking, "interview_reminder", f"{booking.pk}")


def _about(booking, name, occasion, *, files=(), **context):
    slot = booking.slot
    _tell(
        booking.application,
        name,
        occasion,
        files,
        starts_at=slot.starts_at,
        zone=slot.time_zone,
        place=slot.place,
        link=slot.link,
        calendar=calendar_address(booking),
        **context,
    )


def _tell(application, name, occasion, files=(), **context):
    outbox.send(
        kind=f"programmes.{name}",
        to=application.person,
        template=f"programmes/email/{name}",
        context={
            "name": application.full_name,
            "call": application.call.name_in(application.person.language),
            "address": interview_address(application),
            **context,
        },
        key=f"programmes.{name}:{occasion}",
        files=files,
    )
