"""The H5PIntegration object, which the H5P core reads in the browser before it plays anything."""

import hashlib
import json
from dataclasses import dataclass, field

from h5p.core.names import LibraryName
from h5p.core.words import core_words

# Seconds between two savings of the state.
SAVE_EVERY = 10


@dataclass(frozen=True)
class PlayedContent:
    """One content as it is to be played. `params` must be sanitized; `states` are by sub-content id, "0" the root's."""

    id: int
    library: LibraryName
    params: dict
    title: str
    activity_iri: str
    files_url: str
    scripts: tuple[str, ...]
    styles: tuple[str, ...]
    metadata: dict = field(default_factory=dict)
    states: dict[str, dict[str, str]] = field(default_factory=dict)
    fullscreen: bool = False


@dataclass(frozen=True)
class Endpoints:
    """Where the core loads from and reports to. Both reporting addresses carry their own token.

    `user_data` holds the core's placeholders :contentId, :dataType and :subContentId. None means: report nothing.
    """

    libraries: str
    core_url: str
    site: str
    set_finished: str | None = None
    user_data: str | None = None


def params_json(params: dict) -> str:
    """Parameters as the core wants them: JSON in a string, always the same for the same parameters."""
    return json.dumps(params, ensure_ascii=False, separators=(",", ":"))


def content_hash(params: dict) -> str:
    """Changes whenever the parameters do."""
    return hashlib.sha256(params_json(params).encode()).hexdigest()


def integration(
    content: PlayedContent,
    endpoints: Endpoints,
    *,
    user_name: str = "",
    user_mail: str = "",
    core_scripts: tuple[str, ...] = (),
    core_styles: tuple[str, ...] = (),
    save_every: int = SAVE_EVERY,
) -> dict:
    """The object for one content, with words in the active language.

    `user_name` and `user_mail` reach code by strangers: give pseudonyms. Without a name the core saves no state.
    """
    ajax = {"setFinished": endpoints.set_finished or "", "contentUserData": endpoints.user_data or ""}
    result = {
        "baseUrl": "",
        "url": endpoints.core_url,
        "urlLibraries": endpoints.libraries,
        "siteUrl": endpoints.site,
        "postUserStatistics": bool(endpoints.set_finished),
        "saveFreq": save_every if endpoints.user_data else False,
        # Some types show their button for handing in only where reporting is on.
        "reportingIsEnabled": bool(endpoints.set_finished),
        "hubIsEnabled": False,
        "fullscreenDisabled": False,
        "ajax": ajax,
        "l10n": {"H5P": core_words()},
        "core": {"scripts": list(core_scripts), "styles": list(core_styles)},
        "loadedJs": [],
        "loadedCss": [],
        "libraryConfig": {},
        "crossorigin": None,
        "crossoriginRegex": None,
        "crossoriginCacheBuster": None,
        "contents": {f"cid-{content.id}": content_values(content)},
    }
    if user_name:
        result["user"] = {"name": user_name, "mail": user_mail}
    return result


def content_values(content: PlayedContent) -> dict:
    """What the core knows of the content itself."""
    shown = ("frame", "export", "embed", "copyright", "icon", "copy")
    return {
        "library": str(content.library),
        "jsonContent": params_json(content.params),
        "jsonContentHash": content_hash(content.params),
        "fullScreen": "1" if content.fullscreen else "0",
        "exportUrl": "",
        "embedCode": "",
        "resizeCode": "",
        "title": content.title,
        "displayOptions": dict.fromkeys(shown, False),
        "url": content.activity_iri,
        "contentUrl": content.files_url,
        "metadata": {"title": content.title, "license": "U", **content.metadata},
        "contentUserData": content.states or {"0": {}},
        "scripts": list(content.scripts),
        "styles": list(content.styles),
    }
