// A form[data-score] is saved as it is typed in: one save at a time, a moment after the last key, and before anything is
// left. Enter in a field for points goes to the next one; Control and Enter hand in. The form works without this.

const PAUSE_MS = 800;

for (const form of document.querySelectorAll("form[data-score]")) {
  const said = form.querySelector("[data-said]");
  const handIn = form.querySelector("[name=hand_in]");
  let wait;
  let saving = null;
  let isTouched = false;

  const say = (text, refused = false) => {
    said.textContent = text;
    said.toggleAttribute("data-refused", refused);
  };

  const save = async () => {
    clearTimeout(wait);
    if (saving) await saving;
    if (!isTouched) return;
    isTouched = false;
    say(form.dataset.saving);
    saving = (async () => {
      try {
        const answer = await fetch(form.action, {
          method: "POST",
          body: new FormData(form),
          headers: { "X-Requested-With": "score" },
        });
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const kept = page.querySelector("[data-sequence]");
        if (kept) form.elements.seen.value = kept.dataset.sequence;
        else isTouched = true;
        const words = kept ?? page.querySelector("[data-refused]");
        say(words ? words.textContent : form.dataset.lost, !kept);
      } catch {
        isTouched = true;
        say(form.dataset.lost, true);
      }
    })();
    await saving;
    saving = null;
  };

  form.addEventListener("input", () => {
    isTouched = true;
    clearTimeout(wait);
    wait = setTimeout(save, PAUSE_MS);
  });
  form.addEventListener("focusout", save);

  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      form.requestSubmit(handIn);
    } else if (event.target.type === "number") {
      event.preventDefault();
      const fields = [...form.querySelectorAll("input[type=number], textarea[name=comment]")];
      fields[fields.indexOf(event.target) + 1]?.focus();
    }
  });

  // What is on its way arrives first: a form that is sent names the version that the server has.
  form.addEventListener("submit", async (event) => {
    if (!saving && !isTouched) return;
    event.preventDefault();
    clearTimeout(wait);
    if (saving) await saving;
    isTouched = false;
    form.requestSubmit(event.submitter);
  });

  window.addEventListener("beforeunload", (event) => {
    if (isTouched) event.preventDefault();
  });
}
