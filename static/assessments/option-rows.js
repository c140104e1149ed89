// Adds, removes and reorders the rows of [data-option-rows] fieldsets. Whoever puts more of them into the page sends
// "rows-arrived" from there. Without it the rows carry a place number and a tick to delete them, and some spare rows
// stand at the end.

const FIELDS = "[contenteditable=true], textarea, input:not([type=hidden]):not([type=checkbox])";

const tell = (element) => element.closest("form").dispatchEvent(new Event("change", { bubbles: true }));

const shown = (list) => [...list.querySelectorAll(":scope > [data-row]:not([hidden])")];

const number = (list) => {
  const rows = shown(list);
  rows.forEach((row, index) => {
    row.querySelector('[name$="-ORDER"]').value = index + 1;
    row.querySelector("[data-up]").disabled = index === 0;
    row.querySelector("[data-down]").disabled = index === rows.length - 1;
  });
  tell(list);
};

const take = (row) => {
  row.querySelector("[data-order]").hidden = true;
  row.querySelector("[data-delete]").hidden = true;
  row.querySelector("[data-buttons]").hidden = false;
};

const addRow = (rows) => {
  const list = rows.querySelector("[data-list]");
  const total = rows.querySelector('[name$="-TOTAL_FORMS"]');
  const spare = rows.querySelector("[data-spare]").innerHTML;
  list.insertAdjacentHTML("beforeend", spare.replaceAll("__prefix__", total.value));
  total.value = Number(total.value) + 1;
  const row = list.lastElementChild;
  take(row);
  number(list);
  return row;
};

// The editor of a new row is drawn a moment after the row.
const focusFirst = (row, left = 20) => {
  const field = row?.querySelector(FIELDS);
  if (field) field.focus();
  else if (row && left) setTimeout(() => focusFirst(row, left - 1), 50);
};

const press = (event, rows, list) => {
  const button = event.target.closest("button");
  const row = button?.closest("[data-row]");
  if (!row || row.parentElement !== list) return;
  const around = shown(list);
  const here = around.indexOf(row);
  if (button.matches("[data-up]")) around[here - 1].before(row);
  else if (button.matches("[data-down]")) around[here + 1].after(row);
  else if (button.matches("[data-remove]")) {
    row.querySelector('[name$="-DELETE"]').checked = true;
    row.hidden = true;
    const next = around[here + 1] ?? around[here - 1];
    if (next) focusFirst(next);
    else rows.querySelector("[data-add]")?.focus();
  } else return;
  number(list);
  if (!button.matches("[data-remove]")) (button.disabled ? row.querySelector("[data-up]:enabled, [data-down]:enabled") : button)?.focus();
};

// Where one answer is right, ticking it takes the tick from the others.
const keepSingle = (event, list) => {
  const kind = list.closest("form").querySelector('[name="kind"]:checked');
  if (!kind || kind.value === "multiple" || !event.target.matches('[name$="-correct"]') || !event.target.checked) return;
  for (const tick of list.querySelectorAll('[name$="-correct"]')) tick.checked = tick === event.target;
};

const begin = (rows) => {
  const list = rows.querySelector("[data-list]");
  const add = rows.querySelector("[data-add]");
  list.addEventListener("click", (event) => press(event, rows, list));
  list.addEventListener("change", (event) => keepSingle(event, list));
  shown(list).forEach(take);
  if (add) {
    add.hidden = false;
    add.addEventListener("click", () => focusFirst(addRow(rows)));
  }
  number(list);
};

document.querySelectorAll("[data-option-rows]").forEach(begin);
document.addEventListener("rows-arrived", (event) => event.target.querySelectorAll("[data-option-rows]").forEach(begin));
