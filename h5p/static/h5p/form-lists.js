// Lists and parts in [data-h5p-fields]: items are added, opened, moved and removed, content types are chosen. What is
// new is drawn by the server. Whoever must know of new fields listens for "h5p-arrived" on their element.

const FIELDS = "input:not([type=hidden]):not([hidden]), select, textarea:not([hidden]), [contenteditable=true], button";
const WORDS = "input[type=text], textarea";
const FEW = 3;

const own = (list) => [...list.querySelector(":scope > [data-h5p-items]").children];
const itemsOf = (list) => own(list).filter((one) => one.matches("[data-h5p-item]"));
const bodyOf = (item) => item.querySelector(":scope > [data-h5p-body]");
const headOf = (item, what) => item.querySelector(`:scope > .h5p-item__head ${what}`);
const newKey = () => `n${Date.now().toString(36).slice(-6)}${Math.random().toString(36).slice(2, 9)}`;

class Form {
  constructor(root) {
    this.root = root;
    this.stashed = new WeakMap();
    root.classList.add("h5p-form--active");
    root.addEventListener("click", (event) => this.press(event));
    root.addEventListener("change", (event) => event.target.matches("[data-h5p-type]") && this.choose(event.target));
    root.addEventListener("input", (event) => this.retitle(event.target));
    root.addEventListener("keydown", (event) => this.key(event));
    this.pictures = JSON.parse(root.dataset.pictures);
    this.equip(root);
    root.querySelector("[data-h5p-errors]")?.focus();
  }

  words(key, values = {}) {
    const text = this.root.querySelector(`[data-h5p-words="${key}"]`).content.textContent;
    return Object.entries(values).reduce((said, [name, value]) => said.replace(`{${name}}`, value), text);
  }

  say(key, values) {
    const place = this.root.querySelector("[data-h5p-says]");
    place.textContent = "";
    requestAnimationFrame(() => (place.textContent = this.words(key, values)));
  }

  equip(element) {
    const lists = [...element.querySelectorAll("[data-h5p-list]")];
    if (element.matches("[data-h5p-list]")) lists.push(element);
    lists.forEach((list) => this.number(list));
    for (const item of element.querySelectorAll("[data-h5p-item]")) {
      const open = headOf(item, "[data-h5p-open]");
      const isLarge = bodyOf(item).querySelectorAll(".h5p-field").length > FEW;
      open.hidden = !(item.matches("[data-closed]") || isLarge);
      this.nameOpen(item);
    }
    for (const picture of element.querySelectorAll("[data-h5p-picture]")) {
      const address = this.pictures[picture.dataset.h5pPicture];
      if (address) Object.assign(picture, { src: address, hidden: false });
    }
  }

  nameOpen(item) {
    const open = headOf(item, "[data-h5p-open]");
    open.textContent = this.words(open.getAttribute("aria-expanded") === "true" ? "close" : "edit");
  }

  number(list) {
    const items = itemsOf(list);
    const isFull = "most" in list.dataset && items.length >= Number(list.dataset.most);
    items.forEach((item, index) => {
      headOf(item, "[data-h5p-number]").textContent = `${list.dataset.entity} ${index + 1}`;
      headOf(item, "[data-h5p-up]").disabled = index === 0;
      headOf(item, "[data-h5p-down]").disabled = index === items.length - 1;
      headOf(item, "[data-h5p-copy]").hidden = isFull;
    });
    const end = list.querySelector(":scope > .h5p-list__end");
    end.querySelector("[data-h5p-add]").hidden = isFull;
    const full = end.querySelector("[data-h5p-full]");
    if (full) full.hidden = !isFull;
  }

  press(event) {
    const button = event.target.closest("button, a");
    if (!button) return;
    const item = button.closest("[data-h5p-item]");
    if (button.matches("[data-h5p-add]")) this.add(button);
    else if (button.matches("[data-h5p-open]")) this.toggle(item);
    else if (button.matches("[data-h5p-up]")) this.move(item, -1, button);
    else if (button.matches("[data-h5p-down]")) this.move(item, 1, button);
    else if (button.matches("[data-h5p-copy]")) this.copy(item);
    else if (button.matches("[data-h5p-remove]")) this.remove(item);
    else if (button.matches("[data-h5p-goto]")) this.goTo(button.dataset.h5pGoto);
    else return;
    event.preventDefault();
  }

  key(event) {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const head = event.altKey && step && event.target.closest(".h5p-item__head");
    if (!head) return;
    event.preventDefault();
    this.move(head.parentElement, step, event.target);
  }

  changed(element) {
    element.dispatchEvent(new Event("change", { bubbles: true }));
  }

  async fetch(values) {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", this.root.closest("form").querySelector("[name=csrfmiddlewaretoken]").value);
    body.set("language", this.root.dataset.language);
    Object.entries(values).forEach(([name, value]) => body.set(name, value));
    this.root.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(this.root.dataset.fragments, { method: "POST", body });
      if (!response.ok) throw new Error(response.status);
      const holder = document.createElement("div");
      holder.innerHTML = await response.text();
      return holder.firstElementChild;
    } catch {
      this.say("failed");
      return null;
    } finally {
      this.root.removeAttribute("aria-busy");
    }
  }

  // Scripts that arrive as text do not run by themselves; the CMS's choosers begin with one.
  arrived(element) {
    for (const script of element.querySelectorAll("script")) {
      const alive = document.createElement("script");
      alive.textContent = script.textContent;
      script.replaceWith(alive);
    }
    this.equip(element);
    element.dispatchEvent(new CustomEvent("h5p-arrived", { bubbles: true }));
  }

  focusIn(element) {
    const fields = [...element.querySelectorAll(FIELDS)];
    (fields.find((one) => one.offsetParent !== null) ?? element).focus();
  }

  async add(button) {
    const list = button.closest("[data-h5p-list]");
    const { h5pField: name, owner, at } = list.dataset;
    const item = await this.fetch({ owner, at, name, item: newKey() });
    if (!item) return;
    this.forget(list);
    list.querySelector(":scope > [data-h5p-items]").append(item);
    this.arrived(item);
    this.number(list);
    this.changed(list);
    this.say("added", { entity: headOf(item, "[data-h5p-number]").textContent });
    this.focusIn(bodyOf(item));
  }

  async copy(item) {
    const list = item.closest("[data-h5p-list]");
    const { h5pField: name, owner, at } = list.dataset;
    const controls = [...item.querySelectorAll("[name]")].filter((one) => !/^(checkbox|radio)$/.test(one.type) || one.checked);
    const written = controls.filter((one) => one.localName !== "button").map((one) => [one.name, one.value]);
    const copied = item.querySelector(":scope > input[type=hidden]").value;
    const other = await this.fetch({ owner, at, name, copied, item: newKey(), "form:whole": JSON.stringify(written) });
    if (!other) return;
    this.forget(list);
    item.after(other);
    this.arrived(other);
    this.number(list);
    this.changed(list);
    this.say("added", { entity: headOf(other, "[data-h5p-number]").textContent });
    this.focusIn(bodyOf(other));
  }

  async toggle(item) {
    const open = headOf(item, "[data-h5p-open]");
    const body = bodyOf(item);
    if (open.getAttribute("aria-expanded") === "true") {
      body.hidden = true;
      open.setAttribute("aria-expanded", "false");
    } else {
      if (item.matches("[data-closed]") && !(await this.unfold(item, body))) return;
      body.hidden = false;
      open.setAttribute("aria-expanded", "true");
      this.focusIn(body);
    }
    this.nameOpen(item);
  }

  async unfold(item, body) {
    const list = item.closest("[data-h5p-list]");
    const { h5pField: name, owner, at } = list.dataset;
    const key = item.querySelector(":scope > input[type=hidden]").value;
    const drawn = await this.fetch({ owner, at, name, item: key, value: body.querySelector("input").value });
    if (!drawn) return false;
    body.replaceChildren(...bodyOf(drawn).childNodes);
    item.removeAttribute("data-closed");
    this.arrived(body);
    return true;
  }

  move(item, step, button) {
    const list = item.closest("[data-h5p-list]");
    const items = itemsOf(list);
    const there = items[items.indexOf(item) + step];
    if (!there) return;
    if (step < 0) there.before(item);
    else there.after(item);
    const entity = headOf(item, "[data-h5p-number]").textContent;
    this.forget(list);
    this.number(list);
    this.changed(list);
    if (button.disabled) headOf(item, step < 0 ? "[data-h5p-down]" : "[data-h5p-up]").focus();
    else button.focus();
    this.say("moved", { entity, number: itemsOf(list).indexOf(item) + 1, count: items.length });
  }

  remove(item) {
    const list = item.closest("[data-h5p-list]");
    const entity = headOf(item, "[data-h5p-number]").textContent;
    this.forget(list);
    const notice = document.createElement("p");
    notice.className = "h5p-removed-item";
    const back = document.createElement("button");
    back.type = "button";
    back.className = "button button-small button-secondary";
    back.textContent = this.words("undo");
    back.addEventListener("click", () => {
      notice.replaceWith(item);
      this.number(list);
      this.changed(list);
      headOf(item, "[data-h5p-remove]").focus();
    });
    notice.append(`${this.words("removed", { entity })} `, back);
    item.replaceWith(notice);
    this.number(list);
    this.changed(list);
    this.say("removed", { entity });
    back.focus();
  }

  forget(list) {
    own(list).forEach((one) => one.matches(".h5p-removed-item") && one.remove());
  }

  // What was written for one type is put aside, and is there again when that type is chosen again.
  async choose(select) {
    const part = select.closest("[data-h5p-part]");
    const place = part.querySelector(":scope > [data-h5p-chosen]");
    const before = place.dataset.h5pChosen;
    const aside = this.stashed.get(part) ?? new Map();
    this.stashed.set(part, aside);
    if (before === select.value) return;
    const known = aside.get(select.value) ?? [];
    const drawn = known.length || !select.value ? known : await this.drawType(part, place, select.value);
    if (!drawn) {
      select.value = before;
      return;
    }
    aside.set(before, [...place.childNodes]);
    place.replaceChildren(...drawn);
    place.dataset.h5pChosen = select.value;
    if (!known.length) this.arrived(place);
    this.changed(part);
    this.say("chosen");
  }

  async drawType(part, place, library) {
    const { h5pField: name, owner, at } = part.dataset;
    const there = place.querySelector(":scope > [data-h5p-foreign]")?.value;
    const kept = there ? JSON.parse(there) : null;
    const isSame = kept?.library?.split(" ")[0] === library.split(" ")[0];
    const value = JSON.stringify(isSame ? { ...kept, library } : { library });
    const drawn = await this.fetch({ owner, at, name, value });
    return drawn && [...drawn.querySelector(":scope > [data-h5p-chosen]").childNodes];
  }

  // The heading of an item follows the first words that are written in it.
  retitle(control) {
    const item = control.closest("[data-h5p-item]");
    const first = item && [...bodyOf(item).querySelectorAll(WORDS)].find((one) => one.name && !one.closest(".h5p-aside"));
    if (!first || first !== control) return;
    const words = new DOMParser().parseFromString(first.value.replaceAll("<", " <"), "text/html").body.textContent;
    headOf(item, "[data-h5p-summary]").textContent = (first.type === "text" ? first.value : words).trim().slice(0, 90);
  }

  goTo(id) {
    const found = document.getElementById(id);
    if (!found) return;
    for (let one = found.parentElement; one && one !== this.root; one = one.parentElement) {
      if (one.matches("details")) one.open = true;
      if (one.matches("[data-h5p-body]") && one.hidden) this.toggle(one.closest("[data-h5p-item]"));
    }
    if (found.matches("details")) found.open = true;
    const shown = found.hidden || found.type === "hidden" ? found.parentElement : found;
    if (shown === found && found.matches("input, select, textarea, [tabindex]")) found.focus();
    else this.focusIn(shown);
    shown.scrollIntoView({ block: "center" });
  }
}

document.querySelectorAll("[data-h5p-fields]").forEach((root) => new Form(root));
