// Saves the text of a form[data-draft] as it is typed and sends files as they are chosen. What cannot be saved stays in
// the browser and is sent when there is a connection again; a newer text from elsewhere is never written over. The form
// works without this.

import { stored } from "./kept.js";

const TYPING_MS = 1500;
const RETRY_MS = 5000;
// As the server counts: East Asian signs one by one, everything else by words.
const EAST_ASIAN = "\\u3040-\\u30ff\\u3400-\\u9fff\\uac00-\\ud7af";
const WORD = new RegExp(`[${EAST_ASIAN}]|(?:(?![${EAST_ASIAN}])[\\p{L}\\p{N}\\p{M}])+(?:['’-][\\p{L}\\p{N}\\p{M}_]+)*`, "gu");

class SignedOut extends Error {}

for (const form of document.querySelectorAll("form[data-draft]")) {
  const text = form.querySelector("textarea[name=text]");
  const state = form.querySelector("[data-saved]");
  const store = `draft-${form.dataset.key}`;
  // What the server sent: somebody may have typed before this script came.
  let saved = text?.defaultValue ?? "";
  let stopped = false;
  let sending = null;
  let timer;

  const fragment = (html) => document.createRange().createContextualFragment(html);

  const say = (where, words, kind) => {
    const line = document.createElement("p");
    line.className = `saved saved--${kind}`;
    line.textContent = words;
    where.replaceChildren(line);
  };

  const post = async (address, body) => {
    const response = await fetch(address, { method: "POST", body });
    if (response.redirected || response.status === 403) throw new SignedOut();
    if (response.status >= 500) throw new Error(String(response.status));
    return response;
  };

  const keep = () => {
    if (text.value === saved) stored.remove(store);
    else stored.set(store, JSON.stringify({ text: text.value, sequence: form.elements.sequence.value }));
  };

  const later = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  };

  const sendText = async () => {
    const value = text.value;
    const body = new URLSearchParams({
      csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value,
      sequence: form.elements.sequence.value,
      text: value,
    });
    const response = await post(form.dataset.text, body);
    const answer = await response.text();
    if (response.ok) {
      form.elements.sequence.value = response.headers.get("X-Sequence");
      saved = value;
      state.replaceChildren(fragment(answer));
    } else {
      // A newer text elsewhere, or nothing may be changed any more: the buttons of the form show what to do.
      stopped = true;
      say(state, answer, "lost");
    }
    keep();
  };

  const save = () => {
    if (!text || stopped || text.value === saved) return Promise.resolve();
    sending ??= sendText()
      .catch((problem) => {
        say(state, problem instanceof SignedOut ? form.dataset.signedOut : form.dataset.unsaved, "lost");
        later(RETRY_MS);
      })
      .finally(() => {
        sending = null;
        if (!stopped && text.value !== saved) later(RETRY_MS);
      });
    return sending;
  };

  const count = () => {
    const counter = form.querySelector("[data-words]");
    if (counter) counter.textContent = new Intl.NumberFormat(document.documentElement.lang).format((text.value.match(WORD) ?? []).length);
  };

  if (text) {
    const unsent = JSON.parse(stored.get(store) ?? "null");
    const arrived = unsent?.submitted && Number(form.elements.sequence.value) > Number(unsent.sequence);
    if (!unsent || arrived || unsent.text.trimEnd() === text.value.trimEnd()) {
      stored.remove(store);
    } else {
      text.value = unsent.text;
      form.elements.sequence.value = Math.min(unsent.sequence, form.elements.sequence.value);
      say(state, form.dataset.restored, "waiting");
    }
    if (text.value !== saved) later(TYPING_MS);
    text.addEventListener("input", () => {
      keep();
      count();
      if (!stopped) say(state, form.dataset.saving, "waiting");
      later(TYPING_MS);
    });
    addEventListener("online", save);
    count();
  }

  const list = form.querySelector("[data-file-list]");
  const chooser = form.querySelector("input[type=file]");
  const upload = form.querySelector("[data-upload-state]");

  const change = async (fields) => {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    for (const [name, value] of fields) body.append(name, value);
    upload.textContent = form.dataset.sending;
    try {
      const response = await post(form.dataset.files, body);
      list.replaceChildren(fragment(await response.text()));
      upload.textContent = "";
    } catch (problem) {
      upload.textContent = problem instanceof SignedOut ? form.dataset.signedOut : form.dataset.unsent;
    }
  };

  chooser?.addEventListener("change", async () => {
    const files = [...chooser.files].map((file) => ["files", file]);
    chooser.value = "";
    if (files.length) await change(files);
  });

  list?.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=remove]");
    if (!button) return;
    event.preventDefault();
    change([["remove", button.value]]).then(() => chooser.focus());
  });

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
