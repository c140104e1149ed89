"""The demo's mailbox. Anybody can read it, so it exists only where DEMO_MAILBOX is set."""

from functools import wraps
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from foundation.outbox.forms import MailboxFilterForm
from foundation.outbox.mailbox import paragraphs
from foundation.outbox.models import MailboxMessage

PER_PAGE = 50


def demo_only(view):
    """Answer 404 wherever real people's e-mail could be shown."""

    @wraps(view)
    @never_cache
    @require_safe
    def guarded(request, *args, **kwargs):
        if not settings.DEMO_MAILBOX:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@demo_only
def mailbox(request):
    """List every e-mail, newest first, of one address when asked."""
    form = MailboxFilterForm(request.GET)
    found = MailboxMessage.objects.defer("text", "html", "headers")
    if form.is_valid() and form.cleaned_data["to"]:
        found = found.filter(to__icontains=form.cleaned_data["to"])
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    query = urlencode({"to": request.GET["to"]}) if request.GET.get("to") else ""
    return render(request, "outbox/mailbox.html", {"form": form, "page": page, "query": query})


@demo_only
def mailbox_message(request, message_id):
    """Show one e-mail with links that can be followed."""
    message = get_object_or_404(MailboxMessage, pk=message_id)
    return render(
        request, "outbox/mailbox_message.html", {"message": message, "paragraphs": paragraphs(message.text)}
    )
