// What has not reached the server yet, kept in this browser under a name that comes from the page of whoever it belongs
// to, with a mark of who is signed in: signing out on a shared device asks about one's own and removes it.

const OWNERS = "kept";
const me = () => {
  const said = document.querySelector("form[data-sign-out], form[data-kept-for]")?.dataset;
  return said?.signOut ?? said?.keptFor ?? "";
};

// A browser may refuse to store anything; then answers are kept while the page is open.
const memory = new Map();
let isOver = false;

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
    if (isOver) return;
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

const keptBy = (person) => Object.entries(owners()).filter(([, owner]) => owner === person).map(([name]) => name);

// The names of what the person who is signed in has not sent from here.
export const mine = () => keptBy(me());

// Somebody has signed out: nothing of theirs stays, and a page of theirs that is still open keeps nothing more.
export const forget = (person) => {
  isOver ||= person === me();
  for (const name of keptBy(person)) stored.remove(name);
};

export const newKey = () =>
  globalThis.crypto?.randomUUID?.() ??
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
