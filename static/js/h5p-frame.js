// [data-h5p-frame] plays interactive content in a sandboxed frame. Frames are loaded one after another as they come
// into view. What a frame says is believed only of itself: its height, and that there is something to ask the server.

import { stored } from "./kept.js";

const CONTEXT = "interactive";
const SANDBOX = "allow-scripts allow-forms allow-popups";
const NEXT_MS = 8000;
const FAILED_MS = 45000;
const LEAST_PX = 48;
const MOST_PX = 30000;
const NEAR = "300px";
const SAID_MS = 4000;
const COLOUR = /^rgb\([\d, ]+\)$/;
const MOST_KEPT = 200_000;

class Frame {
  constructor(root) {
    this.root = root;
    this.box = root.querySelector("[data-h5p-box]");
    this.loading = root.querySelector("[data-h5p-loading]");
    this.said = root.querySelector("[data-h5p-said]");
    this.reload = root.querySelector("[data-h5p-reload]");
    this.full = root.querySelector("[data-h5p-full]");
    const words = root.querySelector("[data-h5p-words]").content.querySelectorAll("[data-word]");
    this.words = Object.fromEntries([...words].map((word) => [word.dataset.word, word.textContent]));
    this.reload.addEventListener("click", () => queue.add(this));
    this.full.addEventListener("click", () => this.element?.requestFullscreen());
    root.hidden = false;
    // What stands in for the frame where no script runs.
    root.parentElement.querySelector("[data-h5p-needs]")?.remove();
    root.parentElement.querySelector("[data-h5p-text]")?.removeAttribute("open");
  }

  say(word, { briefly = false } = {}) {
    clearTimeout(this.forgetting);
    this.said.textContent = this.words[word] ?? "";
    this.said.dataset.word = word;
    if (briefly) this.forgetting = setTimeout(() => this.say(""), SAID_MS);
  }

  // Settles once the next frame may begin: this one is ready, has failed, or takes too long to wait for.
  load() {
    this.element?.remove();
    this.isReady = false;
    delete this.root.dataset.state;
    this.loading.hidden = false;
    this.reload.hidden = this.full.hidden = true;
    this.say("");
    this.element = document.createElement("iframe");
    this.element.className = "h5p-frame__frame";
    this.element.title = this.root.dataset.title;
    this.element.setAttribute("sandbox", SANDBOX);
    this.element.src = this.root.dataset.src;
    this.box.append(this.element);
    return new Promise((resolve) => {
      this.settle = resolve;
      setTimeout(resolve, NEXT_MS);
      this.giveUp = setTimeout(() => this.failed(), FAILED_MS);
    });
  }

  ready({ changed, paper }) {
    clearTimeout(this.giveUp);
    this.isReady = true;
    this.loading.hidden = true;
    this.full.hidden = !document.fullscreenEnabled;
    this.root.dataset.state = "ready";
    if (COLOUR.test(paper)) this.box.style.backgroundColor = paper;
    if (changed) this.say("changed");
    this.settle();
    const kept = stored.get(this.name);
    if (kept) this.tell("kept", { text: kept });
  }

  // What the frame could not send, kept for its next time: it has no storage of its own. Nobody here reads it.
  keep({ text }) {
    if (typeof text !== "string" || text.length > MOST_KEPT) return;
    if (text) stored.set(this.name, text);
    else stored.remove(this.name);
  }

  // The address without its date and signature.
  get name() {
    return `h5p-kept:${this.root.dataset.src.split("~")[0].replace(/\.\d+$/, "")}`;
  }

  failed() {
    if (this.isReady) return;
    clearTimeout(this.giveUp);
    this.element.remove();
    this.loading.hidden = true;
    this.reload.hidden = false;
    this.root.dataset.state = "failed";
    this.say("failed");
    this.settle();
  }

  resize({ height }) {
    if (!Number.isFinite(height)) return;
    this.element.style.blockSize = `${Math.min(Math.max(height, LEAST_PX), MOST_PX)}px`;
  }

  reported() {
    const standing = this.root.parentElement.querySelector("[data-h5p-standing]");
    standing?.dispatchEvent(new CustomEvent("h5p-reported"));
  }

  unsent() {
    this.goesOn();
    this.say("unsent");
  }

  sent() {
    if (this.said.dataset.word === "unsent") this.say("sent", { briefly: true });
  }

  gone() {
    this.goesOn();
    this.say("gone");
  }

  refused() {
    this.say("refused");
  }

  // Where the next attempt could not begin, what is on the screen stays, and one may ask again.
  goesOn() {
    this.loading.hidden = true;
    if (this.root.dataset.state === "ready") this.isReady = true;
  }

  // The next attempt begins, and the frame loads itself anew.
  again() {
    this.isReady = false;
    this.loading.hidden = false;
    this.root.scrollIntoView({ block: "nearest" });
    this.tell("again");
  }

  tell(action, values = {}) {
    this.element?.contentWindow?.postMessage({ context: CONTEXT, action, ...values }, "*");
  }
}

const ACTIONS = new Set(["ready", "failed", "resize", "reported", "unsent", "sent", "keep", "gone", "refused"]);
const frames = [];

// One frame at a time: ten that begin at once keep each other, and the page, waiting.
const queue = {
  waiting: [],
  isBusy: false,

  add(frame) {
    if (!this.waiting.includes(frame)) this.waiting.push(frame);
    this.next();
  },

  async next() {
    if (this.isBusy) return;
    this.isBusy = true;
    for (let frame = this.waiting.shift(); frame; frame = this.waiting.shift()) await frame.load();
    this.isBusy = false;
  },
};

const observer = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      observer.unobserve(target);
      queue.add(frames.find(({ root }) => root === target));
    }
  },
  { rootMargin: NEAR },
);

addEventListener("message", ({ source, data }) => {
  if (data?.context !== CONTEXT || !ACTIONS.has(data.action)) return;
  frames.find(({ element }) => element && element.contentWindow === source)?.[data.action](data);
});

document.addEventListener("fullscreenchange", () => {
  for (const frame of frames) frame.tell("fullscreen", { on: document.fullscreenElement === frame.element });
});

document.addEventListener("click", ({ target }) => {
  const section = target.closest?.("[data-h5p-again]") && target.closest("section");
  frames.find(({ root, isReady }) => isReady && root.parentElement === section)?.again();
});

for (const root of document.querySelectorAll("[data-h5p-frame]")) {
  frames.push(new Frame(root));
  observer.observe(root);
}
