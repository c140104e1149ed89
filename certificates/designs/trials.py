"""What keeps a design from being published: it is drawn in six languages and looked at as an archive would."""

from django.conf import settings
from django.utils.translation import gettext as _

from certificates.designs.samples import LANGUAGES, LONG_NAME, sample
from certificates.paper.design import read
from certificates.paper.errors import DesignRefused, FontMissing, PaperError
from certificates.paper.finished import unfinished
from certificates.printing import draw_with
from certificates.refusing import refusal, said_all

ARCHIVAL = ("PDF_A_3A", "PDF_UA_1")


def publish_problems(content: dict) -> list[str]:
    """Sentences that say what is wrong; none when awards may be printed with it."""
    try:
        design = read(content)
    except DesignRefused as refused:
        return said_all(refused.problems)
    problems = said_all(unfinished(design))
    if problems:
        return problems
    names = dict(settings.LANGUAGES)
    for language in LANGUAGES:
        try:
            pdf = draw_with(design, sample(content, language, name=LONG_NAME))
        except FontMissing:
            continue  # what this machine cannot print in any design
        except PaperError as problem:
            said = {"language": names[language], "problem": refusal(problem)}
            return [_("In %(language)s, with a very long name: %(problem)s") % said]
        problems += archive_problems(pdf)
    return list(dict.fromkeys(problems))


def archive_problems(pdf: bytes) -> list[str]:
    """What keeps a file from being archival and accessible, as the validator says it."""
    import page  # noqa: PLC0415 (heavy: most processes never need it)

    return [
        f"{name}: {failure.message}"
        for name in ARCHIVAL
        for failure in page.validate_pdf_bytes(pdf, profile=page.ValidationProfile[name]).failures
    ]
