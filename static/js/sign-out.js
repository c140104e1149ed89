// What a shared device must not show to whoever comes next. Signing out asks first about what was not sent, then removes
// it and the registers that were kept for reading without a connection; so does any page that nobody is signed in to.

import { mine, stored } from "./kept.js";

const forgetPages = async () => {
  try {
    await globalThis.caches?.delete("registers");
  } catch {
    // Nothing is kept where nothing may be.
  }
};

const agrees = (dialog) =>
  new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "out"), { once: true });
    dialog.returnValue = "";
    dialog.showModal();
  });

const form = document.querySelector("form[data-sign-out]");
if (form) {
  const dialog = document.querySelector("dialog[data-unsent]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (mine().length && dialog?.showModal && !(await agrees(dialog))) return;
    for (const name of mine()) stored.remove(name);
    await forgetPages();
    form.submit();
  });
} else {
  forgetPages();
}
