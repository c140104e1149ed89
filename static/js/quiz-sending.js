// Sends the answers of a queue, and tells the attempt what becomes of them and how much time is left.

import { fragment, noConnection, patience, Sending } from "./sending.js";

export { fragment };

export class Sender {
  // `hears` is told what becomes of answers: saved, newer, refused, failed; and of the time left: clock.
  constructor({ queue, form, hears }) {
    this.queue = queue;
    this.form = form;
    this.hears = hears;
    this.sending = new Sending({
      name: queue.name,
      next: () => queue.next,
      post: (entry) => this.post(entry),
      accept: (entry, response) => this.accept(entry, response),
      freshToken: () => this.freshToken(),
      failed: (why) => hears.failed(why),
    });
  }

  // Everything that waits; resolves once all is sent or nothing more can be.
  send() {
    return this.sending.send();
  }

  post(entry) {
    this.queue.change(entry.key, { tried: true });
    return fetch(entry.url, { method: "POST", body: this.body(entry), signal: patience() });
  }

  async accept(entry, response) {
    const text = await response.text();
    if (response.status === 409) return this.refuse(entry, fragment(text));
    if (!response.ok) throw noConnection();
    const answer = fragment(text);
    const line = answer.querySelector("[data-sequence]");
    this.hears.clock(line);
    const sequence = Number(line?.dataset.sequence ?? 0);
    this.queue.saved(entry.key, entry.item, sequence);
    this.hears.saved(entry, answer, sequence);
  }

  refuse(entry, answer) {
    const newer = answer.querySelector("[data-newer]");
    if (newer) {
      this.queue.change(entry.key, { held: true });
      this.hears.newer(entry, answer, Number(newer.dataset.sequence));
    } else {
      this.queue.drop(entry.item);
      this.hears.refused(entry, answer);
    }
  }

  body({ fields, base, key, seconds }) {
    const body = new URLSearchParams(fields);
    body.set("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
    for (const [name, value] of Object.entries({ base, key, seconds })) body.set(name, value);
    return body;
  }

  // The page is going away: what waits is sent without waiting for an answer. It stays in the queue until one comes.
  sendLast() {
    for (const entry of this.queue.entries) {
      if (entry.held) continue;
      this.queue.change(entry.key, { tried: true });
      fetch(entry.url, { method: "POST", body: this.body(entry), keepalive: true }).catch(() => {});
    }
  }

  async freshToken() {
    const answer = await this.askTime();
    if (!answer) return false;
    this.form.elements.csrfmiddlewaretoken.value = answer.dataset.token;
    return true;
  }

  // The time left by the server's clock, as an element with data; null where it cannot be asked.
  async askTime() {
    try {
      const response = await fetch(this.form.dataset.time, { cache: "no-store", signal: patience() });
      if (!response.ok || response.redirected) return null;
      const line = fragment(await response.text()).querySelector("[data-token]");
      this.hears.clock(line);
      return line;
    } catch {
      return null;
    }
  }
}
