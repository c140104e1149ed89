// Sends the file of a form[data-upload] in parts as soon as it is chosen, goes on after a lost connection, and where the
// same file is chosen again goes on from what has arrived. The form works without this.

const PART = 512 * 1024;
const RETRIES = 8;
const WAIT_MS = 1500;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// The same file of the same form gets the same key, so that the server knows it again.
const keyOf = (file, form) => {
  let [high, low] = [0x811c9dc5, 0x01000193];
  for (const letter of `${form.action}|${file.name}|${file.size}|${file.lastModified}`) {
    high = Math.imul(high ^ letter.codePointAt(0), 16777619);
    low = Math.imul(low ^ letter.codePointAt(0), 2246822519) ^ (high >>> 13);
  }
  const hex = [high, low, high ^ low, Math.imul(high, 31) ^ low].map((part) => (part >>> 0).toString(16).padStart(8, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
};

const attach = (form) => {
  const chooser = form.querySelector("input[type=file]");
  const state = form.querySelector("[data-upload-state]");
  const say = (words, { isProblem = false } = {}) => {
    state.textContent = words;
    state.classList.toggle("saved--lost", isProblem);
  };
  const token = form.elements.csrfmiddlewaretoken.value;

  const post = async (address, body, headers = {}) => {
    for (let tries = 0; ; tries += 1) {
      try {
        const response = await fetch(address, { method: "POST", body, headers: { "X-CSRFToken": token, ...headers } });
        if (response.status < 500) return response;
      } catch {
        say(form.dataset.waiting, { isProblem: true });
      }
      if (tries >= RETRIES) throw new Error("stopped");
      await pause(WAIT_MS * (tries + 1));
    }
  };

  const show = async (response) => {
    if (response.redirected || ![200, 422].includes(response.status)) throw new Error("stopped");
    // Its language decides whether a translation is wanted too: the whole list may be another one.
    if (response.ok && form.elements.language) {
      location.reload();
      return;
    }
    const place = form.closest("[data-document]");
    place.replaceChildren(document.createRange().createContextualFragment(await response.text()));
    place.querySelectorAll("form[data-upload]").forEach(attach);
    (place.querySelector("[role=alert]") ?? place.querySelector("input[type=file], a"))?.focus();
  };

  const send = async (file) => {
    const percent = new Intl.NumberFormat(document.documentElement.lang, { style: "percent" });
    const begun = new FormData();
    begun.set("key", keyOf(file, form));
    begun.set("name", file.name);
    begun.set("size", file.size);
    let response = await post(form.dataset.parts, begun);
    while (response.status === 204) {
      const received = Number(response.headers.get("X-Received"));
      say(`${form.dataset.sending} ${percent.format(received / file.size)}`);
      const part = file.slice(received, received + PART);
      response = await post(`${form.dataset.parts}${begun.get("key")}/${received}/`, part, { "Content-Type": "application/octet-stream" });
    }
    await show(response);
  };

  const chosen = async () => {
    const file = chooser.files[0];
    if (!file) return;
    if (file.size > Number(form.dataset.most)) {
      say(form.dataset.tooLarge, { isProblem: true });
      chooser.value = "";
      return;
    }
    form.setAttribute("aria-busy", "true");
    try {
      await keepLanguage();
      await send(file);
    } catch {
      say(form.dataset.stopped, { isProblem: true });
      chooser.value = "";
    } finally {
      form.removeAttribute("aria-busy");
    }
  };

  const keepLanguage = async () => {
    const language = form.elements.language;
    if (!language) return;
    const body = new FormData();
    body.set("language", language.value);
    await post(form.action, body);
  };

  chooser.addEventListener("change", chosen);
  // On a slow link a file may have been chosen before this was loaded.
  if (chooser.files.length) chosen();
};

document.querySelectorAll("form[data-upload]").forEach(attach);
