"""The questions of a quiz in figures, and the table of answers."""

from django.db.models import Q
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.auth import require_admin_access

from assessments import access
from assessments.after.forms import AnalysisForm, ResponsesForm
from assessments.analysis import ENOUGH
from assessments.item_analysis import analysis_of, language_name
from assessments.models import Answer
from assessments.responses import Responses
from enrolments.admin_views.asking import crumbs, screen
from enrolments.spreadsheets import spreadsheet
from foundation.audit import services as audit


def languages_of(quiz, editions):
    """The languages the quiz was answered in there."""
    codes = Answer.objects.filter(
        quiz_attempt__attempt__activity=quiz, quiz_attempt__attempt__enrolment__edition__in=editions
    )
    return [(code, language_name(code)) for code in sorted(set(codes.values_list("language", flat=True)))]


def asked(request, quiz):
    """What the figures are about: the form, and the analysis it asks for."""
    editions = access.analysed_editions(request.user, quiz)
    form = AnalysisForm(request.GET, editions=editions, languages=languages_of(quiz, editions))
    chosen = form.cleaned_data if form.is_valid() else {}
    only = [chosen["edition"]] if chosen.get("edition") else editions
    found = analysis_of(
        quiz, only, language=chosen.get("language") or "", first_only=chosen.get("attempts") != "all"
    )
    return form, found


@require_admin_access
def quiz(request, quiz_id):
    """Every question of a quiz, with what needs a look first said in a sentence."""
    found = access.get_analysed_quiz_or_404(request.user, quiz_id)
    form, analysis = asked(request, found)
    if request.GET.get("export") == "xlsx":
        return figures(found, analysis)
    title = _("Analysis of the questions")
    return screen(
        request,
        "assessments/after/staff/analysis.html",
        title=title,
        icon="view",
        trail=crumbs(last=f"{found.title} · {title}"),
        filters=form,
        quiz=found,
        analysis=analysis,
        enough=ENOUGH,
        query=narrowed_by(request),
        reliability=reliability_sentence(analysis.reliability),
        may_regrade=access.regraded_editions(request.user, found).exists(),
    )


def narrowed_by(request):
    """The filters as a query string, to be kept from page to page."""
    query = request.GET.copy()
    query.pop("export", None)
    return query.urlencode()


def reliability_sentence(reliability):
    """What the coefficient means for decisions about people."""
    if reliability is None:
        return ""
    if reliability.alpha >= 0.8:
        return _("Good: taken again, the quiz would put most learners in the same place.")
    if reliability.alpha >= 0.6:
        return _(
            "Fair: near the pass mark the quiz decides by chance now and then. More questions would help."
        )
    return _(
        "Low: too few questions, or questions about too different things. Let nothing important rest on it alone."
    )


HEADINGS = (
    lambda: _("No."),
    lambda: _("Question"),
    lambda: _("Version"),
    lambda: _("Kind"),
    lambda: _("Language"),
    lambda: _("Answers"),
    lambda: _("Mean score"),
    lambda: _("Spread"),
    lambda: _("Discrimination"),
    lambda: _("Upper less lower 27 %"),
    lambda: _("Unanswered"),
    lambda: _("Seconds, first quartile"),
    lambda: _("Seconds, median"),
    lambda: _("Seconds, third quartile"),
    lambda: _("What to look at"),
)


def figures(quiz, analysis):
    """The table as a file: a row for each version, then one for each of its languages."""
    rows = []
    for item in analysis.items:
        head = [item.number, item.version.question.name, item.version.number, item.kind]
        rows.append([*head, "", *cells(item.stats), " ".join(item.sentences)])
        rows += [[*head, language.name, *cells(language.stats), ""] for language in item.languages]
    name = f"analysis-{quiz.pk}-{timezone.localdate():%Y-%m-%d}"
    return spreadsheet(rows, [heading() for heading in HEADINGS], name=name)


def cells(stats):
    """The figures of a question, rounded as far as they mean anything."""
    times = stats.times
    values = [stats.facility, stats.spread, stats.discrimination, stats.upper_lower, stats.unanswered]
    spent = [times.first, times.median, times.third] if times else [None] * 3
    return [stats.n, *(None if value is None else round(value, 3) for value in [*values, *spent])]


@require_admin_access
def question(request, quiz_id, version_id):
    """One version of one question: options, wrong answers, languages, time."""
    found = access.get_analysed_quiz_or_404(request.user, quiz_id)
    form, analysis = asked(request, found)
    item = next((one for one in analysis.items if one.version.pk == version_id), None)
    if item is None:
        raise Http404
    query = narrowed_by(request)
    return screen(
        request,
        "assessments/after/staff/analysed_question.html",
        title=item.version.question.name,
        icon="view",
        trail=crumbs(
            (f"{reverse('item_analysis:quiz', args=[found.pk])}?{query}", found.title),
            last=item.version.question.name,
        ),
        quiz=found,
        item=item,
        filters=form,
        enough=ENOUGH,
        most=max((option.count.total for option in item.options), default=0) or 1,
    )


@require_admin_access
def responses(request, quiz_id):
    """Ask for editions, names or codes, and the reason; then send every answer as a table."""
    found = access.get_analysed_quiz_or_404(request.user, quiz_id)
    editions = access.analysed_editions(request.user, found)
    named = list(access.named_editions(request.user, found).values_list("pk", flat=True))
    wanted = Q(pk__in=[pk for pk in request.GET.getlist("edition") if pk.isdecimal()])
    form = ResponsesForm(request.POST or None, editions=editions, named=named, chosen=editions.filter(wanted))
    if request.method == "POST" and form.is_valid():
        return send(request.user, found, form.cleaned_data)
    back = reverse("item_analysis:quiz", args=[found.pk])
    return screen(
        request,
        "enrolments/staff/ask.html",
        title=_("Answers as a table"),
        icon="download",
        trail=crumbs((back, found.title), last=_("Answers as a table")),
        form=form,
        back=back,
        lead=_(
            "A row for each attempt handed in, and for each question the answer, its points and the seconds spent. "
            "With names it is personal data: keep it where only those who need it can read it, and delete it "
            "afterwards."
        ),
        button=_("Download"),
    )


def send(user, quiz, data):
    """The file, and the entry that says who took what, and why."""
    table = Responses(quiz, data["editions"], named=data["names"] == "names")
    rows = list(table.rows())
    audit.record(
        user,
        "assessments.export_responses",
        quiz,
        reason=data["reason"],
        after={
            "rows": len(rows),
            "names": table.named,
            "editions": [edition.code for edition in data["editions"]],
        },
    )
    return spreadsheet(rows, table.headings, name=f"answers-{quiz.pk}-{timezone.localdate():%Y-%m-%d}")
