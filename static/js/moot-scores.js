// Saves the score cards of a judge as they are filled in. What cannot be sent stays on this device and is sent when there
// is a connection again; a newer save from another device is never written over unasked. The forms work without this.

import { stored } from "./kept.js";
import { fragment, noConnection, patience, Sending, takeToken } from "./sending.js";

const TYPING_MS = 800;
const PREFIX = "moot-card-";

class Card {
  constructor(form, words, seat) {
    Object.assign(this, { form, words });
    this.name = `${PREFIX}${seat}-${form.dataset.card}`;
    this.state = form.querySelector("[data-saved]");
    this.conflict = form.querySelector("[data-conflict]");
    this.sending = new Sending({
      name: this.name,
      next: () => (this.newer || this.timer || !this.isWaiting ? null : this),
      post: () => this.post(),
      accept: (_card, response) => this.accept(response),
      freshToken: () => takeToken(form, location.href),
      failed: (why) => this.say(this.words[why], "lost"),
    });
    this.saved = this.typed();
    this.restore();
    form.addEventListener("input", () => this.changed());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.keep();
      this.send();
    });
    this.conflict.querySelector("[data-take]").addEventListener("click", () => {
      stored.remove(this.name);
      location.reload();
    });
    this.conflict.querySelector("[data-keep]").addEventListener("click", () => {
      this.form.elements.sequence.value = this.newer;
      this.newer = null;
      this.conflict.hidden = true;
      this.keep();
      this.send();
    });
  }

  // Everything typed but the token, which changes, and the number it was made from.
  typed() {
    const fields = [...new FormData(this.form)].filter(([name]) => !["csrfmiddlewaretoken", "sequence"].includes(name));
    return JSON.stringify(fields);
  }

  get isWaiting() {
    return stored.get(this.name) !== null;
  }

  keep() {
    if (this.typed() === this.saved) stored.remove(this.name);
    else stored.set(this.name, JSON.stringify({ fields: this.typed(), sequence: this.form.elements.sequence.value }));
  }

  // What was kept and never arrived goes back into the form, with the number of the save it was made from.
  restore() {
    const kept = JSON.parse(stored.get(this.name) ?? "null");
    if (!kept || kept.fields === this.saved) return stored.remove(this.name);
    const fields = JSON.parse(kept.fields);
    for (const input of this.form.querySelectorAll("input[type=radio]")) input.checked = false;
    for (const [name, value] of fields) {
      const field = this.form.elements.namedItem(name);
      if (field) field.value = value;
    }
    this.form.elements.sequence.value = kept.sequence;
    this.say(this.words.restored, "waiting");
    return this.send();
  }

  say(sentence, kind) {
    const line = document.createElement("p");
    line.className = `saved saved--${kind}`;
    line.textContent = sentence;
    this.state.replaceChildren(line);
  }

  changed() {
    this.keep();
    this.rest();
    if (this.newer) return;
    this.say(navigator.onLine ? this.words.saving : this.words.unsaved, navigator.onLine ? "waiting" : "lost");
    this.timer = setTimeout(() => this.send(), TYPING_MS);
  }

  // While somebody types, nothing is sent until they pause.
  rest() {
    clearTimeout(this.timer);
    this.timer = null;
  }

  send() {
    this.rest();
    return this.sending.send();
  }

  post() {
    this.sent = this.typed();
    const body = new URLSearchParams(new FormData(this.form));
    body.set("quiet", "1");
    return fetch(this.form.action, { method: "POST", body, signal: patience() });
  }

  async accept(response) {
    if (response.status >= 500) throw noConnection();
    const answer = await response.text();
    if (response.ok) {
      this.form.elements.sequence.value = response.headers.get("X-Sequence");
      this.saved = this.sent;
      this.state.replaceChildren(fragment(answer));
      this.keep();
      return;
    }
    this.newer = response.headers.get("X-Sequence") ?? "refused";
    this.say(answer, "lost");
    this.conflict.hidden = response.status !== 409;
  }
}

for (const area of document.querySelectorAll("[data-scores]")) {
  const cards = [...area.querySelectorAll("form[data-card]")].map((form) => new Card(form, area.dataset, area.dataset.seat));
  const handIn = document.querySelector("form[data-hand-in]");
  // Nothing is handed in while something of it is still on this device only.
  handIn?.addEventListener("submit", async (event) => {
    if (!cards.some((card) => card.isWaiting)) return;
    event.preventDefault();
    await Promise.all(cards.map((card) => card.send()));
    if (cards.some((card) => card.isWaiting)) handIn.querySelector("[data-hand-in-state]").textContent = area.dataset.waiting;
    else handIn.requestSubmit();
  });
}
