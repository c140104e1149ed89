// Saves each answer of a form[data-autosave] as it is given and says so beside the question. While there is no connection
// the newest answer to each question is kept in the browser and sent when it is back. The form works without this.

const RETRY_MS = 5000;

for (const form of document.querySelectorAll("form[data-autosave]")) {
  const store = `answers-of-attempt-${form.dataset.attempt}`;
  const unsent = new Map(Object.entries(JSON.parse(localStorage.getItem(store) ?? "{}")));
  let sending = false;

  const keep = () => {
    if (unsent.size) localStorage.setItem(store, JSON.stringify(Object.fromEntries(unsent)));
    else localStorage.removeItem(store);
  };

  const fieldsetOf = (address) => form.querySelector(`[data-save="${CSS.escape(address)}"]`);

  const say = (fieldset, text) => {
    const line = document.createElement("p");
    line.className = "saved";
    line.textContent = text;
    fieldset?.querySelector("[data-saved]").replaceChildren(line);
  };

  const mark = (fieldset) => {
    const jump = form.querySelector(`.quiz__jump[href="#${fieldset.id}"]`);
    const answered = Boolean(fieldset.querySelector("input:checked"));
    jump.dataset.state = answered ? "answered" : "unanswered";
    jump.querySelector("[data-word]").textContent = answered ? form.dataset.answered : form.dataset.unanswered;
  };

  // One at a time and in order, so that a slow older answer never lands on a newer one.
  const send = async () => {
    if (sending) return;
    sending = true;
    while (unsent.size) {
      const [address, body] = unsent.entries().next().value;
      const fieldset = fieldsetOf(address);
      try {
        const response = await fetch(address, { method: "POST", body: new URLSearchParams(body) });
        const text = await response.text();
        if (response.status >= 500) throw new Error(text);
        if (response.ok && !response.redirected) fieldset?.querySelector("[data-saved]").replaceChildren(fragment(text));
        else if (response.status === 409) say(fieldset, text);
        else throw new Error(text);
        // A newer answer to the same question may have come meanwhile; it stays in the queue.
        if (unsent.get(address) === body) unsent.delete(address);
        keep();
      } catch {
        for (const waiting of unsent.keys()) say(fieldsetOf(waiting), form.dataset.unsaved);
        setTimeout(send, RETRY_MS);
        break;
      }
    }
    sending = false;
  };

  const fragment = (html) => document.createRange().createContextualFragment(html);

  form.addEventListener("change", (event) => {
    const fieldset = event.target.closest("[data-save]");
    if (!fieldset) return;
    const body = new URLSearchParams();
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    for (const input of fieldset.querySelectorAll("input:checked")) body.append(input.name, input.value);
    unsent.delete(fieldset.dataset.save);
    unsent.set(fieldset.dataset.save, body.toString());
    keep();
    mark(fieldset);
    say(fieldset, form.dataset.saving);
    send();
  });

  // What an earlier visit could not send: show it as chosen and send it, with the token of this page.
  for (const [address, body] of unsent) {
    const fieldset = fieldsetOf(address);
    if (!fieldset) {
      unsent.delete(address);
      continue;
    }
    const values = new URLSearchParams(body);
    values.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    for (const input of fieldset.querySelectorAll("input")) input.checked = values.getAll(input.name).includes(input.value);
    unsent.set(address, values.toString());
    mark(fieldset);
  }
  keep();
  form.addEventListener("submit", () => localStorage.removeItem(store));
  addEventListener("online", send);
  send();
}
