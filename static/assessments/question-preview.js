// Redraws the preview beside the form of a question a moment after something was typed. Without it a button does.

const PAUSE_MS = 700;

for (const form of document.querySelectorAll("[data-question-form]")) {
  const button = form.querySelector("[data-preview]");
  if (!button) continue;
  let waiting;
  const redraw = async () => {
    const response = await fetch(button.formAction, { method: "POST", body: new FormData(form) });
    if (response.ok) document.querySelector(`iframe[name="${button.formTarget}"]`).srcdoc = await response.text();
  };
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(redraw, PAUSE_MS);
  };
  for (const kind of ["input", "change", "keyup"]) form.addEventListener(kind, soon);
  soon();
}
