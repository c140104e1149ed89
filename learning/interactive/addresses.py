"""Where a frame reports to. What travels, in which form, is agreed here between the player and those who receive it.

Bodies are forms, or JSON declared as text, so that no browser asks before it sends. No cookie comes along.

`state`: GET and POST, with ?data_type=…&sub_content_id=… ("0" is the whole). The body is the core's own: `data`
(JSON text, or "0" to remove it), `preload`, `invalidate` ("0" or "1"). Answers {"success": true, "data": "…" or false}.

`finished`: POST, the core's own form: contentId, score, maxScore, opened, finished (seconds since 1970), time.

`statements`: POST, JSON: {"statements": [{"statement": {…xAPI…}, "tree": {…}}, …]}. `tree`, what the content says of
all its answers, comes only with a result of the whole. In order; may be sent again whole after a failure.

`again`: POST, a form: asked_as (a UUID). Begins the next attempt, unless this one has no result yet. It answers, as
`begin` does, {"success": true, "addresses": {…}}.

Each answers 2xx once everything is stored; 404 when nothing more will be taken (the frame then says so); 413 and 422
when this is refused for good; 429 and 5xx when it may be sent again later. `h5p.frames.for_frames` opens a view to
frames.
"""

from django.urls import reverse

from learning.interactive.tokens import attempt_token
from learning.models import H5PAttempt

# The core's own placeholders.
PART = "?data_type=:dataType&sub_content_id=:subContentId"


def addresses(h5p_attempt: H5PAttempt) -> dict[str, str]:
    """Where the frame reports to as long as this attempt is under way, by name."""
    token = attempt_token(h5p_attempt)
    return {
        "state": reverse("interactive:state", args=[token]) + PART,
        "finished": reverse("interactive:finished", args=[token]),
        "statements": reverse("interactive:statements", args=[token]),
        "again": reverse("interactive:again", args=[token]),
    }
