"""Letters: the words, every letter to be looked at, and sending all of them by one action."""

import uuid

from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access

from enrolments.admin_views.asking import ask_and_do
from programmes.models import Letter, LetterOccasion, LetterTemplate
from programmes.selection import access, services
from programmes.selection.admin_views.screens import address, selection_screen, trail
from programmes.selection.forms.staff import LetterForm, SendLettersForm
from programmes.selection.refusals import SelectionRefused
from programmes.selection.wording import FIELDS, digest_of, usual_words


@require_admin_access
@never_cache
def letters(request, call_id):
    """Every letter as it would go out now; sending is the one button."""
    call = access.get_call_or_404(request.user, call_id)
    if request.method == "POST":
        form = SendLettersForm(request.POST)
        if form.is_valid() and _send(request, call, form):
            return redirect(address("letters", call))
    else:
        form = None
    worded = services.letters_to_send(call, by=request.user)
    # After a refusal the page shows what holds now: what is looked at is what is sent.
    fresh = SendLettersForm(initial={"looked_at": digest_of(worded), "form_key": uuid.uuid4()})
    if form is not None:
        fresh = SendLettersForm(form.data | {"looked_at": digest_of(worded)})
        fresh.is_valid()
        for error in form.non_field_errors():
            fresh.add_error(None, error)
    return selection_screen(
        request,
        "letters",
        call,
        title=_("Letters"),
        tab="letters",
        form=fresh,
        letters=worded,
        instead=sum(bool(one.instead) for one in worded),
        runs=call.letter_runs.select_related("sent_by"),
        sent=Letter.objects.filter(decision__application__call=call)
        .exclude(decision__application__person=request.user)
        .select_related("decision__application__person", "decision__frozen_by")
        .order_by("-pk")[:500],
        templates=_templates(call),
    )


def _send(request, call, form):
    try:
        run = services.send_letters(call, by=request.user, **form.cleaned_data)
    except SelectionRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    count = run.letters.count()
    sentence = ngettext("%(count)s letter is on its way.", "%(count)s letters are on their way.", count)
    messages.success(request, sentence % {"count": count})
    return True


def _templates(call):
    """Every letter in every language of the screens, and whether the call has words of its own."""
    own = set(call.letter_templates.values_list("occasion", "language"))
    names = dict(settings.LANGUAGES)
    return [
        (
            occasion,
            LetterOccasion(occasion).label,
            [(code, names[code], (occasion, code) in own) for code in names],
        )
        for occasion in LetterOccasion.values
    ]


@require_admin_access
def template(request, call_id, occasion, language):
    """The words of a letter in one language; it begins with the site's own."""
    call = access.get_call_or_404(request.user, call_id)
    if occasion not in LetterOccasion.values or language not in dict(settings.LANGUAGES):
        raise Http404
    found = call.letter_templates.filter(occasion=occasion, language=language).first()
    usual = usual_words(occasion, language)
    found = found or LetterTemplate(
        call=call, occasion=occasion, language=language, subject=usual.subject, body=usual.body
    )
    form = LetterForm(request.POST or None, instance=found)
    title = str(found)
    return ask_and_do(
        request,
        form,
        do=lambda _data: services.save_template(form.save(commit=False), by=request.user),
        done=_("The words are saved."),
        back=address("letters", call),
        title=title,
        icon="mail",
        trail=trail(call, title),
        lead=_("What stands in braces is filled in for each person. These fields exist: %(fields)s.")
        % {"fields": ", ".join(f"{{{one}}}" for one in FIELDS)},
        button=_("Save"),
    )
