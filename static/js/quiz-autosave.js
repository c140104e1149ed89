// Saves each answer of a form[data-autosave] as it is given and says so beside the question. While there is no
// connection the newest answer to each question is kept in the browser and sent when it is back. The form works
// without this.

const RETRY_MS = 5000;

class SignedOut extends Error {}

for (const form of document.querySelectorAll("form[data-autosave]")) {
  const store = `answers-of-attempt-${form.dataset.attempt}`;
  const unsent = new Map(Object.entries(JSON.parse(localStorage.getItem(store) ?? "{}")));
  const trouble = form.querySelector("[data-trouble]");
  let sending = null;
  let retry;

  const keep = () => {
    if (unsent.size) localStorage.setItem(store, JSON.stringify(Object.fromEntries(unsent)));
    else localStorage.removeItem(store);
  };

  const questionOf = (address) => form.querySelector(`[data-save="${CSS.escape(address)}"]`);

  const say = (question, text, state) => {
    const line = document.createElement("p");
    line.className = `saved saved--${state}`;
    line.textContent = text;
    question?.querySelector("[data-saved]").replaceChildren(line);
  };

  const mark = (question) => {
    const jump = form.querySelector(`.quiz__jump[href="#${question.id}"]`);
    const answered = Boolean(question.querySelector("input:checked"));
    jump.dataset.state = answered ? "answered" : "unanswered";
    jump.querySelector("[data-word]").textContent = answered ? form.dataset.answered : form.dataset.unanswered;
  };

  const fragment = (html) => document.createRange().createContextualFragment(html);

  const post = async (address, body) => {
    const response = await fetch(address, { method: "POST", body: new URLSearchParams(body) });
    const text = await response.text();
    if (response.redirected || response.status === 403) throw new SignedOut(text);
    if (response.ok) questionOf(address)?.querySelector("[data-saved]").replaceChildren(fragment(text));
    else if (response.status < 500) say(questionOf(address), response.status === 409 ? text : form.dataset.unsaved, "lost");
    else throw new Error(text);
  };

  const fail = (problem) => {
    const text = problem instanceof SignedOut ? form.dataset.signedOut : form.dataset.unsaved;
    for (const waiting of unsent.keys()) say(questionOf(waiting), text, "lost");
    clearTimeout(retry);
    retry = setTimeout(send, RETRY_MS);
  };

  // One at a time and in order, so that a slow older answer never lands on a newer one.
  const sendAll = async () => {
    while (unsent.size) {
      const [address, body] = unsent.entries().next().value;
      try {
        await post(address, body);
      } catch (problem) {
        return fail(problem);
      }
      // A newer answer to the same question may have come meanwhile; it stays in the queue.
      if (unsent.get(address) === body) unsent.delete(address);
      keep();
    }
  };

  const send = () => {
    sending ??= sendAll().finally(() => {
      sending = null;
    });
    return sending;
  };

  form.addEventListener("change", (event) => {
    const question = event.target.closest("[data-save]");
    if (!question) return;
    const body = new URLSearchParams();
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    for (const input of question.querySelectorAll("input:checked")) body.append(input.name, input.value);
    unsent.delete(question.dataset.save);
    unsent.set(question.dataset.save, body.toString());
    keep();
    mark(question);
    say(question, form.dataset.saving, "waiting");
    send();
  });

  // What an earlier visit could not send: show it as chosen and send it, with the token of this page.
  for (const [address, body] of unsent) {
    const question = questionOf(address);
    if (!question) {
      unsent.delete(address);
      continue;
    }
    const values = new URLSearchParams(body);
    values.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    for (const input of question.querySelectorAll("input:not([type=hidden])")) {
      input.checked = values.getAll(input.name).includes(input.value);
    }
    unsent.set(address, values.toString());
    mark(question);
  }
  keep();

  // Leaving for the review waits until everything is saved; what cannot be sent is said, and nothing is lost.
  form.addEventListener("submit", async (event) => {
    if (!unsent.size) return;
    event.preventDefault();
    await send();
    if (unsent.size) {
      trouble.hidden = false;
      trouble.textContent = questionOf(unsent.keys().next().value)?.querySelector("[data-saved]").textContent ?? "";
    } else {
      form.submit();
    }
  });

  addEventListener("online", send);
  send();
}
