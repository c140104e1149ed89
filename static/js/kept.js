// Small things kept in this browser, under a name that comes from the page of whoever they belong to.

// A browser may refuse to store anything; then answers are kept while the page is open.
const memory = new Map();

export const stored = {
  get(name) {
    try {
      return localStorage.getItem(name) ?? memory.get(name) ?? null;
    } catch {
      return memory.get(name) ?? null;
    }
  },
  set(name, text) {
    memory.set(name, text);
    try {
      localStorage.setItem(name, text);
    } catch {
      // Kept in memory.
    }
  },
  remove(name) {
    memory.delete(name);
    try {
      localStorage.removeItem(name);
    } catch {
      // There is nothing to remove.
    }
  },
};

export const newKey = () =>
  globalThis.crypto?.randomUUID?.() ??
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
