// Redraws the paper beside the designer's forms a moment after something was changed, and says in words what cannot be
// drawn. Without it a button opens the paper as a PDF.

const PAUSE_MS = 600;

for (const form of document.querySelectorAll("[data-design-form]")) {
  const desk = form.closest("[data-designer]");
  const button = desk.querySelector("[data-preview]");
  const paper = desk.querySelector("[data-paper]");
  const refusal = desk.querySelector("[data-refusal]");
  let waiting;
  let asked = 0;

  const say = (problems) => {
    const list = document.createElement("ul");
    for (const problem of problems) {
      const item = document.createElement("li");
      item.textContent = problem;
      list.append(item);
    }
    refusal.replaceChildren(...(problems.length ? [list] : []));
    paper.classList.toggle("designer__paper--stale", problems.length > 0);
  };

  const redraw = async () => {
    const mine = ++asked;
    let answer;
    try {
      const response = await fetch(button.formAction, {
        method: "POST",
        body: new FormData(form),
        headers: { Accept: "application/json" },
      });
      if (!response.ok && response.status !== 422) return;
      answer = await response.json();
    } catch {
      return; // the line is down: the next change draws again
    }
    if (mine !== asked) return;
    say(answer.problems ?? []);
    const shown = answer.picture ?? (answer.url && `${answer.url}#toolbar=0&navpanes=0&view=Fit`);
    if (shown) paper.src = shown;
  };

  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(redraw, PAUSE_MS);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  for (const field of form.elements) if (!form.contains(field)) field.addEventListener("change", soon);
  // Where the paper stands in a frame, the button draws into it; elsewhere it opens the PDF.
  if (paper.localName === "iframe") {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      redraw();
    });
  }
  redraw();
}
