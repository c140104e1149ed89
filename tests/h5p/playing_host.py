"""An H5P host in a few lines, without the LMS: one page around the H5P core, drawn from memory."""

import json
import mimetypes
from pathlib import Path

from django.conf import settings

from h5p.core.content_index import uses_of
from h5p.core.dependencies import needed_libraries
from h5p.core.integration import Endpoints, PlayedContent, integration
from h5p.core.names import LibraryName
from h5p.shipped import EXAMPLES, FOLDER, example, find

CORE = Path(settings.BASE_DIR) / "node_modules/h5p-standalone/dist"
SITE = "http://localhost"
IRI = "https://lms.example/activities/1"
HEAR = """
<script>
  window.statements = [];
  const copy = (value) => JSON.parse(JSON.stringify(value));
  H5P.externalDispatcher.on('xAPI', (event) => window.statements.push(copy(event.data.statement)));
  window.sum = (statement) => {
    const {object, verb, result} = statement;
    const id = object.definition.extensions['http://h5p.org/x-api/h5p-subContentId'];
    const score = result && result.score ? ` ${result.score.raw}/${result.score.max}` : '';
    return `${verb.id.split('/').pop()}${id ? ' child' : ''}${score}`;
  };
</script>
"""


class Host:
    """Plays content in a page; remembers what the core posts."""

    def __init__(self, page):
        self.page = page
        self.posts = []
        page.route("**/*", self.answer)

    def play(self, name, params=None, *, state=None, language="en", is_preview=False):
        """Draw the page anew with this content; without parameters, the type's example."""
        main = LibraryName(name, 1, 0)
        params = example(main).params if params is None else params
        self.document = document(main, params, state, language, is_preview)
        self.page.goto(f"{SITE}/")
        self.page.wait_for_function("window.H5P && H5P.instances.length === 1")
        return self.page.locator(".jk").first

    def answer(self, route):
        path = route.request.url.removeprefix(SITE).split("?")[0]
        if route.request.method == "POST":
            self.posts.append((path, dict(pair.split("=") for pair in route.request.post_data.split("&"))))
            return route.fulfill(json={"success": True})
        if path.startswith("/state/"):
            return route.fulfill(json={"success": True, "data": False})
        if path == "/":
            return route.fulfill(content_type="text/html; charset=utf-8", body=self.document)
        roots = {"core": CORE, "libraries": FOLDER, "files": EXAMPLES / "files"}
        first, _slash, rest = path.lstrip("/").partition("/")
        file = roots.get(first, FOLDER) / rest
        if not file.is_file():
            return route.fulfill(status=404 if first in roots else 204, body="")
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        return route.fulfill(content_type=f"{kind}; charset=utf-8", body=file.read_bytes())

    def js(self, expression):
        """Ask the content itself: `it` is its instance."""
        return self.page.evaluate(f"(() => {{ const it = H5P.instances[0]; return {expression}; }})()")

    def told(self):
        """What was told, in short: "answered child 1/2"."""
        return self.js("window.statements.map(window.sum)")

    def statements(self, verb):
        """The statements of one verb."""
        return [one for one in self.js("window.statements") if one["verb"]["id"].endswith(f"/{verb}")]


def document(main, params, state, language, is_preview):
    """The whole page."""
    needed, _missing = needed_libraries([main, *uses_of(params).libraries], find)
    libraries = [item.name for item in needed if item.kind == "preloaded"]
    scripts = [f"/libraries/{name.folder}/{path}" for name in libraries for path in find(name).scripts]
    styles = [f"/libraries/{name.folder}/{path}" for name in libraries for path in find(name).styles]
    content = PlayedContent(
        id=1,
        library=main,
        params=params,
        title="A title",
        activity_iri=IRI,
        files_url="/files",
        scripts=(),
        styles=(),
        states={"0": {"state": json.dumps(state)}} if state else {},
    )
    reports = () if is_preview else ("/finished", "/state/:dataType/:subContentId")
    endpoints = Endpoints("/libraries", "/core", SITE, *reports)
    values = integration(content, endpoints, user_name="A", user_mail="a@example.org", save_every=60)
    # A closing tag inside the values must not end the script.
    told = json.dumps(values).replace("</", "<\\/")
    return "".join(
        [
            f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>A title</title>',
            '<meta name="viewport" content="width=device-width">',
            *[f'<link rel="stylesheet" href="{path}">' for path in ("/core/styles/h5p.css", *styles)],
            f"<script>window.H5PIntegration = {told};</script>",
            '<script src="/core/frame.bundle.js"></script>',
            "<script>window.H5P = window.H5P || window.H5PStandalone.H5P;</script>",
            HEAR,
            *[f'<script src="{path}"></script>' for path in scripts],
            '</head><body><main><div class="h5p-content" data-content-id="1"></div></main></body></html>',
        ]
    )
