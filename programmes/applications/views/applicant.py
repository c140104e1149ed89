"""What an applicant sees and does, from the call to the receipt. Works without JavaScript."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from programmes.applications import access, services
from programmes.applications.forms import MessageForm, PersonForm, QuestionsForm, RefereeForm, WithdrawForm
from programmes.applications.places import is_over
from programmes.applications.refusals import ApplicationRefused, NewerAnswers
from programmes.applications.views.pages import REFUSED, crumbs, page, show
from programmes.applications.window import deadline_of, in_words, in_words_for
from programmes.interviews.services import is_invited, standing_booking
from programmes.models import DocumentState


def start(request, code):
    """The call, what it wants, until when, and where one's own application stands."""
    call = access.get_call_or_404(code)
    application = access.own_application(request.user, call)
    standing = application if application and not application.withdrawn_at else None
    context = {
        "call": call,
        "application": application,
        "standing": standing,
        "wanted": call.wanted_documents.filter(translation_of=None),
        "title": call.label,
        "deadline": _deadline(request.user, call, standing),
        "may_withdraw": standing is not None and services.withdraw_refusal(standing) is None,
        "refusal": None if standing else services.window_of(call),
        "crumbs": crumbs(call),
        "receipt": getattr(standing, "receipt", None) if standing else None,
        "events": application.events.exclude(kind="begun")[:50] if application else [],
    }
    return show(request, "start", context | _asked(standing))


def _deadline(user, call, standing):
    moment = deadline_of(call, standing)
    return in_words_for(user, moment, call) if user.is_authenticated else in_words(moment, call)


def _asked(standing):
    """What waits for the applicant after submitting: documents that came back, a time to choose."""
    if standing is None or standing.submitted_at is None or is_over(standing):
        return {}
    returned = standing.documents.filter(current__verdict=DocumentState.RETURNED).select_related("wanted")
    booking = standing_booking(standing)
    return {
        "returned": returned.order_by("wanted__position", "pk"),
        "chooses_time": is_invited(standing) and booking is None and not standing.outcome,
        "interview": booking,
    }


@login_required
@require_POST
def begin(request, code):
    """Begin a draft, or go on with it."""
    call = access.get_call_or_404(code)
    try:
        services.begin(request.user, call, language=get_language())
    except ApplicationRefused as refusal:
        messages.warning(request, str(refusal))
        return redirect("applications:start", code)
    return redirect("applications:person", code)


@login_required
def person(request, code):
    """The step about the person."""
    application = access.get_own_application_or_404(request.user, code)
    form = PersonForm(request.POST or None, instance=application, initial={"sequence": application.sequence})

    def save():
        values = {name: value for name, value in form.cleaned_data.items() if name != "sequence"}
        return services.save_person(
            application, values, sequence=form.cleaned_data["sequence"], language=get_language()
        )

    return _form_step(request, application, "person", form, save)


@login_required
def questions(request, code):
    """The step with the questions of the call."""
    application = access.get_own_application_or_404(request.user, code)
    form = QuestionsForm(
        request.POST or None,
        questions=application.call.questions.prefetch_related("options"),
        given={answer.question_id: answer for answer in application.answers.all()},
        initial={"sequence": application.sequence},
    )

    def save():
        return services.save_answers(
            application, form.answers(), sequence=form.cleaned_data["sequence"], language=get_language()
        )

    return _form_step(request, application, "questions", form, save)


def _form_step(request, application, step, form, save):
    """Show a step, save it, go on. Saving as one types answers with a sentence and the new number."""
    if application.submitted_at or application.withdrawn_at:
        return redirect("applications:start", application.call.code)
    if request.method != "POST":
        return show(request, "form", page(application, step, form=form))
    quietly = "X-Autosave" in request.headers
    if not form.is_valid():
        sentences = " ".join(error for errors in form.errors.values() for error in errors)
        return _plain(sentences, 422) if quietly else _again(request, application, step, form)
    try:
        saved = save()
    except NewerAnswers as newer:
        return _plain(str(newer), 409) if quietly else _newer(request, newer, step, form)
    except ApplicationRefused as refusal:
        form.add_error(None, str(refusal))
        return _plain(str(refusal), 409) if quietly else _again(request, application, step, form)
    if quietly:
        return _saved(request, saved)
    steps = page(saved, step)
    if "later" in request.POST:
        messages.success(request, _("Saved. You can go on at any time, on any device."))
        return redirect("applications:start", application.call.code)
    return redirect(steps["next"])


def _again(request, application, step, form):
    return show(request, "form", page(application, step, form=form), status=422)


def _newer(request, newer, step, form):
    """What was typed stays in the form; saving it now puts it in the place of the newer answers."""
    form.data = form.data.copy()
    form.data["sequence"] = newer.application.sequence
    context = page(newer.application, step, form=form, newer=str(newer))
    return show(request, "form", context, status=409)


def _saved(request, application):
    response = show(request, "_saved", {"saved_at": application.saved_at})
    response["X-Sequence"] = application.sequence
    return response


def _plain(sentence, status):
    return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")


@login_required
def referees(request, code):
    """Who is asked for a reference and whether it has come; never what it says."""
    application = access.get_own_application_or_404(request.user, code)
    form = RefereeForm(request.POST or None, initial={"language": get_language()})
    if request.method == "POST" and form.is_valid():
        try:
            services.name_referee(application, **form.cleaned_data)
        except ApplicationRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            words = {"name": form.cleaned_data["name"]}
            messages.success(request, _("We have written to %(name)s.") % words)
            return redirect("applications:referees", code)
    standing = application.referees.standing()
    may_add = not application.submitted_at and (
        standing.filter(declined_at=None).count() < application.call.referees_wanted
    )
    context = page(
        application, "referees", title=_("Referees"), form=form, referees=standing, may_add=may_add
    )
    return show(request, "referees", context, status=422 if form.errors else 200)


@login_required
@require_POST
def change_referee(request, code, referee_id):
    """Send a new link to a referee, or take it back."""
    application = access.get_own_application_or_404(request.user, code)
    referee = access.get_own_referee_or_404(application, referee_id)
    words = {"name": referee.name}
    try:
        if "revoke" in request.POST:
            services.revoke_referee(referee, by=request.user)
            messages.success(request, _("The link of %(name)s opens no more.") % words)
        else:
            services.remind_referee(referee, by=request.user)
            messages.success(request, _("We have sent %(name)s a new link.") % words)
    except ApplicationRefused as refusal:
        messages.warning(request, str(refusal))
    return redirect("applications:referees", code)


@login_required
def review(request, code):
    """Look over everything, declare, submit."""
    application = access.get_own_application_or_404(request.user, code)
    if application.submitted_at:
        return redirect("applications:receipt", code)
    declarations = list(application.call.declarations.all())
    ticked = {int(pk) for pk in request.POST.getlist("declared") if pk.isdecimal()}
    problem = ""
    if request.method == "POST":
        try:
            services.submit(application, declared=ticked, language=get_language())
        except ApplicationRefused as refusal:
            problem = str(refusal)
        else:
            return redirect("applications:receipt", code)
    context = page(
        application,
        "review",
        declarations=[(one, one.pk in ticked) for one in declarations],
        answers=application.answers.select_related("question", "option"),
        referees=application.referees.standing(),
        problem=problem,
    )
    return show(request, "review", context, status=422 if problem else 200)


@login_required
def receipt(request, code):
    """What was submitted when, under which number."""
    application = access.get_own_application_or_404(request.user, code)
    if not application.submitted_at:
        return redirect("applications:review", code)
    context = page(
        application,
        "receipt",
        title=_("Your receipt"),
        receipt=application.receipt,
        moment=in_words(application.receipt.submitted_at, application.call),
        declared=application.declarations.all(),
    )
    return show(request, "receipt", context)


@login_required
def conversation(request, code):
    """Messages between the applicant and staff."""
    application = access.get_own_application_or_404(request.user, code)
    form = MessageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.send_message(application, form.cleaned_data["text"], by=request.user)
        messages.success(request, _("Your message has been sent."))
        return redirect("applications:messages", code)
    found = application.messages.select_related("sent_by", "application")
    context = page(application, "messages", title=_("Messages"), form=form, conversation=found)
    return show(request, "messages", context, status=422 if form.errors else 200)


@login_required
def withdraw(request, code):
    """Take the application back, after asking."""
    application = access.get_own_application_or_404(request.user, code)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.withdraw_application(application, by=request.user, reason=form.cleaned_data["reason"])
        except REFUSED as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your application has been withdrawn."))
            return redirect("applications:start", code)
    title = _("Withdraw your application")
    back = reverse("applications:start", args=[code])
    context = page(application, "withdraw", title=title, form=form, back=back)
    return show(request, "withdraw", context, status=422 if form.errors else 200)
