"""The document of the frame in which content is played: our own page around the H5P core, with no right of the site."""

from dataclasses import dataclass, field
from urllib.parse import quote, urljoin

from django.conf import settings
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language

from accounts.models import User
from h5p.core.integration import Endpoints, PlayedContent, integration
from h5p.models import ContentVersion
from h5p.playing import Playable, playable
from h5p.tokens import ASSETS, PREVIEW

SANDBOX = "allow-scripts allow-forms allow-popups"
CORE_SCRIPT = "h5p-core/frame.bundle.js"
CORE_STYLES = ("h5p-core/styles/h5p.css", "h5p-core/styles/h5p-fonts.css", "h5p/player.css")
RIGHT_TO_LEFT = {"ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"}
# The core is given these; the script of the frame sends what comes to them where the attempt of the moment reports to.
STATE = "/h5p/-/state?data_type=:dataType&sub_content_id=:subContentId"
FINISHED = "/h5p/-/finished"


@dataclass(frozen=True)
class Played:
    """What is played, by whom, and where the frame reports to.

    `holder` may load the files; `person` is a pseudonym, since it reaches code by strangers. `reports` are addresses by
    name: without any nothing is kept. `states` are by sub-content and kind of data. `was_reset`: what was saved belongs
    to other content. `is_over`: it has its result; whoever goes on begins another attempt.
    """

    version: ContentVersion
    holder: str
    activity_iri: str = ""
    person: str = ""
    reports: dict[str, str] = field(default_factory=dict)
    states: dict[str, dict[str, str]] = field(default_factory=dict)
    was_reset: bool = False
    is_over: bool = False


def on_frame_host(path: str) -> str:
    """The address of something under h5p/, on the host that plays content."""
    return f"{settings.H5P_ORIGIN}{path}"


def preview_url(version: ContentVersion, user: User) -> str:
    """Where an author sees a version as learners will; put it into a sandboxed frame (components/h5p_frame.html)."""
    return on_frame_host(reverse("h5p:preview", args=[PREVIEW.make(version.pk, user.pk)]))


def player_page(request, played: Played):
    """The document for the frame. While a library waits for approval it says so instead."""
    found = playable(played.version)
    token = ASSETS.make(played.holder, played.version.content_id)
    language = played.version.language if played.version.language != "und" else get_language() or "en"
    context = {
        "title": played.version.title,
        "language": language,
        "direction": "rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "ltr",
        "waits": bool(found.waits_for),
        "frame": {
            "reports": played.reports,
            "was_reset": played.was_reset,
            "is_over": played.is_over,
            "iri": played.activity_iri,
        },
    }
    if not found.waits_for:
        context |= loaded(played, found, token)
    response = render(request, "h5p/player.html", context)
    response["Content-Security-Policy"] = policy(request, token)
    response["Referrer-Policy"] = "no-referrer"
    # Its own policy says which site may show it; the older header cannot name one.
    response.xframe_options_exempt = True
    return response


def loaded(played: Played, found: Playable, token: str) -> dict:
    """What the document loads, and the object that the core reads."""
    libraries = folder_of(
        "h5p:library_file", token, played.version.pk, found.libraries_sha256, "-", "-", levels=2
    )
    files = folder_of("h5p:content_file", token, played.version.pk, "-", levels=1)
    scripts = tuple(f"{libraries}/{quote(str(asset))}" for asset in found.scripts)
    styles = tuple(f"{libraries}/{quote(str(asset))}" for asset in found.styles)
    content = PlayedContent(
        id=played.version.content_id,
        library=played.version.main,
        params=found.params,
        title=played.version.title,
        activity_iri=played.activity_iri,
        files_url=files,
        scripts=scripts,
        styles=styles,
        metadata=played.version.metadata,
        states=played.states,
    )
    is_kept = bool(played.reports)
    endpoints = Endpoints(
        libraries=libraries,
        core_url="/h5p",
        site=settings.SITE_URL,
        set_finished=FINISHED if is_kept else None,
        user_data=STATE if is_kept else None,
    )
    return {
        "integration": integration(
            content,
            endpoints,
            user_name=played.person,
            user_mail=f"{played.person}@learner.invalid" if played.person else "",
        ),
        "content_id": content.id,
        "scripts": [static(CORE_SCRIPT), *code(found, token, "js")],
        "styles": [*map(static, CORE_STYLES), *code(found, token, "css")],
    }


def code(found: Playable, token: str, kind: str) -> list[str]:
    """The address of all scripts, or of all styles, if there are any."""
    address = reverse("h5p:code", args=[token, found.version.pk, found.libraries_sha256, kind])
    return [address] if (found.scripts if kind == "js" else found.styles) else []


def folder_of(name: str, *args: object, levels: int) -> str:
    """The address of a folder, by that of something in it."""
    return reverse(name, args=args).rsplit("/", levels)[0]


def policy(request, token: str) -> str:
    """No origin, no right of the site, and code, pictures and reports only from and to these addresses."""
    host = f"{request.scheme}://{request.get_host()}"
    files = f"{host}{folder_of('h5p:content_file', token, 0, '-', levels=3)}/"
    code = f"{files} {urljoin(host, settings.STATIC_URL)}"
    site = settings.SITE_URL if settings.H5P_ORIGIN else "'self'"
    return "; ".join(
        [
            f"sandbox {SANDBOX}",
            "default-src 'none'",
            f"script-src {code}",
            f"style-src {code} 'unsafe-inline'",
            f"img-src {code} data: blob:",
            f"media-src {files} data: blob:",
            f"font-src {code} data:",
            f"connect-src {host}/h5p/",
            "base-uri 'none'",
            "form-action 'none'",
            f"frame-ancestors {site}",
        ]
    )
