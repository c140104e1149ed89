// What a shared device must not show to whoever comes next. Signing out asks first about what was not sent. The answer of
// the server, wherever on the site somebody signed out, names them in a cookie; the next page then removes what was
// theirs. Registers kept for reading without a connection go on any page that nobody is signed in to.

import { forget, mine } from "./kept.js";

const LEFT = "signed-out";
const pages = globalThis.BroadcastChannel && new BroadcastChannel(LEFT);

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
  const ask = () => (dialog.showModal ? agrees(dialog) : confirm(dialog.querySelector("p").textContent));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (mine().length && !(await ask())) return;
    form.submit();
  });
  // Another page of theirs may still be open here.
  pages?.addEventListener("message", ({ data }) => {
    if (data !== form.dataset.signOut) return;
    forget(data);
    location.reload();
  });
} else {
  forgetPages();
}

const [, left] = document.cookie.match(`(?:^|; )${LEFT}=(\\d+)`) ?? [];
if (left) {
  if (form?.dataset.signOut !== left) {
    forgetPages();
    forget(left);
    pages?.postMessage(left);
  }
  document.cookie = `${LEFT}=; path=/; max-age=0; samesite=lax`;
}
