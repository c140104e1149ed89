// Fields with [data-h5p-rules] show while the fields that their rules name have the values that they ask for. What is
// hidden keeps its value; the server decides again.

const named = (root, name) => [...root.querySelectorAll(`[name="${CSS.escape(name)}"]`)];

const VALUES = {
  boolean: (controls) => controls.some((one) => one.checked),
  number: (controls) => (controls[0].value === "" ? null : Number(controls[0].value)),
  select: (controls) => (controls[0].type === "radio" ? (controls.find((one) => one.checked)?.value ?? "") : controls[0].value),
  kept: (controls) => JSON.parse(controls[0].value),
};
const SUFFIXES = { part: ":type", kept: ":was" };

const isEqual = (kind, value, wanted) => {
  if (kind === "select") return value !== "" && String(wanted) === value;
  if (kind === "part") return value !== "" && (wanted === value || wanted === value.split(" ")[0]);
  return value === wanted;
};

// null where the field is not on the page: then nothing is known better than by the server.
const holds = (root, [name, kind, values]) => {
  const controls = name ? named(root, name + (SUFFIXES[kind] ?? "")) : [];
  if (!controls.length) return null;
  const value = (VALUES[kind] ?? (() => controls[0].value))(controls);
  return values.some((wanted) => isEqual(kind, value, wanted));
};

const apply = (root) => {
  for (const field of root.querySelectorAll("[data-h5p-rules]")) {
    const [all, rules] = JSON.parse(field.dataset.h5pRules);
    const held = rules.map((rule) => holds(root, rule));
    if (held.includes(null)) continue;
    field.hidden = !(all ? held.every(Boolean) : held.some(Boolean));
  }
};

const pick = (element) => {
  for (const place of element.querySelectorAll("[data-h5p-colour]")) {
    const [text, picker] = place.querySelectorAll("input");
    const match = () => /^#[0-9a-f]{6}$/i.test(text.value) && (picker.value = text.value);
    picker.hidden = false;
    match();
    text.addEventListener("input", match);
    picker.addEventListener("input", () => {
      text.value = picker.value;
      text.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
};

for (const root of document.querySelectorAll("[data-h5p-fields]")) {
  ["change", "input", "h5p-arrived"].forEach((name) => root.addEventListener(name, () => apply(root)));
  root.addEventListener("h5p-arrived", (event) => pick(event.target));
  apply(root);
  pick(root);
}
