// Saves a form[data-application-draft] as it is filled in. What cannot be saved stays in the browser and is sent when
// there is a connection again; newer answers from elsewhere are never written over. The form works without this.

import { stored } from "./kept.js";

const TYPING_MS = 1500;
const RETRY_MS = 5000;
const OWN = ["csrfmiddlewaretoken", "sequence"];

class SignedOut extends Error {}

for (const form of document.querySelectorAll("form[data-application-draft]")) {
  const state = form.querySelector("[data-saved]");
  const store = `application-${form.dataset.applicationDraft}`;
  let stopped = false;
  let sending = null;
  let timer;

  const typed = () => {
    const fields = new FormData(form);
    OWN.forEach((name) => fields.delete(name));
    return new URLSearchParams(fields).toString();
  };
  let saved = typed();

  const say = (words, kind) => {
    const line = document.createElement("p");
    line.className = `saved saved--${kind}`;
    line.textContent = words;
    state.replaceChildren(line);
  };

  const keep = () => {
    if (typed() === saved) stored.remove(store);
    else stored.set(store, JSON.stringify({ fields: typed(), sequence: form.elements.sequence.value }));
  };

  const later = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  };

  const send = async () => {
    const value = typed();
    const response = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { "X-Autosave": "1" } });
    if (response.redirected || response.status === 403) throw new SignedOut();
    if (response.status >= 500) throw new Error(String(response.status));
    const answer = await response.text();
    if (response.ok) {
      form.elements.sequence.value = response.headers.get("X-Sequence");
      saved = value;
      state.replaceChildren(document.createRange().createContextualFragment(answer));
    } else {
      // Newer answers elsewhere end the saving; a half-typed date is tried again with the next key.
      stopped = response.status === 409;
      say(answer, "lost");
    }
    keep();
  };

  const save = () => {
    if (stopped || typed() === saved) return Promise.resolve();
    sending ??= send()
      .catch((problem) => {
        say(problem instanceof SignedOut ? form.dataset.signedOut : form.dataset.unsaved, "lost");
        later(RETRY_MS);
      })
      .finally(() => {
        sending = null;
      });
    return sending;
  };

  const restore = (unsent) => {
    const fields = new URLSearchParams(unsent.fields);
    for (const field of form.elements) {
      if (!field.name || OWN.includes(field.name) || field.type === "submit") continue;
      if (field.type === "radio" || field.type === "checkbox") field.checked = fields.getAll(field.name).includes(field.value);
      else if (fields.has(field.name)) field.value = fields.get(field.name);
    }
    form.elements.sequence.value = Math.min(unsent.sequence, form.elements.sequence.value);
    say(form.dataset.restored, "waiting");
    later(TYPING_MS);
  };

  const unsent = JSON.parse(stored.get(store) ?? "null");
  if (unsent?.submitted && Number(form.elements.sequence.value) > Number(unsent.sequence)) stored.remove(store);
  else if (unsent && unsent.fields !== saved) restore(unsent);

  form.addEventListener("input", () => {
    keep();
    if (!stopped) say(form.dataset.saving, "waiting");
    later(TYPING_MS);
  });
  addEventListener("online", save);

  // A save under way ends first: its number is what the form sends then.
  form.addEventListener("submit", async (event) => {
    clearTimeout(timer);
    if (sending) {
      event.preventDefault();
      await sending;
      form.requestSubmit(event.submitter);
    } else if (stored.get(store)) {
      stored.set(store, JSON.stringify({ ...JSON.parse(stored.get(store)), submitted: true }));
    }
  });
}
