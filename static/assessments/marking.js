// Marking by keyboard: number keys choose a level where the focus is in a criterion, Ctrl and Enter finish and go on.
// What is given is saved as one goes. The form works without this.

const WAIT_MS = 1000;
const RETRY_MS = 5000;

for (const form of document.querySelectorAll("form[data-marking]")) {
  const total = form.querySelector("[data-total]");
  const state = form.querySelector("[data-state]");
  const keys = form.querySelector("[data-keys]");
  if (keys) keys.hidden = false;
  let timer;
  let touched = false;
  let sending = null;
  let leaving = false;

  const add = () => {
    if (!total) return;
    const points = [...form.querySelectorAll("input[data-points]:checked")].map((input) => Number(input.dataset.points));
    total.textContent = new Intl.NumberFormat(document.documentElement.lang).format(points.reduce((sum, one) => sum + one, 0));
  };

  const later = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  };

  const send = async () => {
    touched = false;
    const body = new FormData(form);
    body.delete("files");
    try {
      const response = await fetch(form.dataset.autosave, { method: "POST", body });
      if (response.redirected || response.status >= 500) throw new Error(String(response.status));
      const answer = await response.text();
      if (response.ok) state.replaceChildren(document.createRange().createContextualFragment(answer));
      else state.textContent = answer;
    } catch {
      touched = true;
      state.textContent = form.dataset.unsaved;
      later(RETRY_MS);
    }
  };

  const save = () => {
    if (!form.dataset.autosave || !touched || leaving) return;
    sending ??= send().finally(() => {
      sending = null;
      if (touched) later(WAIT_MS);
    });
  };

  form.addEventListener("input", (event) => {
    if (event.target.type === "file" || !form.dataset.autosave) return add();
    touched = true;
    state.textContent = form.dataset.saving;
    later(WAIT_MS);
    add();
  });

  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.ctrlKey) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("[data-finish]") ?? undefined);
      return;
    }
    const criterion = event.target.closest("[data-criterion]");
    if (!criterion || event.target.matches("textarea") || event.ctrlKey || event.altKey || event.metaKey) return;
    if (!/^[1-9]$/.test(event.key)) return;
    const input = criterion.querySelectorAll("input[type=radio]")[Number(event.key) - 1];
    if (!input) return;
    event.preventDefault();
    input.checked = true;
    input.focus();
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });

  form.addEventListener("submit", async (event) => {
    clearTimeout(timer);
    leaving = true;
    if (!sending) return;
    event.preventDefault();
    await sending;
    form.requestSubmit(event.submitter);
  });

  addEventListener("online", save);
  add();
}
