// Handed in: what this browser kept of the attempt is forgotten, and the receipt can be printed.

import { forget } from "./quiz-queue.js";

const done = document.querySelector("[data-forget]");
if (done) forget(done.dataset.forget);

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
