// The page of an attempt: saves every change as it is made and says so, keeps what cannot be sent, counts the time
// down and hands in when it is over. Everything but this works without it.

import { Attention } from "./quiz-attention.js";
import { Clock } from "./quiz-clock.js";
import { equipEssays } from "./quiz-essay.js";
import { fieldsOf, isAnswered, putBack } from "./quiz-fields.js";
import { Files } from "./quiz-files.js";
import { QuizMap } from "./quiz-map.js";
import { equipOrderings } from "./quiz-ordering.js";
import { forgetOld, Queue } from "./quiz-queue.js";
import { fragment, Sender } from "./quiz-sending.js";

const TYPING_PAUSE_MS = 800;
const TYPING_MOST_MS = 1500;
const LAST_TRIES = 10;

class Attempt {
  constructor(form) {
    this.form = form;
    this.words = form.querySelector("[data-words]").dataset;
    this.trouble = form.querySelector("[data-trouble]");
    this.questions = [...form.querySelectorAll("[data-question]")];
    this.queue = new Queue(form.dataset.quiz);
    this.map = new QuizMap(form, this.words);
    this.attention = new Attention(this.questions);
    this.typed = new Map();
    // What each question held when it was last taken into the queue, so that leaving a field is not a change.
    this.held = new Map(this.questions.map((question) => [question, this.written(question)]));
    this.own = new Set();
    this.sender = new Sender({ queue: this.queue, form, hears: this });
    this.channel = globalThis.BroadcastChannel && new BroadcastChannel(this.queue.name);
    equipOrderings(form);
    equipEssays(form);
    this.files = new Files(form);
    this.listen();
    this.resume();
    this.startClock();
  }

  question(item) {
    return this.form.querySelector(`[data-question="${item}"]`);
  }

  // --- what the person does ---

  listen() {
    this.form.addEventListener("input", (event) => this.onTyped(event.target));
    this.form.addEventListener("change", (event) => this.collect(event.target.closest("[data-save]")));
    this.form.addEventListener("quiz:changed", (event) => this.collect(event.target.closest("[data-save]")));
    this.form.addEventListener("focusout", (event) => this.collectTyped(event.target.closest("[data-save]")));
    this.form.addEventListener("click", (event) => this.onClick(event));
    this.form.addEventListener("submit", (event) => this.onSubmit(event));
    document.addEventListener("visibilitychange", () => this.onVisible());
    addEventListener("pagehide", () => this.leave());
    addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
    this.channel?.addEventListener("message", ({ data }) => this.onOtherTab(data));
  }

  onTyped(field) {
    if (!field.matches("textarea, input:not([type=checkbox], [type=radio], [type=file])")) return;
    const question = field.closest("[data-save]");
    if (!question) return;
    const { since = performance.now(), timer } = this.typed.get(question) ?? {};
    clearTimeout(timer);
    const pause = Math.max(Math.min(TYPING_PAUSE_MS, since + TYPING_MOST_MS - performance.now()), 0);
    this.typed.set(question, { since, timer: setTimeout(() => this.collectTyped(question), pause) });
  }

  collectTyped(question) {
    if (this.typed.has(question)) this.collect(question);
  }

  written(question) {
    return JSON.stringify(fieldsOf(question));
  }

  // Take the answer of a question into the queue and send it, if it has changed.
  collect(question, { anyway = false } = {}) {
    if (!question) return;
    clearTimeout(this.typed.get(question)?.timer);
    this.typed.delete(question);
    const written = this.written(question);
    if (written === this.held.get(question) && !anyway) return;
    this.held.set(question, written);
    const item = Number(question.dataset.question);
    const entry = this.queue.put({
      item,
      url: question.dataset.save,
      fields: fieldsOf(question),
      base: Number(question.dataset.sequence),
      seconds: this.attention.of(question),
    });
    this.own.add(entry.key);
    this.map.answered(item, isAnswered(question));
    this.say(question, this.words.saving, "waiting");
    this.sender.send();
  }

  collectAll() {
    for (const question of [...this.typed.keys()]) this.collect(question);
  }

  onClick(event) {
    const button = event.target.closest("button");
    if (!button) return;
    const question = button.closest("[data-question]");
    if (button.matches("[data-flag]")) this.flag(event, button, question);
    else if (button.matches("[data-check]")) this.check(event, button, question);
    else if (button.matches("[data-use-mine]")) this.useMine(question);
    else if (button.matches("[data-use-theirs]")) this.useTheirs(question);
  }

  async flag(event, button, question) {
    event.preventDefault();
    const on = button.getAttribute("aria-pressed") !== "true";
    this.showFlag(button, question, on);
    const response = await this.post(button.dataset.flag, [["on", on ? "1" : "0"]]);
    if (!response?.ok) this.showFlag(button, question, !on);
  }

  showFlag(button, question, on) {
    button.setAttribute("aria-pressed", String(on));
    button.value = `${on ? "unflag" : "flag"}-${question.dataset.question}`;
    this.map.flagged(question.dataset.question, on);
  }

  // Practice: the answer is saved and judged in one go, and its place is taken by what became of it.
  async check(event, button, question) {
    event.preventDefault();
    if (!isAnswered(question)) return;
    this.collectAll();
    await this.sender.send();
    if (!this.queue.isEmpty) return this.showTrouble();
    const level = question.querySelector(".question__number").tagName.slice(1);
    const response = await this.post(button.dataset.check, [...fieldsOf(question), ["level", level]]);
    if (!response) return this.say(question, this.words.unsaved, "lost");
    const checked = fragment(await response.text());
    if (!response.ok) return question.querySelector("[data-saved]").replaceChildren(checked);
    const shown = checked.querySelector("[data-question]");
    question.replaceWith(shown);
    shown.tabIndex = -1;
    shown.focus();
  }

  useMine(question) {
    const item = Number(question.dataset.question);
    const sequence = Number(question.querySelector("[data-newer]").dataset.sequence);
    question.dataset.sequence = sequence;
    this.queue.drop(item);
    this.collect(question, { anyway: true });
    question.querySelector("input, select, textarea")?.focus();
  }

  useTheirs(question) {
    this.queue.drop(Number(question.dataset.question));
    location.reload();
  }

  // Leaving the page waits until everything is saved; what cannot be sent is said, and nothing is lost.
  async onSubmit(event) {
    if (this.leaving) return;
    event.preventDefault();
    this.collectAll();
    await this.sender.send();
    if (!this.queue.isEmpty) return this.showTrouble();
    if (event.submitter?.value === "stay") return;
    this.leaving = true;
    // Every change is saved by now; the form itself brings only where to go.
    for (const field of this.form.querySelectorAll("[name^='item-'], [name^='was-']")) field.disabled = true;
    this.form.requestSubmit(event.submitter);
  }

  showTrouble() {
    this.trouble.hidden = false;
    this.trouble.textContent = this.words[this.why ?? "unsaved"];
  }

  onVisible() {
    if (document.visibilityState === "visible") this.sender.askTime();
    else this.leave();
  }

  leave() {
    if (this.leaving) return;
    this.collectAll();
    this.sender.sendLast();
  }

  // --- what the server says ---

  say(question, text, state) {
    const line = document.createElement("p");
    line.className = `saved saved--${state}`;
    line.textContent = text;
    question?.querySelector("[data-saved]")?.replaceChildren(line);
  }

  saved(entry, answer, sequence) {
    this.why = null;
    this.trouble.hidden = true;
    this.channel?.postMessage({ key: entry.key, item: entry.item, sequence, html: answer.firstElementChild.outerHTML });
    this.showSaved(entry.item, answer, sequence);
  }

  showSaved(item, answer, sequence) {
    const question = this.question(item);
    if (!question) return;
    question.dataset.sequence = sequence;
    if (!this.queue.of(item)) question.querySelector("[data-saved]")?.replaceChildren(answer);
  }

  // Another tab sent what was typed here.
  onOtherTab({ key, item, sequence, html }) {
    if (this.own.has(key)) this.showSaved(item, fragment(html), sequence);
  }

  newer(entry, answer) {
    this.question(entry.item)?.querySelector("[data-saved]")?.replaceChildren(answer);
  }

  refused(entry, answer) {
    const place = this.question(entry.item)?.querySelector("[data-saved]");
    if (place) return place.replaceChildren(answer);
    this.trouble.hidden = false;
    this.trouble.replaceChildren(...answer.querySelectorAll("p"));
  }

  failed(why) {
    this.why = why;
    for (const { item } of this.queue.entries) this.say(this.question(item), this.words[why], "lost");
  }

  clock(line) {
    if (line?.dataset.over !== undefined) return this.sender.queue.isEmpty && this.handIn();
    if (line?.dataset.secondsLeft !== undefined) this.countdown?.sync(Number(line.dataset.secondsLeft));
  }

  async post(url, fields) {
    const body = new URLSearchParams(fields);
    body.set("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
    try {
      const response = await fetch(url, { method: "POST", body });
      return response.redirected ? null : response;
    } catch {
      return null;
    }
  }

  // --- beginning and end ---

  // What an earlier visit could not send: show it as it was typed and send it.
  resume() {
    forgetOld();
    for (const { key, item, fields } of this.queue.entries) {
      this.queue.change(key, { held: false });
      this.own.add(key);
      const question = this.question(item);
      if (!question?.dataset.save) continue;
      putBack(question, fields);
      this.held.set(question, this.written(question));
      this.map.answered(item, isAnswered(question));
      this.say(question, this.words.saving, "waiting");
    }
    this.sender.send();
  }

  startClock() {
    const { secondsLeft } = this.form.dataset;
    if (secondsLeft === undefined) return;
    this.countdown = new Clock(Number(secondsLeft), {
      timer: this.form.querySelector("[data-timer]"),
      said: this.form.querySelector("[data-time-said]"),
      words: this.words,
      onOver: () => this.handIn(),
    });
  }

  // The time is over: what was typed is sent, then the attempt is handed in, as soon as the server can be reached.
  async handIn() {
    if (this.handingIn) return;
    this.handingIn = true;
    this.collectAll();
    this.trouble.hidden = false;
    this.trouble.textContent = this.words.timeOver;
    for (let tries = 0; tries < LAST_TRIES; tries += 1) {
      await this.sender.send();
      if (this.queue.isEmpty && (await this.sender.askTime())) break;
      await new Promise((resolve) => setTimeout(resolve, 3000));
    }
    this.leaving = true;
    const form = document.querySelector("[data-hand-in-now]");
    form.elements.csrfmiddlewaretoken.value = this.form.elements.csrfmiddlewaretoken.value;
    form.requestSubmit();
  }
}

for (const form of document.querySelectorAll("form[data-quiz]")) new Attempt(form);
