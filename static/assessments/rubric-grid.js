// The grid of a rubric: its buttons answer without leaving the page, and Alt with an arrow key moves between fields.
// Without this the same buttons bring the page again, with everything that was typed.

const BUTTONS = ["add-row", "add-level", "remove-row", "remove-level", "up"];

const enhance = (form) => {
  form.querySelector("[data-keys]").hidden = false;

  const replace = async (button) => {
    const body = new FormData(form, button);
    const response = await fetch(form.action || location.href, { method: "POST", body });
    if (!response.ok || response.redirected) {
      form.requestSubmit(button);
      return;
    }
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.querySelector("[data-rubric-grid]");
    form.replaceWith(fresh);
    enhance(fresh);
    const place = document.getElementById(fresh.dataset.focus ?? "") ?? fresh.querySelector("#name");
    place.focus();
  };

  form.addEventListener("submit", (event) => {
    if (!BUTTONS.includes(event.submitter?.name)) return;
    event.preventDefault();
    replace(event.submitter);
  });

  const fieldsOf = (row) => [...row.querySelectorAll("th, td")].map((cell) => [...cell.querySelectorAll("input:not([type=hidden]), textarea")]);

  form.addEventListener("keydown", (event) => {
    if (!event.altKey || !event.key.startsWith("Arrow")) return;
    const cell = event.target.closest("th, td");
    if (!cell) return;
    const rows = [...form.querySelectorAll("tr")];
    const row = rows.indexOf(cell.parentElement);
    const column = [...cell.parentElement.children].indexOf(cell);
    const field = fieldsOf(rows[row])[column].indexOf(event.target);
    const forwards = getComputedStyle(form.querySelector("table")).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    let next;
    if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      const step = event.key === "ArrowDown" ? 1 : -1;
      next = fieldsOf(rows[row])[column][field + step] ?? (rows[row + step] && fieldsOf(rows[row + step])[column]?.at(step > 0 ? 0 : -1));
    } else {
      next = fieldsOf(rows[row])[column + (event.key === forwards ? 1 : -1)]?.[Math.max(field, 0)];
    }
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
};

for (const form of document.querySelectorAll("[data-rubric-grid]")) enhance(form);
