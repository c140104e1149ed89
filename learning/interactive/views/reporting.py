"""What frames send: states and results. Each shows an attempt's token, no session, and is answered in JSON."""

from functools import wraps

from django.core.exceptions import TooManyFieldsSent
from django.http import Http404, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import override

from h5p.core import xapi
from h5p.frames import for_frames
from learning.interactive import access
from learning.interactive.addresses import addresses
from learning.interactive.rates import is_too_often
from learning.interactive.refusals import ReportRefusal, ReportRefused
from learning.interactive.results import result_of
from learning.interactive.sent import AgainForm, FinishedForm, StateForm
from learning.interactive.services.again import try_again
from learning.interactive.services.results import record_result, record_statements
from learning.interactive.services.states import load_state, save_state
from learning.services import LearningRefused

REFUSALS = (
    ReportRefused,
    xapi.StatementRefused,
    LearningRefused,
    Http404,
    TooManyFieldsSent,
    MultiPartParserError,
)
# A form writes some letters as nine.
MOST_BYTES = 3 * 1024 * 1024
STATUS = {
    ReportRefusal.OVER: 404,
    ReportRefusal.NOTHING_TO_PLAY: 404,
    ReportRefusal.TOO_LARGE: 413,
    ReportRefusal.TOO_MUCH: 413,
    ReportRefusal.TOO_OFTEN: 429,
}


def reported(*methods):
    """A view for frames that is given the attempt, and whose refusals are answers that a frame can read."""

    def decorated(view):
        @for_frames(*methods)
        @wraps(view)
        def answered(request, token):
            try:
                require_small(request)
                h5p_attempt = access.h5p_attempt_or_404(token)
                if is_too_often(h5p_attempt.attempt.enrolment_id):
                    raise ReportRefused(ReportRefusal.TOO_OFTEN)
                with override(h5p_attempt.attempt.language):
                    return view(request, h5p_attempt)
            except REFUSALS as problem:
                return refusal(problem)

        return answered

    return decorated


def require_small(request):
    """Refuse what is larger than anything a player sends, before it is read."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > MOST_BYTES:
        raise ReportRefused(ReportRefusal.TOO_LARGE)


def refusal(problem):
    """A refusal as the H5P core reads it."""
    message, status = str(problem), 422
    if isinstance(problem, ReportRefused):
        status = STATUS.get(problem.reason, 422)
    elif isinstance(problem, xapi.StatementRefused) and problem.reason is xapi.Reason.TOO_LARGE:
        status = 413
    elif isinstance(problem, Http404 | LearningRefused):
        message, status = ReportRefusal.OVER.label, 404
    elif isinstance(problem, TooManyFieldsSent | MultiPartParserError):
        message = ReportRefusal.BAD_DATA.label
    return JsonResponse({"success": False, "message": str(message)}, status=status)


def valid(form):
    """The form, or a refusal."""
    if not form.is_valid():
        raise ReportRefused(ReportRefusal.BAD_DATA)
    return form


@reported("GET", "POST")
def state(request, h5p_attempt):
    """Where the player left off, by kind of data and part."""
    data_type = request.GET.get("data_type", "state")
    sub_content_id = request.GET.get("sub_content_id", "0")
    if request.method == "GET":
        found = load_state(h5p_attempt, data_type, sub_content_id)
        return JsonResponse({"success": True, "data": False if found is None else found})
    sent = valid(StateForm(request.POST)).cleaned_data
    save_state(
        h5p_attempt,
        sent["data"],
        data_type=data_type,
        sub_content_id=sub_content_id,
        preload=sent["preload"] == "1",
        invalidate=sent["invalidate"] == "1",
    )
    return JsonResponse({"success": True})


@reported("POST")
def finished(request, h5p_attempt):
    """A result, by the H5P core's own road."""
    return saved(record_result(h5p_attempt, valid(FinishedForm(request.POST)).outcome))


@reported("POST")
def statements(request, h5p_attempt):
    """What the player reported as xAPI statements; a result may be among them."""
    found = xapi.read_reports(request.body, h5p_attempt.attempt.activity.specific.iri)
    return saved(record_statements(h5p_attempt, found))


@reported("POST")
def again(request, h5p_attempt):
    """Another go: the addresses of the attempt that follows."""
    begun = try_again(h5p_attempt, valid(AgainForm(request.POST)).cleaned_data["asked_as"])
    return JsonResponse({"success": True, "addresses": addresses(begun)})


def saved(h5p_attempt):
    """What the lesson says below the player."""
    result = result_of(h5p_attempt)
    shown = {"finished": result.is_finished, "line": result.line, "passed": result.passed}
    return JsonResponse({"success": True, "result": shown})
