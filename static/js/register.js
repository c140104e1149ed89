// The register of a session on a phone: taps are kept as they are made, a save that cannot be sent waits in this browser
// and goes by itself, and what somebody else recorded meanwhile is shown. A plain form without this.

import { RegisterQueue } from "./register-queue.js";
import { fragment, noConnection, patience, Sending, takeToken } from "./sending.js";

const HEADERS = { "X-Register": "1" };

const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();

class Register {
  constructor(form) {
    this.form = form;
    this.words = form.querySelector("[data-words]").dataset;
    this.trouble = form.querySelector("[data-trouble]");
    this.state = form.querySelector("[data-state]");
    this.list = form.querySelector("[data-lines]");
    this.queue = new RegisterQueue(form.dataset.register);
    this.sending = new Sending({
      name: this.queue.name,
      next: () => this.queue.next,
      post: (entry) => this.post(entry),
      accept: (entry, response) => this.accept(entry, response),
      freshToken: () => takeToken(form, this.address, HEADERS),
      failed: (why) => this.fail(why),
    });
    form.addEventListener("change", (event) => this.onChange(event.target));
    form.addEventListener("input", (event) => this.onTyped(event.target));
    form.addEventListener("submit", (event) => this.onSubmit(event));
    this.list.addEventListener("toggle", (event) => this.onOpened(event.target), true);
    this.equipSearch();
    this.offerEarlier();
    this.resume();
  }

  get address() {
    return this.form.getAttribute("action");
  }

  line(pk) {
    return this.list.querySelector(`[data-line="${pk}"]`);
  }

  get lines() {
    return [...this.list.querySelectorAll("[data-line]")];
  }

  fieldsOf(line) {
    const fields = [...line.querySelectorAll("input:not([type=radio]), input:checked")];
    return fields.map(({ name, value }) => [name, value]);
  }

  get fields() {
    return this.lines.flatMap((line) => this.fieldsOf(line));
  }

  // --- what the person does ---

  onChange(field) {
    const line = field.closest("[data-line]");
    if (!line) return;
    if (field.type === "radio") this.onChosen(line, field.value);
    this.changed(line);
  }

  onTyped(field) {
    const line = field.closest("[data-line]");
    if (line && field.type !== "radio") this.changed(line);
  }

  // Being late is measured by the clock; being present needs no further word.
  onChosen(line, status) {
    const minutes = line.querySelector("[name^='m-']");
    if (status === "late" && !minutes.value) {
      const since = Math.round((Date.now() / 1000 - Number(this.form.dataset.starts)) / 60);
      minutes.value = since >= 1 && since <= Number(this.form.dataset.most) ? since : "";
    }
    if (status === "present") line.querySelector("details").open = false;
  }

  // One line is open at a time, so that the next name stays near the thumb; what has to be looked at stays open.
  onOpened(opened) {
    if (!opened.open) return;
    const { top } = opened.getBoundingClientRect();
    for (const other of this.list.querySelectorAll("details[open]")) {
      if (other !== opened && !other.querySelector("[data-note] > *")) other.open = false;
    }
    scrollBy(0, opened.getBoundingClientRect().top - top);
  }

  changed(line) {
    this.show(line);
    this.count();
    this.queue.draft = this.fields;
    this.say(this.words.changed);
  }

  onSubmit(event) {
    event.preventDefault();
    const wrong = this.lines.find((line) => !this.isWhole(line));
    if (wrong) {
      wrong.querySelector("details").open = true;
      const minutes = wrong.querySelector("[name^='m-']");
      minutes.reportValidity();
      minutes.focus();
      return;
    }
    this.queue.put(this.fields);
    this.say(this.words.saving);
    this.sending.send();
  }

  isWhole(line) {
    const minutes = line.querySelector("[name^='m-']");
    const isLate = line.querySelector("input:checked")?.value === "late";
    minutes.required = isLate;
    return !isLate || minutes.checkValidity();
  }

  // --- what is shown ---

  show(line) {
    const status = line.querySelector("input:checked").value;
    const tag = this.form.querySelector(`[data-tag="${status}"]`).content.cloneNode(true);
    const minutes = line.querySelector("[name^='m-']").value;
    if (status === "late" && minutes) tag.firstElementChild.append(` ${this.words.minutes.replace("#", minutes)}`);
    line.querySelector("[data-shown]").replaceChildren(tag);
  }

  count() {
    const statuses = this.lines.map((line) => line.querySelector("input:checked").value);
    const of = (wanted) => statuses.filter((status) => status === wanted).length;
    const counts = ["present", "late", "excused", "absent"].map(of);
    const text = this.words.counts.replace(/#(\d)/g, (_all, place) => counts[place - 1]);
    this.form.querySelector("[data-counts]").textContent = text;
  }

  say(text) {
    this.state.textContent = text;
  }

  warn(text) {
    const line = document.createElement("p");
    line.className = "saved saved--lost";
    line.textContent = text;
    this.trouble.replaceChildren(...(text ? [line] : []));
  }

  equipSearch() {
    const box = this.form.querySelector("[data-search]");
    box.hidden = false;
    // The name found last gives way to the next.
    box.addEventListener("focusin", (event) => event.target.select());
    box.addEventListener("input", (event) => {
      const wanted = plain(event.target.value.trim());
      for (const line of this.lines) {
        line.hidden = !plain(line.querySelector("[data-name]").textContent).includes(wanted);
      }
      this.form.querySelector("[data-nobody]").hidden = this.lines.some((line) => !line.hidden);
    });
    box.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  }

  // Who was away in the session before, taken over with one tap, also without a connection.
  offerEarlier() {
    const offer = this.form.querySelector("[data-earlier]");
    offer?.querySelector("a").addEventListener("click", (event) => {
      event.preventDefault();
      this.putBack(JSON.parse(offer.dataset.earlier));
      offer.remove();
      this.queue.draft = this.fields;
      this.say(this.words.changed);
    });
  }

  // --- sending ---

  post(entry) {
    this.queue.tried(entry.key);
    return fetch(this.address, { method: "POST", body: this.body(entry), headers: HEADERS, signal: patience() });
  }

  async accept(entry, response) {
    if (!response.ok && response.status !== 409 && response.status !== 422) throw noConnection();
    const answer = fragment(await response.text());
    const refused = answer.querySelector("[data-refused]");
    this.queue.done(entry.key);
    if (refused) {
      this.queue.draft ??= entry.fields;
      this.say("");
      return this.warn(refused.textContent);
    }
    this.saved(entry, answer);
  }

  body({ fields, key, taken }) {
    const body = new URLSearchParams(fields);
    body.set("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
    body.set("key", key);
    body.set("road", this.form.elements.road.value);
    body.set("taken", taken);
    body.set("register", this.form.dataset.register);
    return body;
  }

  // Lines that were not touched since show what is recorded now; the others keep what was tapped.
  saved(entry, answer) {
    const sent = new Map(entry.fields);
    for (const line of answer.querySelectorAll("[data-line]")) {
      const pk = line.dataset.line;
      const mine = this.line(pk);
      if (!mine) {
        this.list.append(line);
      } else if (this.fieldsOf(mine).every(([name, value]) => sent.get(name) === value)) {
        const { hidden } = mine;
        mine.replaceWith(line);
        line.hidden = hidden;
      } else {
        mine.querySelector("[name^='b-']").value = line.querySelector("[name^='b-']").value;
      }
    }
    const conflicts = answer.querySelector("[data-conflicts]");
    this.trouble.replaceChildren(...(conflicts?.childNodes ?? []));
    if (conflicts) this.trouble.scrollIntoView({ block: "center" });
    this.count();
    if (this.queue.draft) this.queue.draft = this.fields;
    else this.say(answer.querySelector("[data-said]")?.textContent ?? "");
  }

  // Said at length above the names, and shortly beside the button under the thumb.
  fail(why) {
    this.say(this.words.waiting);
    this.warn(this.words[why]);
  }

  // --- beginning ---

  // What an earlier visit could not send, or did not save, stands here again as it was tapped.
  resume() {
    const { draft } = this.queue;
    if (this.queue.latest) this.form.querySelector("[data-earlier]")?.remove();
    this.putBack(this.queue.latest ?? []);
    if (draft) this.say(this.words.restored);
    else if (this.queue.next) this.say(this.words.saving);
    else if (!navigator.onLine) this.warn(this.words.kept);
    if (this.queue.next) this.sending.send();
  }

  putBack(fields) {
    for (const [name, value] of fields) {
      const line = this.line(name.slice(2));
      if (!line) continue;
      for (const field of line.querySelectorAll(`[name="${name}"]`)) {
        if (field.type === "radio") field.checked = field.value === value;
        else field.value = value;
      }
    }
    for (const line of this.lines) this.show(line);
    this.count();
  }
}

// The page itself is kept by a small script of ours, so that it opens without a connection.
const keep = async (form) => {
  if (!navigator.serviceWorker || !globalThis.caches) return;
  try {
    await navigator.serviceWorker.register(form.dataset.keeper);
    const files = performance.getEntriesByType("resource").map(({ name }) => name);
    const own = files.filter((name) => name.startsWith(`${location.origin}/static/`));
    const cache = await caches.open("registers");
    await cache.addAll([location.pathname, ...new Set(own)]);
  } catch {
    // Without it, the page has to stay open.
  }
};

for (const form of document.querySelectorAll("form[data-register]")) {
  new Register(form);
  keep(form);
}
