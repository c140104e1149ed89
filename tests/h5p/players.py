"""A small content type, written for tests: it asks one question, keeps where one is, and reports as others do."""

import json

from tests.h5p.packages import PNG, QUESTION, TOOLS, dependency, library_files, manifest, pack

TOOLS_SCRIPT = """
var H5P = H5P || {};
H5P.TestTools = { button: function (words, press) {
  var button = document.createElement("button");
  button.textContent = words;
  button.addEventListener("click", press);
  return button;
} };
"""
SCRIPT = """
var H5P = H5P || {};
H5P.TestQuestion = (function ($) {
  function Question(params, contentId, extras) {
    H5P.EventDispatcher.call(this);
    var self = this;
    var left = extras && extras.previousState || {};
    self.contentId = contentId;
    self.answer = left.answer || "";
    self.points = left.points;

    var say = function () {
      self.line.textContent = "Chosen: " + (self.answer || "nothing")
        + (self.points === undefined ? "" : ", points: " + self.points);
      self.trigger("resize");
    };
    var choose = function (answer) {
      return function () {
        self.answer = answer;
        say();
        self.triggerXAPI("interacted");
      };
    };

    self.attach = function ($container) {
      self.setActivityStarted();
      var box = $container.get(0);
      box.innerHTML = params.question;
      if (params.picture) {
        var picture = document.createElement("img");
        picture.alt = "Seal";
        H5P.setSource(picture, params.picture, contentId);
        box.appendChild(picture);
      }
      box.appendChild(H5P.TestTools.button("The court", choose("court")));
      box.appendChild(H5P.TestTools.button("The officer", choose("officer")));
      box.appendChild(H5P.TestTools.button("Check", function () {
        self.points = self.answer === "officer" ? 1 : 0;
        say();
        self.trigger(self.result());
      }));
      box.appendChild(H5P.TestTools.button("Retry", function () { self.answer = ""; self.points = undefined; say(); }));
      self.line = document.createElement("p");
      self.line.setAttribute("role", "status");
      box.appendChild(self.line);
      say();
    };
    self.result = function () {
      var event = self.createXAPIEventTemplate("answered");
      event.setScoredResult(self.points, 1, self, true, self.points === 1);
      event.data.statement.result.response = self.answer;
      return event;
    };
    self.getXAPIData = function () { return { statement: self.result().data.statement, children: [] }; };
    self.getCurrentState = function () {
      return self.answer ? { answer: self.answer, points: self.points } : undefined;
    };
    self.getScore = function () { return self.points || 0; };
    self.getMaxScore = function () { return 1; };
  }
  Question.prototype = Object.create(H5P.EventDispatcher.prototype);
  Question.prototype.constructor = Question;
  return Question;
})(H5P.jQuery);
"""
SEMANTICS = [
    {"name": "question", "type": "text", "widget": "html", "label": "Question", "tags": ["strong", "em"]},
    {"name": "picture", "type": "image", "label": "Picture", "optional": True},
]
STYLE = {"preloadedCss": [{"path": "styles/main.css"}]}


def playable_files(*, script=SCRIPT, question="<p>Who sealed it?</p>", title="Chain of custody"):
    """A package whose content really plays; `script` makes of the type what a test needs."""
    params = {"question": question, "picture": {"path": "images/seal.png", "mime": "image/png"}}
    folder = f"{QUESTION}-1.0"
    return {
        "h5p.json": json.dumps(
            manifest(title=title, preloadedDependencies=[dependency(QUESTION), dependency(TOOLS)])
        ),
        "content/content.json": json.dumps(params),
        "content/images/seal.png": PNG,
        **library_files(QUESTION, semantics=SEMANTICS, script=script, needs=[(TOOLS,)], **STYLE),
        f"{folder}/styles/main.css": "button { margin: 4px; min-height: 44px; }",
        **library_files(TOOLS, script=TOOLS_SCRIPT, runnable=0),
    }


def playable_package(**changes):
    """The package itself."""
    return pack(playable_files(**changes))
