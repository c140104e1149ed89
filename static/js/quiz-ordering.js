// Steps are moved by buttons, by dragging, or by choosing a place; each move is announced. The form sends the places.

const icon = (path) =>
  `<svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true"><path d="${path}"></path></svg>`;
const UP = icon("m18 15-6-6-6 6");
const DOWN = icon("m6 9 6 6 6-6");
const GRIP = icon("M9 5h.01M9 12h.01M9 19h.01M15 5h.01M15 12h.01M15 19h.01");

class Ordering {
  constructor(list) {
    this.list = list;
    this.status = document.createElement("p");
    this.status.className = "visually-hidden";
    this.status.setAttribute("role", "status");
    list.after(this.status);
    for (const step of this.steps) this.equip(step);
    list.addEventListener("change", (event) => event.isTrusted !== false && this.onChosen(event));
    list.closest("[data-question]")?.addEventListener("quiz:put-back", () => this.arrange());
    this.refresh();
  }

  get steps() {
    return [...this.list.querySelectorAll("[data-step]")];
  }

  placeOf(step) {
    return step.querySelector("select");
  }

  equip(step) {
    const tools = document.createElement("span");
    tools.className = "step__tools";
    const words = step.querySelector(".step__text");
    for (const [direction, drawing] of [["up", UP], ["down", DOWN]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "step__button";
      button.dataset[direction] = "";
      button.innerHTML = drawing;
      button.setAttribute("aria-label", this.list.dataset[direction]);
      button.setAttribute("aria-describedby", words.id);
      button.addEventListener("click", () => this.moveBy(step, direction === "up" ? -1 : 1, button));
      tools.append(button);
    }
    const grip = document.createElement("span");
    grip.className = "step__grip";
    grip.innerHTML = GRIP;
    grip.addEventListener("pointerdown", (event) => this.drag(step, event));
    tools.append(grip);
    step.append(tools);
  }

  moveBy(step, by, button) {
    const steps = this.steps;
    const there = steps[steps.indexOf(step) + by];
    if (!there) return;
    if (by < 0) there.before(step);
    else there.after(step);
    this.number(step);
    button.focus();
  }

  onChosen(event) {
    const step = event.target.closest("[data-step]");
    if (!step || event.target.value === "") return;
    const others = this.steps.filter((other) => other !== step);
    const before = others[Number(event.target.value) - 1];
    if (before) before.before(step);
    else this.list.append(step);
    this.number(step, false);
    event.target.focus();
  }

  drag(step, start) {
    start.preventDefault();
    step.dataset.dragged = "";
    const move = ({ clientX, clientY }) => {
      const over = document.elementFromPoint(clientX, clientY)?.closest("[data-step]");
      if (!over || over === step || over.parentElement !== this.list) return;
      const box = over.getBoundingClientRect();
      if (clientY < box.top + box.height / 2) over.before(step);
      else over.after(step);
    };
    const end = new AbortController();
    const stop = () => {
      end.abort();
      delete step.dataset.dragged;
      this.number(step);
    };
    // On the document: a grip that is moved about the page no longer holds the pointer.
    for (const [name, heard] of [["pointermove", move], ["pointerup", stop], ["pointercancel", stop]]) {
      document.addEventListener(name, heard, { signal: end.signal });
    }
  }

  // Write the places into the form and say where the step is now.
  number(moved, tell = true) {
    const steps = this.steps;
    steps.forEach((step, index) => {
      this.placeOf(step).value = String(index + 1);
    });
    this.status.textContent = this.list.dataset.moved.replace("#", steps.indexOf(moved) + 1);
    this.refresh();
    if (tell) this.list.dispatchEvent(new CustomEvent("quiz:changed", { bubbles: true }));
  }

  // Put the steps where the form says they are.
  arrange() {
    const placed = this.steps.filter((step) => this.placeOf(step).value);
    if (placed.length !== this.steps.length) return;
    placed.sort((one, other) => this.placeOf(one).value - this.placeOf(other).value);
    this.list.append(...placed);
    this.refresh();
  }

  refresh() {
    const steps = this.steps;
    steps.forEach((step, index) => {
      step.querySelector("[data-up]").setAttribute("aria-disabled", String(index === 0));
      step.querySelector("[data-down]").setAttribute("aria-disabled", String(index === steps.length - 1));
    });
  }
}

export const equipOrderings = (root) => {
  for (const list of root.querySelectorAll("[data-ordering]")) new Ordering(list);
};
