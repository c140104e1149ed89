"""Show the components and the sample pages to staff."""

from datetime import UTC, datetime

from django import forms
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import get_language

from lms.styleguide.samples import samples

PAGES = """
    home catalogue course classroom quiz result my-learning awards verification profile thread
""".split()

COLOURS = ("ink", "ink-2", "paper", "paper-2", "line", "brand", "brand-soft", "good", "warn", "bad")
NOW = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)


class SampleForm(forms.Form):
    """One field of each kind."""

    email = forms.EmailField(label="E-mail address", help_text="We send the confirmation there.")
    hours = forms.IntegerField(label="Hours", min_value=1, max_value=40)
    seniority = forms.ChoiceField(
        label="Years of service", choices=[("", "–"), ("1", "0–5"), ("2", "6–15")], required=False
    )
    reason = forms.CharField(label="Reason", widget=forms.Textarea, required=False)
    gender = forms.ChoiceField(
        label="Gender",
        help_text="Asked because the institute reports to its Board whether its courses reach women and men alike.",
        choices=[("f", "Woman"), ("m", "Man"), ("x", "Prefer not to say")],
        widget=forms.RadioSelect,
    )
    agreed = forms.BooleanField(label="I have read how my data is used")


def require_staff(user):
    """Let only those in who may open the CMS; for others there is nothing here."""
    if not user.has_perm("wagtailadmin.access_admin"):
        raise Http404


def styleguide(request):
    """Every component in every state."""
    require_staff(request.user)
    wrong = SampleForm({"email": "nobody", "hours": "60", "gender": "", "agreed": ""})
    wrong.add_error(None, "The place is no longer free.")
    context = {
        "pages": PAGES,
        "colours": COLOURS,
        "form": SampleForm(auto_id="blank_%s"),
        "wrong_form": wrong,
        "page_obj": Paginator(range(95), 10).page(4),
    }
    return render(request, "styleguide/styleguide.html", context | sample_texts())


def styleguide_page(request, name):
    """A sample of one kind of page, in the reader's language where there is one."""
    require_staff(request.user)
    if name not in PAGES:
        raise Http404
    context = {"current_section": "learning", "form": SampleForm()} | sample_texts()
    return render(request, f"styleguide/pages/{name.replace('-', '_')}.html", context)


def sample_texts():
    """Return the sample texts in the reader's language, or in English, and in Arabic for the mirrored half."""
    texts = samples(get_language())
    return {
        "t": texts,
        "ar": samples("ar"),
        "now": NOW,
        "crumbs": [
            {"title": texts["catalogue"]["title"], "url": "#"},
            {"title": texts["course"], "url": "#"},
            {"title": texts["unit"]},
        ],
        "steps": [
            {"label": texts["quiz"]["number"], "state": "done", "href": "#"},
            {"label": texts["quiz"]["number2"], "state": "current"},
            {"label": texts["quiz"]["review"], "state": "next"},
        ],
    }
