// A form[data-grid] is entered like a spreadsheet: each cell is saved as it is left, one after the other, and the
// server's answer (the learner's row and a sentence) is put in its place. The form works without this.

const CELL = /^c-(\d+)-(\d+)$/;
const LONG_ENOUGH_MS = 350;

for (const form of document.querySelectorAll("form[data-grid]")) {
  const said = form.querySelector("[data-said]");
  const details = form.querySelector("[data-details]");
  const reason = form.elements.reason;
  const remembered = `reason-of-gradebook-${form.dataset.edition}`;
  const isRtl = getComputedStyle(form).direction === "rtl";
  const queue = [];
  let sending = false;
  let wait;

  // The reason stays for what is entered next, also on the next page of learners.
  reason.value ||= sessionStorage.getItem(remembered) ?? "";
  reason.addEventListener("input", () => sessionStorage.setItem(remembered, reason.value));

  const cells = () => [...form.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("td input")]);
  const isCell = (element) => element instanceof HTMLInputElement && CELL.test(element.name);
  const isTouched = (input) => input.value.trim() !== input.defaultValue;

  const say = (text, refused) => {
    const line = document.createElement("p");
    line.textContent = text;
    if (refused) line.dataset.refused = "";
    said.replaceChildren(line);
  };

  const mark = (input, state) => {
    if (state) input.parentElement.dataset.state = state;
    else delete input.parentElement.dataset.state;
    input.toggleAttribute("aria-invalid", state === "refused");
  };

  // Put a fresh row in the place of the one shown; what somebody is typing in another cell of it is left alone.
  const show = (fresh, saved, keep) => {
    const row = form.querySelector(`[data-row="${fresh.dataset.row}"]`);
    if (!row) return;
    row.querySelector("[data-total]").innerHTML = fresh.querySelector("[data-total]").innerHTML;
    row.querySelector("[type=hidden]").value = fresh.querySelector("[type=hidden]").value;
    for (const input of row.querySelectorAll("td input")) {
      const next = fresh.querySelector(`[name="${input.name}"]`);
      if (!next) continue;
      const mine = input !== saved && isTouched(input);
      const typed = input.value;
      input.defaultValue = next.defaultValue;
      input.value = mine || (keep && input === saved) ? typed : next.defaultValue;
      if (next.dataset.e) input.dataset.e = next.dataset.e;
      else delete input.dataset.e;
      input.parentElement.className = next.parentElement.className;
      input.parentElement.querySelector("small")?.remove();
      const words = next.parentElement.querySelector("small");
      if (words) input.parentElement.append(document.importNode(words, true));
    }
  };

  const post = async (address, fields) => {
    const body = new URLSearchParams({ ...fields, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
    const response = await fetch(address, { method: "POST", body });
    if (response.redirected || response.status === 403) throw new Error(form.dataset.signedOut);
    if (response.status >= 500) throw new Error(form.dataset.lost);
    return { status: response.status, page: new DOMParser().parseFromString(await response.text(), "text/html") };
  };

  const take = ({ status, page }, input, value) => {
    const answer = page.querySelector("[data-answer]");
    const row = page.querySelector("[data-row]");
    if (answer) said.replaceChildren(document.importNode(answer, true));
    else say(form.dataset.lost, true);
    if (!row && input) return mark(input, "refused");
    // Typed on while it was on its way: the newer text waits for its own turn.
    const typedOn = input && input.value.trim() !== value;
    if (row) show(row, typedOn ? null : input, status !== 200);
    if (input) mark(input, status === 200 ? "" : "refused");
  };

  const send = async (input) => {
    const [, enrolment, item] = CELL.exec(input.name);
    const value = input.value.trim();
    mark(input, "saving");
    try {
      const fields = { enrolment, item, value, seen: input.dataset.e ?? 0, reason: reason.value };
      take(await post(form.dataset.cell, fields), input, value);
    } catch (problem) {
      mark(input, "refused");
      say(problem instanceof TypeError ? form.dataset.lost : problem.message, true);
    }
  };

  // One at a time and in order: a slow older answer never lands on a newer one.
  const work = async () => {
    if (sending) return;
    sending = true;
    while (queue.length) await send(queue.shift());
    sending = false;
    if (details.open) explain(document.activeElement);
  };

  const save = (input) => {
    if (!isTouched(input) || queue.includes(input)) return;
    queue.push(input);
    work();
  };

  const explain = async (input) => {
    if (!isCell(input)) return;
    const [, enrolment, item] = CELL.exec(input.name);
    try {
      const response = await fetch(`${form.dataset.cell}${enrolment}/${item}/`);
      if (response.ok && !response.redirected && input === document.activeElement) {
        details.lastElementChild.innerHTML = await response.text();
      }
    } catch {
      details.lastElementChild.textContent = form.dataset.lost;
    }
  };

  const move = (input, down, across) => {
    const rows = cells();
    const y = rows.findIndex((row) => row.includes(input));
    const target = rows[y + down]?.[rows[y].indexOf(input) + across];
    if (!target) return false;
    target.focus();
    target.select();
    target.scrollIntoView({ block: "nearest", inline: "nearest" });
    return true;
  };

  const isAtEdge = (input, forward) => {
    const all = input.selectionStart === 0 && input.selectionEnd === input.value.length;
    const place = forward ? input.value.length : 0;
    return all || (input.selectionStart === place && input.selectionEnd === place);
  };

  const steps = {
    Enter: (event) => [event.shiftKey ? -1 : 1, 0],
    ArrowDown: () => [1, 0],
    ArrowUp: () => [-1, 0],
    ArrowLeft: (event) => isAtEdge(event.target, isRtl) && [0, isRtl ? 1 : -1],
    ArrowRight: (event) => isAtEdge(event.target, !isRtl) && [0, isRtl ? -1 : 1],
  };

  form.addEventListener("keydown", (event) => {
    const input = event.target;
    if (!isCell(input) || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape") {
      input.value = input.defaultValue;
      mark(input, "");
      input.select();
    }
    const step = steps[event.key]?.(event);
    if (!step) return;
    event.preventDefault();
    if (!move(input, ...step)) save(input);
  });

  form.addEventListener("focusout", (event) => {
    if (isCell(event.target)) save(event.target);
  });

  form.addEventListener("focusin", (event) => {
    if (!isCell(event.target) || !details.open) return;
    clearTimeout(wait);
    wait = setTimeout(explain, LONG_ENOUGH_MS, event.target);
  });

  details.hidden = false;
  let last;
  form.addEventListener("focusin", (event) => {
    if (isCell(event.target)) last = event.target;
  });
  details.addEventListener("toggle", () => {
    if (details.open && last) {
      last.focus();
      explain(last);
    }
  });

  said.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-undo]");
    if (!button) return;
    try {
      take(await post(button.dataset.undo, { reason: reason.value }));
      (last ?? form).focus();
    } catch (problem) {
      say(problem instanceof TypeError ? form.dataset.lost : problem.message, true);
    }
  });

  // Enter in the field of the reason saves nothing by itself; the whole form is for browsers without this.
  form.addEventListener("submit", (event) => event.preventDefault());

  addEventListener("beforeunload", (event) => {
    if (sending || queue.length) event.preventDefault();
  });
}
