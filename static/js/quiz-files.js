// Files of an essay are added as soon as they are chosen and taken back by a button, without leaving the page.

import { fragment } from "./quiz-sending.js";

export class Files {
  constructor(form) {
    this.form = form;
    for (const button of form.querySelectorAll("[data-add-button]")) button.hidden = true;
    form.addEventListener("change", ({ target }) => target.matches("[data-add]") && this.add(target));
    form.addEventListener("click", (event) => {
      const button = event.target.closest("[data-remove]");
      if (!button) return;
      event.preventDefault();
      this.send(button.closest("[data-files]"), button.dataset.remove, new FormData());
    });
  }

  async add(input) {
    const [file] = input.files;
    if (!file) return;
    const body = new FormData();
    body.set(input.name, file);
    await this.send(input.closest("[data-files]"), input.dataset.add, body, input.dataset);
  }

  async send(place, url, body, words = {}) {
    const said = place.querySelector("[data-files-said]");
    said.textContent = words.adding ?? "";
    place.setAttribute("aria-busy", "true");
    body.set("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
    try {
      const response = await fetch(url, { method: "POST", body });
      if (response.redirected || ![200, 422].includes(response.status)) throw new Error(response.status);
      this.show(place, fragment(await response.text()));
    } catch {
      said.textContent = words.failed ?? "";
      place.removeAttribute("aria-busy");
      for (const input of place.querySelectorAll("[data-add]")) input.value = "";
    }
  }

  show(place, shown) {
    const next = shown.querySelector("[data-files]");
    for (const button of next.querySelectorAll("[data-add-button]")) button.hidden = true;
    place.replaceWith(next);
    next.tabIndex = -1;
    next.focus();
  }
}
