// Adds, removes and reorders the rows of options in a [data-option-rows] fieldset. Without it the rows carry a place
// number and a tick to delete them, and some spare rows stand at the end.

for (const rows of document.querySelectorAll("[data-option-rows]")) {
  const list = rows.querySelector("[data-list]");
  const spare = rows.querySelector("[data-spare]");
  const add = rows.querySelector("[data-add]");
  const total = rows.querySelector('[name$="-TOTAL_FORMS"]');
  const form = rows.closest("form");

  const shown = () => [...list.querySelectorAll("[data-row]:not([hidden])")];

  const number = () => {
    shown().forEach((row, index) => {
      row.querySelector('[name$="-ORDER"]').value = index + 1;
      row.querySelector("[data-up]").disabled = index === 0;
      row.querySelector("[data-down]").disabled = index === shown().length - 1;
    });
    form.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const take = (row) => {
    row.querySelector("[data-order]").hidden = true;
    row.querySelector("[data-delete]").hidden = true;
    row.querySelector("[data-buttons]").hidden = false;
  };

  list.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    const row = button?.closest("[data-row]");
    if (!row) return;
    const around = shown();
    const here = around.indexOf(row);
    if (button.matches("[data-up]")) around[here - 1].before(row);
    if (button.matches("[data-down]")) around[here + 1].after(row);
    if (button.matches("[data-remove]")) {
      row.querySelector('[name$="-DELETE"]').checked = true;
      row.hidden = true;
      (around[here + 1] ?? around[here - 1])?.querySelector("textarea").focus();
    } else {
      (button.disabled ? row.querySelector("textarea") : button).focus();
    }
    number();
  });

  add.addEventListener("click", () => {
    list.insertAdjacentHTML("beforeend", spare.innerHTML.replaceAll("__prefix__", total.value));
    total.value = Number(total.value) + 1;
    take(list.lastElementChild);
    number();
    list.lastElementChild.querySelector("textarea").focus();
  });

  // Where one answer is right, ticking it takes the tick from the others.
  list.addEventListener("change", (event) => {
    const single = form.querySelector('[name="kind"]:checked')?.value !== "multiple";
    if (!single || !event.target.matches('[name$="-correct"]') || !event.target.checked) return;
    for (const tick of list.querySelectorAll('[name$="-correct"]')) tick.checked = tick === event.target;
  });

  add.hidden = false;
  shown().forEach(take);
  number();
}
