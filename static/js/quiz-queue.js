// Answers on their way, kept in this browser until the server has them, in the order they were given. The name they
// are kept under comes from the page of the attempt: another person's page never has it.

import { newKey, stored } from "./kept.js";

const PREFIX = "quiz-";
const KEPT_MS = 14 * 24 * 60 * 60 * 1000;

export class Queue {
  constructor(nonce) {
    this.name = PREFIX + nonce;
  }

  get entries() {
    try {
      return JSON.parse(stored.get(this.name) ?? "[]");
    } catch {
      return [];
    }
  }

  set entries(entries) {
    if (entries.length) stored.set(this.name, JSON.stringify(entries));
    else stored.remove(this.name);
  }

  // An answer not yet tried gives way to a newer one to the same question; one that may have arrived stays before it.
  put(answer) {
    const entry = { ...answer, key: newKey(), at: Date.now(), tried: false, held: false };
    this.entries = [...this.entries.filter(({ item, tried }) => tried || item !== entry.item), entry];
    return entry;
  }

  get next() {
    return this.entries.find((entry) => !entry.held);
  }

  get isEmpty() {
    return !this.next;
  }

  change(key, changes) {
    this.entries = this.entries.map((entry) => (entry.key === key ? { ...entry, ...changes } : entry));
  }

  // What was saved is known to have been seen by those that wait behind it.
  saved(key, item, sequence) {
    this.entries = this.entries
      .filter((entry) => entry.key !== key)
      .map((entry) => (entry.item === item ? { ...entry, base: Math.max(entry.base, sequence) } : entry));
  }

  drop(item) {
    this.entries = this.entries.filter((entry) => entry.item !== item);
  }

  of(item) {
    return this.entries.findLast((entry) => entry.item === item);
  }
}

export const forget = (nonce) => stored.remove(PREFIX + nonce);

// Attempts nobody came back to.
export const forgetOld = () => {
  let names = [];
  try {
    names = Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
  } catch {
    return;
  }
  for (const name of names) {
    const entries = new Queue(name.slice(PREFIX.length)).entries;
    if (!entries.some(({ at }) => Date.now() - at < KEPT_MS)) stored.remove(name);
  }
};
