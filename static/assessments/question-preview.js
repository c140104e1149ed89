// Redraws the preview beside the form of a question a moment after something was typed. Without it a button does.

const PAUSE_MS = 700;

for (const form of document.querySelectorAll("[data-question-form]")) {
  const button = document.querySelector(`[data-preview][form="${form.id}"]`);
  if (!button) continue;
  const frame = document.querySelector(`iframe[name="${button.formTarget}"]`);
  let waiting;
  const redraw = async () => {
    const response = await fetch(button.formAction, { method: "POST", body: new FormData(form) });
    if (!response.ok) return;
    const { scrollX, scrollY } = frame.contentWindow;
    frame.addEventListener("load", () => frame.contentWindow.scrollTo(scrollX, scrollY), { once: true });
    frame.srcdoc = await response.text();
  };
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(redraw, PAUSE_MS);
  };
  for (const kind of ["input", "change", "keyup"]) form.addEventListener(kind, soon);
  // Choices beside the preview belong to the form but do not stand in it.
  for (const field of form.elements) if (!form.contains(field)) field.addEventListener("change", soon);
  soon();
}
