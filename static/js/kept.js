// What has not reached the server yet, kept in this browser under a name that comes from the page of whoever it belongs
// to, with a mark of who is signed in: signing out on a shared device asks about one's own and removes it.

const OWNERS = "kept";
const me = () => document.querySelector("form[data-sign-out]")?.dataset.signOut ?? "";

// A browser may refuse to store anything; then answers are kept while the page is open.
const memory = new Map();

const read = (name) => {
  try {
    return localStorage.getItem(name) ?? memory.get(name) ?? null;
  } catch {
    return memory.get(name) ?? null;
  }
};

const write = (name, text) => {
  memory.set(name, text);
  try {
    localStorage.setItem(name, text);
  } catch {
    // Kept in memory.
  }
};

const drop = (name) => {
  memory.delete(name);
  try {
    localStorage.removeItem(name);
  } catch {
    // There is nothing to remove.
  }
};

const owners = () => {
  try {
    return JSON.parse(read(OWNERS) ?? "{}");
  } catch {
    return {};
  }
};

const own = (change) => {
  const all = owners();
  change(all);
  if (Object.keys(all).length) write(OWNERS, JSON.stringify(all));
  else drop(OWNERS);
};

export const stored = {
  get: read,
  set(name, text) {
    write(name, text);
    own((all) => {
      all[name] = me();
    });
  },
  remove(name) {
    drop(name);
    own((all) => delete all[name]);
  },
};

// The names of what the person who is signed in has not sent from here.
export const mine = () => Object.entries(owners()).filter(([, owner]) => owner === me()).map(([name]) => name);

export const newKey = () =>
  globalThis.crypto?.randomUUID?.() ??
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
