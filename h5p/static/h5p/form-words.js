// Makes the text areas of [data-h5p-rich] into editors with buttons for exactly the elements that the field allows. The
// text area keeps the HTML; the server cleans it before it is drawn and before it is stored.

// A command, the elements it makes, and the icon of the CMS or the letters on its button.
const COMMANDS = [
  ["bold", ["strong", "b"], "#bold"],
  ["italic", ["em", "i"], "#italic"],
  ["underline", ["u"], "U"],
  ["strikeThrough", ["s", "del", "strike"], "#strikethrough"],
  ["subscript", ["sub"], "#subscript"],
  ["superscript", ["sup"], "#superscript"],
  ["insertUnorderedList", ["ul"], "#list-ul"],
  ["insertOrderedList", ["ol"], "#list-ol"],
  ["h2", ["h2"], "#h2"],
  ["h3", ["h3"], "#h3"],
  ["blockquote", ["blockquote"], "#openquote"],
  ["pre", ["pre"], "#code"],
  ["insertHorizontalRule", ["hr"], "―"],
  ["createLink", ["a"], "#link"],
  ["removeFormat", [], "#cross"],
];
const BLOCKS = ["h2", "h3", "blockquote", "pre"];
const SPELLINGS = { B: ["strong", "b"], I: ["em", "i"], STRIKE: ["s", "del", "strike"], S: ["s", "del", "strike"] };
const DROPPED = "script, style, iframe, object, template, noscript, svg, math, link, meta, title";
const SAFE = /^(https?:|mailto:|ftp:)/i;

const icon = (name) => {
  const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  drawing.setAttribute("class", "icon");
  drawing.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `#icon-${name}`);
  drawing.append(use);
  return drawing;
};

const renamed = (element, name) => {
  const other = document.createElement(name);
  other.append(...element.childNodes);
  element.replaceWith(other);
};

// Elements as the field spells them; nothing where nothing is written.
const written = (editor, allowed) => {
  const copy = editor.cloneNode(true);
  for (const [name, spellings] of Object.entries(SPELLINGS)) {
    const wanted = spellings.find((one) => allowed.has(one));
    if (!wanted || wanted === name.toLowerCase()) continue;
    copy.querySelectorAll(name).forEach((one) => renamed(one, wanted));
  }
  const isEmpty = !copy.textContent.trim() && !copy.querySelector("hr, td, th");
  return isEmpty ? "" : copy.innerHTML;
};

// What is pasted keeps only elements that are allowed, without their attributes.
const pasted = (html, allowed) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  page.querySelectorAll(DROPPED).forEach((one) => one.remove());
  for (const one of [...page.body.querySelectorAll("*")].reverse()) {
    const href = one.localName === "a" && one.getAttribute("href");
    if (!allowed.has(one.localName)) one.replaceWith(...one.childNodes);
    else {
      [...one.attributes].forEach((attribute) => one.removeAttribute(attribute.name));
      if (href && SAFE.test(href)) one.setAttribute("href", href);
    }
  }
  return page.body.innerHTML;
};

class Editor {
  constructor(place, words) {
    this.words = words;
    this.allowed = new Set(place.dataset.h5pRich.split(" "));
    this.area = place.querySelector("textarea");
    this.editor = document.createElement("div");
    this.paragraph = place.dataset.enter === "p" ? "p" : "div";
    const label = `${this.area.id}:label`;
    Object.entries({
      contenteditable: "true",
      role: "textbox",
      "aria-multiline": "true",
      "aria-labelledby": label,
      dir: "auto",
      class: "h5p-rich__editor",
    }).forEach(([name, value]) => this.editor.setAttribute(name, value));
    for (const name of ["aria-describedby", "aria-required", "aria-invalid"]) {
      if (this.area.hasAttribute(name)) this.editor.setAttribute(name, this.area.getAttribute(name));
    }
    this.editor.innerHTML = this.area.value;
    this.area.hidden = true;
    place.append(this.editor);
    document.getElementById(label)?.addEventListener("click", () => this.editor.focus());
    this.editor.addEventListener("focus", () => this.begin(place));
    this.editor.addEventListener("input", () => this.keep());
    this.editor.addEventListener("paste", (event) => this.paste(event));
  }

  begin(place) {
    if (!this.tools) place.prepend(this.draw());
    document.execCommand("styleWithCSS", false, false);
    document.execCommand("defaultParagraphSeparator", false, this.paragraph);
    if (!this.editor.textContent && !this.editor.firstElementChild && this.paragraph === "p") {
      document.execCommand("formatBlock", false, "p");
    }
  }

  draw() {
    this.tools = document.createElement("div");
    this.tools.className = "h5p-rich__tools";
    this.tools.setAttribute("role", "toolbar");
    this.tools.setAttribute("aria-label", this.words("tools"));
    const isOffered = ([, elements]) => !elements.length || elements.some((one) => this.allowed.has(one));
    COMMANDS.filter(isOffered).forEach(([command, , sign], index) => {
      const button = document.createElement("button");
      button.type = "button";
      if (sign[0] === "#") button.append(icon(sign.slice(1)));
      else button.textContent = sign;
      button.title = this.words(command);
      button.setAttribute("aria-label", this.words(command));
      button.tabIndex = index ? -1 : 0;
      button.addEventListener("mousedown", (event) => event.preventDefault());
      button.addEventListener("click", () => this.run(command));
      this.tools.append(button);
    });
    this.tools.addEventListener("keydown", (event) => this.walk(event));
    return this.tools;
  }

  walk(event) {
    const forward = getComputedStyle(this.tools).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const back = forward === "ArrowRight" ? "ArrowLeft" : "ArrowRight";
    if (![forward, back].includes(event.key)) return;
    const buttons = [...this.tools.children];
    const here = buttons.indexOf(document.activeElement);
    const next = buttons[(here + (event.key === forward ? 1 : -1) + buttons.length) % buttons.length];
    buttons.forEach((one) => (one.tabIndex = one === next ? 0 : -1));
    next.focus();
    event.preventDefault();
  }

  run(command) {
    const chosen = document.getSelection();
    const range = chosen.rangeCount ? chosen.getRangeAt(0) : null;
    this.editor.focus();
    if (range && this.editor.contains(range.commonAncestorContainer)) {
      chosen.removeAllRanges();
      chosen.addRange(range);
    }
    if (command === "createLink") this.link();
    else if (BLOCKS.includes(command)) {
      const isThere = document.queryCommandValue("formatBlock").toLowerCase() === command;
      document.execCommand("formatBlock", false, isThere ? this.paragraph : command);
    } else document.execCommand(command);
    this.keep();
  }

  link() {
    const around = document.getSelection().anchorNode?.parentElement?.closest("a");
    const address = window.prompt(this.words("address"), around?.getAttribute("href") ?? "https://");
    if (address === null) return;
    if (!address || !SAFE.test(address)) document.execCommand("unlink");
    else document.execCommand("createLink", false, address);
  }

  paste(event) {
    event.preventDefault();
    const html = event.clipboardData.getData("text/html");
    const text = event.clipboardData.getData("text/plain");
    if (html) document.execCommand("insertHTML", false, pasted(html, this.allowed));
    else document.execCommand("insertText", false, text);
  }

  keep() {
    this.area.value = written(this.editor, this.allowed);
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

for (const root of document.querySelectorAll("[data-h5p-fields]")) {
  const words = (key) => root.querySelector(`[data-h5p-words="${key}"]`).content.textContent;
  const equip = (element) => element.querySelectorAll("[data-h5p-rich]").forEach((one) => new Editor(one, words));
  root.addEventListener("h5p-arrived", (event) => equip(event.target));
  equip(root);
}
