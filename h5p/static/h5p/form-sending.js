// Sends all fields of [data-h5p-fields] as one, so that no form has too many of them; Enter in a line saves nothing by
// accident, and nobody leaves unsaved changes without being asked.

const OURS = /^(params|metadata)[/:]/;

const gather = (data) => {
  const pairs = [...data.entries()].filter(([name, value]) => OURS.test(name) && typeof value === "string");
  pairs.forEach(([name]) => data.delete(name));
  data.set("form:whole", JSON.stringify(pairs));
};

for (const root of document.querySelectorAll("[data-h5p-fields]")) {
  const form = root.closest("form");
  let isChanged = root.querySelector("[data-h5p-errors]") !== null;
  form.addEventListener("formdata", (event) => gather(event.formData));
  form.addEventListener("submit", () => (isChanged = false));
  ["change", "input"].forEach((name) => root.addEventListener(name, () => (isChanged = true)));
  root.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input:not([type=submit]):not([type=button])")) event.preventDefault();
  });
  window.addEventListener("beforeunload", (event) => isChanged && event.preventDefault());
}
