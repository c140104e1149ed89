// Sends what waits one after another, so that a slow older one never lands on a newer one; again and again while there
// is no connection, and at once when it is back. What waits and what an answer means is for whoever uses it to know.

const FIRST_WAIT_MS = 2000;
const LONGEST_WAIT_MS = 30_000;
const PATIENCE_MS = 15_000;

export const fragment = (html) => document.createRange().createContextualFragment(html);

// `why` is "unsaved", "signedOut" or "notYours".
class NotSent extends Error {
  constructor(why) {
    super(why);
    this.why = why;
  }
}

// The answer may be read by `accept`; one that says the server could not take it now is to be thrown as this.
export const noConnection = () => new NotSent("unsaved");

export class Sending {
  // name: held across tabs while sending · next(): what to send, or nothing · post(entry): a response ·
  // accept(entry, response) · freshToken(): puts a token of today into the form, false where nobody is signed in ·
  // failed(why)
  constructor(parts) {
    Object.assign(this, parts);
    this.wait = FIRST_WAIT_MS;
    addEventListener("online", () => this.send());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.send());
  }

  // Everything that waits; resolves once all is sent or nothing more can be.
  send() {
    clearTimeout(this.retry);
    const all = () => this.sendAll();
    this.sending ??= Promise.resolve().then(() => navigator.locks?.request(this.name, all) ?? all());
    return this.sending;
  }

  async sendAll() {
    try {
      for (let entry = this.next(); entry; entry = this.next()) {
        await this.accept(entry, await this.deliver(entry));
        this.wait = FIRST_WAIT_MS;
      }
    } catch (problem) {
      this.stop(problem.why ?? "unsaved");
    } finally {
      // At once: what comes to wait from now on was not seen here.
      this.sending = null;
    }
  }

  // Signing in again changes the token of all forms: what is refused for that is sent once more.
  async deliver(entry, again = false) {
    const response = await this.reach(entry);
    if (response.status === 404) throw new NotSent("notYours");
    if (!response.redirected && response.status !== 403) return response;
    if (again || !(await this.freshToken())) throw new NotSent("signedOut");
    return this.deliver(entry, true);
  }

  async reach(entry) {
    try {
      return await this.post(entry);
    } catch {
      throw noConnection();
    }
  }

  stop(why) {
    this.failed(why);
    if (why === "notYours") return;
    this.retry = setTimeout(() => this.send(), this.wait);
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT_MS);
  }
}

// Asks an address for a page with a form of today and takes its token over. False where nobody is signed in.
export const takeToken = async (form, address, headers = {}) => {
  try {
    const response = await fetch(address, { headers, cache: "no-store", signal: patience() });
    if (!response.ok || response.redirected) return false;
    const token = fragment(await response.text()).querySelector("[name=csrfmiddlewaretoken]");
    if (token) form.elements.csrfmiddlewaretoken.value = token.value;
    return Boolean(token);
  } catch {
    throw noConnection();
  }
};

// A line so bad that nothing comes back counts as none.
export const patience = () => AbortSignal.timeout?.(PATIENCE_MS);
