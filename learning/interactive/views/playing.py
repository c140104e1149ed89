"""Playing: the document of the frame, and the beginning of an attempt. By token, never by session."""

from django.http import Http404, JsonResponse
from django.utils import translation

from h5p.frames import for_frames
from h5p.player import player_page
from learning.interactive import access
from learning.interactive.addresses import addresses
from learning.interactive.playing import played, version_of
from learning.interactive.refusals import ReportRefused
from learning.interactive.services.beginning import begin_next
from learning.services import LearningRefused


@for_frames("GET")
def play(request, token):
    """The content as the learner left it."""
    seat = access.seat_or_404(token)
    with translation.override(seat.language):
        found = played(seat.enrolment, seat.activity, seat.language)
        if found is None:
            raise Http404
        return player_page(request, found)


@for_frames("POST")
def begin(request, token):
    """Begin an attempt, or find the one under way; the answer says where the frame reports to from now on."""
    seat, version = access.beginner_or_404(token)
    shown = version_of(seat.activity.words_in(seat.language))
    if shown is None or shown.pk != version:
        raise Http404  # the content was changed since the frame was loaded
    try:
        begun = begin_next(seat.enrolment, seat.activity, language=seat.language)
    except (LearningRefused, ReportRefused) as refusal:
        raise Http404 from refusal
    return JsonResponse({"success": True, "addresses": addresses(begun)})
