// Sends the answers of a queue one at a time and in order, so that a slow older one never lands on a newer one; again
// and again while there is no connection.

const FIRST_WAIT_MS = 2000;
const LONGEST_WAIT_MS = 30_000;

export const fragment = (html) => document.createRange().createContextualFragment(html);

class NoConnection extends Error {}
class SignedOut extends Error {}
class NotYours extends Error {}

export class Sender {
  // `hears` is told what becomes of answers: saved, newer, refused, failed; and of the time left: clock.
  constructor({ queue, form, hears }) {
    this.queue = queue;
    this.form = form;
    this.hears = hears;
    this.wait = FIRST_WAIT_MS;
    addEventListener("online", () => this.send());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.send());
  }

  // Everything that waits; resolves once all is sent or nothing more can be.
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
    this.queue.change(entry.key, { tried: true });
    const response = await this.post(entry);
    if (response.status === 404) throw new NotYours();
    if (response.redirected || response.status === 403) {
      if (again || !(await this.refreshToken())) throw new SignedOut();
      return this.sendOne(entry, true);
    }
    const text = await response.text();
    if (response.status === 409) return this.refuse(entry, fragment(text));
    if (!response.ok) throw new NoConnection(text);
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

  async post(entry) {
    try {
      return await fetch(entry.url, { method: "POST", body: this.body(entry) });
    } catch {
      throw new NoConnection();
    }
  }

  // The page is going away: what waits is sent without waiting for an answer. It stays in the queue until one comes.
  sendLast() {
    for (const entry of this.queue.entries) {
      if (entry.held) continue;
      this.queue.change(entry.key, { tried: true });
      fetch(entry.url, { method: "POST", body: this.body(entry), keepalive: true }).catch(() => {});
    }
  }

  // Signing in again changes the token of all forms. False where nobody is signed in.
  async refreshToken() {
    const answer = await this.askTime();
    if (!answer) return false;
    this.form.elements.csrfmiddlewaretoken.value = answer.dataset.token;
    return true;
  }

  // The time left by the server's clock, as an element with data; null where it cannot be asked.
  async askTime() {
    try {
      const response = await fetch(this.form.dataset.time, { cache: "no-store" });
      if (!response.ok || response.redirected) return null;
      const line = fragment(await response.text()).querySelector("[data-token]");
      this.hears.clock(line);
      return line;
    } catch {
      return null;
    }
  }

  fail(problem) {
    const why = problem instanceof SignedOut ? "signedOut" : problem instanceof NotYours ? "notYours" : "unsaved";
    this.hears.failed(why);
    if (why === "notYours") return;
    this.retry = setTimeout(() => this.send(), this.wait);
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT_MS);
  }
}
