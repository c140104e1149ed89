// The register of a session on a phone: taps are kept as they are made, a save that cannot be sent waits in this browser
// and goes by itself, and what somebody else recorded meanwhile is shown. A plain form without this.

import { RegisterQueue } from "./register-queue.js";

const FIRST_WAIT_MS = 2000;
const LONGEST_WAIT_MS = 30_000;
const PATIENCE_MS = 15_000;

const fragment = (html) => document.createRange().createContextualFragment(html);
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();

class NoConnection extends Error {}
class SignedOut extends Error {}
class NotYours extends Error {}

class Register {
  constructor(form) {
    this.form = form;
    this.words = form.querySelector("[data-words]").dataset;
    this.trouble = form.querySelector("[data-trouble]");
    this.state = form.querySelector("[data-state]");
    this.list = form.querySelector("[data-lines]");
    this.queue = new RegisterQueue(form.dataset.register);
    this.wait = FIRST_WAIT_MS;
    form.addEventListener("change", (event) => this.onChange(event.target));
    form.addEventListener("input", (event) => this.onTyped(event.target));
    form.addEventListener("submit", (event) => this.onSubmit(event));
    addEventListener("online", () => this.send());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.send());
    this.equipSearch();
    this.resume();
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
    this.send();
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
    box.addEventListener("input", (event) => {
      const wanted = plain(event.target.value.trim());
      for (const line of this.lines) {
        line.hidden = !plain(line.querySelector("[data-name]").textContent).includes(wanted);
      }
      this.form.querySelector("[data-nobody]").hidden = this.lines.some((line) => !line.hidden);
    });
    box.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  }

  // --- sending ---

  send() {
    clearTimeout(this.retry);
    const all = () => this.sendAll();
    const once = () => navigator.locks?.request(this.queue.name, all) ?? all();
    this.sending ??= Promise.resolve(once()).finally(() => {
      this.sending = null;
    });
    return this.sending;
  }

  async sendAll() {
    for (let entry = this.queue.next; entry; entry = this.queue.next) {
      try {
        await this.sendOne(entry);
        this.wait = FIRST_WAIT_MS;
      } catch (problem) {
        this.fail(problem);
        return;
      }
    }
  }

  async sendOne(entry, again = false) {
    this.queue.tried(entry.key);
    const response = await this.ask({ method: "POST", body: this.body(entry) });
    if (response.status === 404) throw new NotYours();
    if (response.redirected || response.status === 403) {
      if (again || !(await this.refreshToken())) throw new SignedOut();
      return this.sendOne(entry, true);
    }
    if (!response.ok && response.status !== 409 && response.status !== 422) throw new NoConnection();
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
    return body;
  }

  async ask(options = {}) {
    try {
      const signal = AbortSignal.timeout?.(PATIENCE_MS);
      return await fetch(this.form.getAttribute("action"), { ...options, signal, headers: { "X-Register": "1" } });
    } catch {
      throw new NoConnection();
    }
  }

  // Signing in again changes the token of all forms. False where nobody is signed in.
  async refreshToken() {
    const response = await this.ask({ cache: "no-store" });
    if (!response.ok || response.redirected) return false;
    const token = fragment(await response.text()).querySelector("[name=csrfmiddlewaretoken]");
    if (token) this.form.elements.csrfmiddlewaretoken.value = token.value;
    return Boolean(token);
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

  fail(problem) {
    const why = problem instanceof SignedOut ? "signedOut" : problem instanceof NotYours ? "notYours" : "unsent";
    this.say("");
    this.warn(this.words[why]);
    if (why === "notYours") return;
    this.retry = setTimeout(() => this.send(), this.wait);
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT_MS);
  }

  // --- beginning ---

  // What an earlier visit could not send, or did not save, stands here again as it was tapped.
  resume() {
    const { draft } = this.queue;
    this.putBack(this.queue.latest ?? []);
    if (draft) this.say(this.words.restored);
    else if (this.queue.next) this.say(this.words.saving);
    else if (!navigator.onLine) this.warn(this.words.kept);
    if (this.queue.next) this.send();
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
