// Elements are moved and resized over the drawn paper, by dragging or by arrow keys. What counts are the numbers in the
// forms: a step here writes them, and whatever is typed there moves the element here. Every change can be undone.

const REACH = 1.5; // mm within which an edge catches
const KINDS_WITHOUT_HEIGHT = 9; // mm that such an element is shown with
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const SKIPPED = new Set(["hidden", "file", "submit", "button"]);

const round = (number) => Math.round(number * 10) / 10;
const within = (number, least, most) => Math.max(least, Math.min(number, Math.max(least, most)));
const say = (template, words) => template.replace(/\{(\w+)\}/g, (_all, name) => words[name] ?? "");

class History {
  // What fields held before each change, newest last.
  constructor(form) {
    this.steps = [];
    this.known = new Map();
    for (const field of form.elements) if (!SKIPPED.has(field.type)) this.known.set(field, field.value);
    form.addEventListener("change", (event) => this.add([event.target]));
  }

  add(fields) {
    const step = [];
    for (const field of fields) {
      const before = this.known.get(field);
      if (before === undefined || before === field.value) continue;
      step.push([field, before]);
      this.known.set(field, field.value);
    }
    if (step.length) this.steps.push(step);
  }

  undo() {
    const step = this.steps.pop();
    for (const [field, before] of step ?? []) {
      field.value = before;
      this.known.set(field, before);
    }
    step?.[0][0].dispatchEvent(new Event("input", { bubbles: true }));
    return Boolean(step);
  }
}

class Item {
  // An element, or the column, with the fields that place it.
  constructor(stage, prefix, label, details) {
    const field = (name) => stage.form.elements[`${prefix}${name}`];
    this.fields = { x: field("x"), y: field("y"), width: field("width"), height: field("height") };
    this.place = prefix.startsWith("e") ? field("place") : undefined;
    this.isSquare = details?.dataset.kind === "qr";
    this.label = label;
    this.details = details;
    this.stage = stage;
    this.button = document.createElement("button");
    this.button.type = "button";
    this.button.className = details ? "designer-box" : "designer-box designer-box--column";
    this.button.setAttribute("aria-label", label);
    this.button.append(Object.assign(document.createElement("span"), { className: "designer-box__handle" }));
  }

  get stands() {
    return this.place?.value !== "column" && Number.isFinite(this.box.x + this.box.y + this.box.width);
  }

  get box() {
    const number = (name) => Number.parseFloat(this.fields[name]?.value);
    const width = number("width");
    return { x: number("x"), y: number("y"), width, height: this.isSquare ? width : number("height") || KINDS_WITHOUT_HEIGHT };
  }

  set box(box) {
    for (const [name, field] of Object.entries(this.fields)) if (field) field.value = round(box[name]);
  }

  least(name) {
    return Number.parseFloat(this.fields[name]?.min) || 0;
  }

  show() {
    const [width, height] = this.stage.page;
    const box = this.box;
    this.button.hidden = !this.stands;
    if (!this.stands) return;
    const start = this.stage.isMirrored ? width - box.x - box.width : box.x;
    const style = this.button.style;
    style.left = `${(start / width) * 100}%`;
    style.top = `${(box.y / height) * 100}%`;
    style.width = `${(box.width / width) * 100}%`;
    style.height = `${(box.height / height) * 100}%`;
    style.zIndex = 10_000 - Math.round((box.width * box.height) / 20); // small ones can always be reached
  }
}

class Stage {
  constructor(element) {
    this.element = element;
    this.form = document.getElementById("design-form");
    this.papers = JSON.parse(document.getElementById("designer-papers").textContent);
    this.words = element.dataset;
    this.said = document.querySelector("[data-said]");
    this.boxes = element.querySelector("[data-boxes]");
    this.history = new History(this.form);
    this.items = [new Item(this, "page-column_", this.words.wordsTheColumn)];
    for (const [place, details] of [...this.form.querySelectorAll("[data-element]")].entries()) {
      this.items.push(new Item(this, `e${place}-`, details.dataset.label, details));
    }
    this.guides = ["x", "y"].map((axis) =>
      Object.assign(document.createElement("span"), { className: `designer-guide designer-guide--${axis}`, hidden: true }),
    );
    this.boxes.append(...this.items.map((item) => item.button), ...this.guides);
    for (const item of this.items) this.listen(item);
    this.form.addEventListener("input", () => this.show());
    this.form.addEventListener("change", () => this.show());
    this.language?.addEventListener("change", () => this.show());
    document.querySelector("[data-undo]").addEventListener("click", () => this.undo());
    for (const part of ["[data-stage-tools]", "[data-stage-help]"]) document.querySelector(part).hidden = false;
    element.hidden = false;
    this.show();
  }

  get language() {
    return this.form.elements.language;
  }

  get isMirrored() {
    return this.language?.value === "ar";
  }

  get page() {
    const size = this.papers[this.form.elements["page-paper"].value];
    return this.form.elements["page-orientation"].value === "landscape" ? [size[1], size[0]] : size;
  }

  show() {
    const [width, height] = this.page;
    this.element.style.aspectRatio = `${width} / ${height}`;
    this.element.style.maxInlineSize = `calc(75vh * ${width / height})`;
    this.boxes.dir = this.isMirrored ? "rtl" : "ltr"; // the corner that is drawn is at the end side
    for (const item of this.items) item.show();
  }

  listen(item) {
    item.button.addEventListener("pointerdown", (event) => this.drag(item, event));
    item.button.addEventListener("keydown", (event) => this.press(item, event));
    item.button.addEventListener("dblclick", () => this.open(item));
    item.button.addEventListener("focus", () => this.speak(item, "wordsPosition"));
  }

  press(item, event) {
    if (event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.undo();
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.open(item);
    } else if (event.key in ARROWS) {
      event.preventDefault();
      const step = event.shiftKey ? 10 : 1;
      const [across, down] = ARROWS[event.key].map((way) => way * step);
      this.place(item, item.box, this.isMirrored ? -across : across, down, event.altKey);
      this.done(item, event.altKey);
    }
  }

  open(item) {
    const target = item.details ?? this.form.querySelector("details");
    target.open = true;
    target.querySelector("summary").focus();
    target.scrollIntoView({ block: "nearest" });
  }

  drag(item, event) {
    if (event.button !== 0) return;
    const began = item.box;
    const resizes = event.target !== item.button;
    const scale = this.page[0] / this.boxes.getBoundingClientRect().width;
    let moved = false;
    let aligned = [];
    const move = (now) => {
      const across = (now.clientX - event.clientX) * scale * (this.isMirrored ? -1 : 1);
      const down = (now.clientY - event.clientY) * scale;
      if (!moved && Math.hypot(across, down) < 0.7) return; // a click
      moved = true;
      this.place(item, began, across, down, resizes);
      aligned = this.snap(item, resizes);
    };
    const end = () => {
      item.button.removeEventListener("pointermove", move);
      for (const guide of this.guides) guide.hidden = true;
      if (moved) this.done(item, resizes, aligned);
    };
    item.button.setPointerCapture(event.pointerId);
    item.button.addEventListener("pointermove", move);
    item.button.addEventListener("pointerup", end, { once: true });
    item.button.addEventListener("pointercancel", end, { once: true });
  }

  place(item, began, across, down, resizes) {
    const [width, height] = this.page;
    const box = { ...began };
    if (resizes) {
      box.width = within(began.width + across, item.least("width"), width - began.x);
      box.height = within(began.height + down, item.least("height"), height - began.y);
    } else {
      box.x = within(began.x + across, 0, width - began.width);
      box.y = within(began.y + down, 0, height - began.height);
    }
    item.box = box;
    item.show();
  }

  lines(item, axis, size) {
    // Where edges catch: the page, its middle, the column, every other element that stands.
    const length = this.page[axis === "x" ? 0 : 1];
    const lines = [[length / 2, "wordsCentre"], [0, "wordsEdge"], [length, "wordsEdge"]];
    for (const other of this.items) {
      if (other === item || !other.stands) continue;
      const box = other.box;
      const name = other.details ? "wordsElement" : "wordsColumn";
      for (const share of [0, 0.5, 1]) lines.push([box[axis] + box[size] * share, name]);
    }
    return lines;
  }

  snap(item, resizes) {
    const aligned = [];
    const box = item.box;
    for (const [number, [axis, size]] of [["x", "width"], ["y", "height"]].entries()) {
      const shares = resizes ? [1] : [0.5, 0, 1];
      let best;
      for (const [line, name] of this.lines(item, axis, size)) {
        for (const share of shares) {
          const off = line - (box[axis] + box[size] * share);
          // The page and the column go before what merely stands there.
          const far = Math.abs(off) + (name === "wordsElement" ? REACH : 0);
          if (Math.abs(off) <= REACH && (!best || far < best.far - 0.01)) best = { off, far, line, name };
        }
      }
      this.guides[number].hidden = !best;
      if (!best) continue;
      box[resizes ? size : axis] += best.off;
      aligned.push(best.name);
      const length = this.page[number];
      const at = number === 0 && this.isMirrored ? length - best.line : best.line;
      this.guides[number].style[number ? "top" : "left"] = `${(at / length) * 100}%`;
    }
    item.box = box;
    item.show();
    return aligned;
  }

  done(item, resizes, aligned = []) {
    const fields = Object.values(item.fields).filter(Boolean);
    this.history.add(fields);
    fields[0].dispatchEvent(new Event("input", { bubbles: true }));
    this.speak(item, resizes ? "wordsSize" : "wordsPosition", aligned);
  }

  speak(item, words, aligned = []) {
    const box = item.box;
    const told = { element: item.label };
    for (const name of ["x", "y", "width", "height"]) told[name] = round(box[name]);
    const guides = [...new Set(aligned)].map((name) => say(this.words.wordsAligned, { guide: this.words[name] }));
    this.said.textContent = [say(this.words[words], told), ...guides].join(" ");
  }

  undo() {
    this.said.textContent = this.history.undo() ? this.words.wordsUndone : this.words.wordsNothing;
    this.show();
  }
}

for (const element of document.querySelectorAll("[data-stage]")) new Stage(element);
