// Registers on their way: each save waits in this browser until the server has it, in the order they were made.

import { newKey, stored } from "./kept.js";

export class RegisterQueue {
  constructor(nonce) {
    this.name = `register-${nonce}`;
    this.draftName = `register-draft-${nonce}`;
  }

  read(name) {
    try {
      return JSON.parse(stored.get(name) ?? "null");
    } catch {
      return null;
    }
  }

  get entries() {
    return this.read(this.name) ?? [];
  }

  set entries(entries) {
    if (entries.length) stored.set(this.name, JSON.stringify(entries));
    else stored.remove(this.name);
  }

  // A whole register takes the place of one that was not tried yet; one that may have arrived stays before it.
  put(fields) {
    const entry = { fields, key: newKey(), taken: Date.now() / 1000, tried: false };
    this.entries = [...this.entries.filter(({ tried }) => tried), entry];
    this.draft = null;
    return entry;
  }

  get next() {
    return this.entries[0];
  }

  tried(key) {
    this.entries = this.entries.map((entry) => (entry.key === key ? { ...entry, tried: true } : entry));
  }

  done(key) {
    this.entries = this.entries.filter((entry) => entry.key !== key);
  }

  // What was tapped and not saved.
  get draft() {
    return this.read(this.draftName);
  }

  set draft(fields) {
    if (fields) stored.set(this.draftName, JSON.stringify(fields));
    else stored.remove(this.draftName);
  }

  get latest() {
    return this.draft ?? this.entries.at(-1)?.fields;
  }
}
