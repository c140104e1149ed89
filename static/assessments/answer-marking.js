// Marking one answer: Ctrl and Enter save and go on, number keys choose a level of a rubric, and what was typed and not
// saved comes back. The form works without this.

import { stored } from "../js/kept.js";

const AGE_MS = 7 * 24 * 3600 * 1000;

const NAME = /^mark-answer-\d+-\d+$/;

const prune = () => {
  for (const name of Object.keys(localStorage).filter((one) => one.startsWith("mark-answer-"))) {
    const { at } = JSON.parse(stored.get(name)) ?? {};
    if (!NAME.test(name) || !at || Date.now() - at > AGE_MS) stored.remove(name);
  }
};

for (const form of document.querySelectorAll("form[data-mark-answer]")) {
  const fields = () => [...form.querySelectorAll("input:not([type=hidden]), textarea")].filter((field) => field.name);
  const seen = form.querySelector("input[name=seen]").value;
  const name = `mark-answer-${form.dataset.keptFor}-${form.dataset.markAnswer}`;

  const keep = () => {
    const typed = fields()
      .filter((field) => field.type !== "radio" || field.checked)
      .map((field) => [field.name, field.value]);
    stored.set(name, JSON.stringify({ seen, typed, at: Date.now() }));
  };

  const restore = () => {
    const kept = JSON.parse(stored.get(name) ?? "null");
    if (!kept || kept.seen !== seen || Date.now() - kept.at > AGE_MS) return stored.remove(name);
    // A refused form holds what was sent: newer than anything kept.
    if (document.querySelector(".mark-desk [role=alert], .mark-desk .w-field--error")) return undefined;
    let changed = false;
    for (const [field, value] of kept.typed) {
      for (const input of fields().filter((one) => one.name === field)) {
        if (input.type === "radio") {
          changed ||= input.value === value && !input.checked;
          input.checked = input.value === value;
        } else {
          changed ||= input.value !== value;
          input.value = value;
        }
      }
    }
    if (changed) form.querySelector("[data-restored-note]").textContent = form.dataset.restored;
    return undefined;
  };

  const total = form.querySelector("[data-total]");
  const add = () => {
    if (!total) return;
    const points = [...form.querySelectorAll("input[data-points]:checked")].map((input) => Number(input.dataset.points));
    total.textContent = new Intl.NumberFormat(document.documentElement.lang).format(points.reduce((sum, one) => sum + one, 0));
  };

  try {
    prune();
    restore();
    form.addEventListener("input", keep);
  } catch {
    // A browser that keeps nothing: the form is as safe as any other.
  }

  form.addEventListener("input", add);
  add();

  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("[data-next]"));
      return;
    }
    const criterion = event.target.closest("[data-criterion]");
    if (!criterion || event.target.matches("textarea") || event.altKey || event.ctrlKey || event.metaKey) return;
    const level = /^[1-9]$/.test(event.key) && criterion.querySelectorAll("input[type=radio]")[Number(event.key) - 1];
    if (!level) return;
    event.preventDefault();
    level.checked = true;
    level.focus();
    level.dispatchEvent(new Event("input", { bubbles: true }));
  });

  const chosen = form.querySelector("[data-criterion]")?.querySelector("input:checked");
  const first = chosen ?? form.querySelector("[data-criterion] input[type=radio], input[name=points]");
  if (first && !document.querySelector(".mark-desk [role=alert]")) {
    first.focus({ preventScroll: true });
    if (first.select) first.select();
  }
}
