// Looking over: sends what is still waiting, counts the time down, and hands in when it is over.

import { Clock } from "./quiz-clock.js";
import { Queue } from "./quiz-queue.js";
import { Sender } from "./quiz-sending.js";

const nothing = () => {};

for (const form of document.querySelectorAll("form[data-hand-in]")) {
  const words = document.querySelector("[data-words]").dataset;
  const queue = new Queue(form.dataset.handIn);
  let countdown = null;
  const sender = new Sender({
    queue,
    form,
    hears: {
      // The page shows an answer that has changed since: it is drawn anew.
      saved: () => queue.isEmpty && location.reload(),
      newer: nothing,
      refused: nothing,
      failed: nothing,
      clock: (line) => line?.dataset.secondsLeft !== undefined && countdown?.sync(Number(line.dataset.secondsLeft)),
    },
  });
  sender.send();
  if (form.dataset.secondsLeft !== undefined) {
    countdown = new Clock(Number(form.dataset.secondsLeft), {
      timer: document.querySelector("[data-timer]"),
      said: document.querySelector("[data-time-said]"),
      words,
      onOver: () => {
        form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "by", value: "time" }));
        form.requestSubmit();
      },
    });
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && sender.askTime());
  }
}
