// The only script of ours in the frame in which content is played. The frame has an opaque origin: no storage, no cookies, no way
// to the page around it but messages. Here content finds what it expects of a browser, and here leaves what it reports.
//
// Loaded before the H5P core. Everything that content reports goes into one outbox, bound to the attempt it was made in,
// and stays there until the server has it.

(() => {
  "use strict";

  const CONTEXT = "interactive";
  const STATE = "/h5p/-/state";
  const FINISHED = "/h5p/-/finished";
  const SUB_CONTENT = "http://h5p.org/x-api/h5p-subContentId";
  // What ends an activity as a whole, and what shows that another go has begun after it.
  const ENDS = new Set(["completed", "answered", "passed", "failed", "mastered", "consumed", "consume"]);
  const GOES_ON = new Set(["interacted", "answered", "attempted"]);
  const BATCH = 40;
  const BEACON = 10;
  const SAVE_AFTER_MS = 2000;
  const LOADING_MS = 4000;
  const WAITS_MS = [1000, 3000, 8000, 20000, 60000];

  const read = (id) => JSON.parse(document.getElementById(id)?.textContent ?? "null");
  const frame = read("frame") ?? {};
  const reports = frame.reports ?? {};
  window.H5PIntegration = read("integration") ?? {};

  const tell = (action, values = {}) => window.parent.postMessage({ context: CONTEXT, action, ...values }, "*");

  // --- what an opaque origin denies, and old code takes for granted ---

  const memory = () => {
    const kept = new Map();
    return {
      getItem: (name) => kept.get(String(name)) ?? null,
      setItem: (name, value) => void kept.set(String(name), String(value)),
      removeItem: (name) => void kept.delete(String(name)),
      clear: () => kept.clear(),
      key: (index) => [...kept.keys()][index] ?? null,
      get length() {
        return kept.size;
      },
    };
  };

  const replaceWhatIsDenied = (owner, name, description) => {
    try {
      void owner[name];
    } catch {
      Object.defineProperty(owner, name, { configurable: true, ...description });
    }
  };
  replaceWhatIsDenied(window, "localStorage", { value: memory() });
  replaceWhatIsDenied(window, "sessionStorage", { value: memory() });
  replaceWhatIsDenied(document, "cookie", { get: () => "", set: () => {} });

  // --- attempts: the one under way, and the next when the learner begins again ---

  const attempt = (addresses, previous, begin = reports.begin) => ({
    addresses,
    previous,
    begin,
    wanted: false,
    over: false,
    gone: false,
    askedAs: "",
  });
  let current = attempt(reports.statements ? reports : null, null);
  current.over = Boolean(frame.is_over);
  let gesture = false;

  const beginAgain = () => {
    if (current.gone) return;
    current = attempt(null, current);
    current.wanted = true;
    // The new attempt has no state yet: what the core believes to have saved is the old one's.
    for (const content of Object.values(H5PIntegration.contents)) content.contentUserData = { 0: {} };
  };

  const nameOf = (one) => (one.askedAs ||= crypto.randomUUID?.() ?? H5P.createUUID());
  const addressesOf = async (one) => {
    if (one.addresses) return one.addresses;
    const address = one.previous ? (await addressesOf(one.previous)).again : one.begin;
    const answer = await post(address, new URLSearchParams({ asked_as: nameOf(one) }));
    if (!answer.ok) throw answer;
    ({ addresses: one.addresses } = await answer.json());
    if (isKept) keep(); // from now on with where it goes: taken back, it must not begin another
    return one.addresses;
  };

  // --- the outbox ---

  let outbox = [];
  let isSending = false;
  let isLeaving = false;
  let isStartingAgain = false;
  let isOfBefore = false; // what is on the screen belongs to the attempt before
  let failures = 0;
  let timer;

  const post = (address, body) => fetch(address, { method: "POST", body, credentials: "omit" });
  const isDue = ({ attempt: { wanted, addresses, gone } }) => !gone && (wanted || addresses);
  const isSame = (one, other) => one.kind === "state" && one.attempt === other.attempt && one.part === other.part;

  // While nothing gets through, the lesson keeps for us what was reported, without reading it, until the next time. Not
  // where the learner was: by then that may have gone on elsewhere.
  let isKept = false;
  const keep = () => {
    const entries = outbox.filter((one) => one.kind !== "state" && isDue(one));
    if (!entries.length && !isKept) return;
    isKept = entries.length > 0;
    const parts = entries.map(({ kind, body, isResult, attempt: one }) => ({ kind, body, isResult, of: described(one) }));
    tell("keep", { text: isKept ? JSON.stringify(parts) : "" });
  };

  // One that could not begin yet is kept with where it begins, after the one before it.
  const described = (one) => ({
    name: nameOf(one),
    addresses: one.addresses,
    begin: one.begin,
    previous: one.addresses || !one.previous ? null : described(one.previous),
  });

  const takeBack = (text) => {
    const attempts = new Map();
    const known = ({ name, addresses, begin, previous }) => {
      if (!attempts.has(name)) {
        const one = attempt(addresses, previous && known(previous), begin);
        attempts.set(name, Object.assign(one, { askedAs: name, wanted: true, isOld: true }));
      }
      return attempts.get(name);
    };
    outbox.push(...JSON.parse(text).map(({ of, ...entry }) => ({ ...entry, attempt: known(of) })));
    isKept = true;
    void send();
  };

  const put = (entry) => {
    if (!reports.begin || current.gone) return;
    const added = { attempt: current, ...entry };
    outbox = [...outbox.filter((one) => one.isOnItsWay || !isSame(one, added)), added];
    if (failures) keep();
    if (!isLeaving) void send();
  };

  // What goes in one request: a state, a finish, or several statements in a row.
  const nextEntries = () => {
    const due = outbox.filter(isDue);
    if (due[0]?.kind !== "statement" || due[0].isAlone) return due.slice(0, 1);
    const other = due.findIndex((one) => one.kind !== "statement" || one.isAlone || one.attempt !== due[0].attempt);
    return due.slice(0, Math.min(other < 0 ? BATCH : other, BATCH));
  };

  const request = (entries, addresses) => {
    const [{ kind, part, body }] = entries;
    if (kind === "statement") return [addresses.statements, JSON.stringify({ statements: entries.map((one) => one.body) })];
    if (kind === "finished") return [addresses.finished, new URLSearchParams(body)];
    const address = new URL(addresses.state, location.href);
    address.search = part;
    return [address.href, new URLSearchParams(body)];
  };

  const remove = (entries) => {
    outbox = outbox.filter((one) => !entries.includes(one));
  };

  const deliver = async (entries) => {
    entries.forEach((one) => (one.isOnItsWay = true));
    const answer = await post(...request(entries, await addressesOf(entries[0].attempt)));
    if (answer.ok) {
      remove(entries);
      if (entries.some((one) => one.isResult)) tell("reported");
      return;
    }
    throw answer;
  };

  // Answers false when it has to be tried again later.
  const settle = (problem, entries) => {
    if (problem.status === 404) {
      entries[0].attempt.gone = true;
      outbox = outbox.filter((one) => !one.attempt.gone);
      if (!entries[0].attempt.isOld) tell("gone");
      return true;
    }
    if (problem.status === 413 || problem.status === 422 || problem.status === 400) {
      if (entries.length > 1) {
        entries.forEach((one) => (one.isAlone = true)); // the next goes without the one that is refused
        return true;
      }
      remove(entries);
      tell("refused");
      return true;
    }
    return false;
  };

  const send = async () => {
    if (isSending) return;
    isSending = true;
    clearTimeout(timer);
    for (let entries = nextEntries(); entries.length; entries = nextEntries()) {
      try {
        await deliver(entries);
        failures = 0;
      } catch (problem) {
        entries.forEach((one) => (one.isOnItsWay = false));
        if (settle(problem, entries)) continue;
        tell("unsent");
        keep();
        timer = setTimeout(send, WAITS_MS[Math.min(failures, WAITS_MS.length - 1)]);
        failures += 1;
        break;
      }
    }
    isSending = false;
    if (outbox.some(isDue)) return;
    tell("sent");
    keep();
  };

  // Without the states that a later one replaces: what is sent at once arrives in any order.
  const sentAtOnce = (one) => {
    const due = outbox.filter((entry) => entry.attempt === one && isDue(entry));
    const latest = due.filter((entry, index) => !due.slice(index + 1).some((later) => isSame(later, entry)));
    const statements = latest.filter(({ kind }) => kind === "statement");
    const chunks = (entries) =>
      entries.flatMap((_entry, index) => (index % BEACON ? [] : [entries.slice(index, index + BEACON)]));
    return [
      ...chunks(statements.filter(({ isResult }) => isResult)),
      ...latest.filter(({ kind }) => kind !== "statement").map((entry) => [entry]),
      ...chunks(statements.filter(({ isResult }) => !isResult)),
    ];
  };

  // The page may be gone in a moment: send everything at once, without waiting for answers. The server takes it twice.
  // A browser lets only so much through then: results come first.
  const sendAtOnce = () => {
    for (const one of new Set(outbox.map((entry) => entry.attempt))) {
      if (!one.addresses) continue;
      for (const entries of sentAtOnce(one)) {
        const [address, body] = request(entries, one.addresses);
        if (!navigator.sendBeacon?.(address, body)) {
          fetch(address, { method: "POST", body, credentials: "omit", keepalive: true }).catch(() => {});
        }
      }
    }
  };

  // --- what the core sends: its own requests end here ---

  const answered = (complete, values) =>
    complete(200, "OK", { text: JSON.stringify(values) }, "Content-Type: application/json");

  const getState = async (part, complete) => {
    try {
      if (!current.addresses) throw new Error("There is no state before there is an attempt.");
      const address = new URL(current.addresses.state, location.href);
      address.search = part;
      const answer = await fetch(address, { credentials: "omit" });
      if (!answer.ok) throw answer;
      answered(complete, await answer.json());
    } catch {
      answered(complete, { success: true, data: false });
    }
  };

  const transport = (options) => {
    const [path, query = ""] = options.url.split("?");
    if (path !== STATE && path !== FINISHED) return undefined;
    return {
      send(_headers, complete) {
        if (path === STATE && options.type === "GET") {
          void getState(query, complete);
          return;
        }
        if (path === STATE) {
          if (!isOfBefore) put({ kind: "state", part: query, body: options.data });
        } else {
          if (current.over && gesture) beginAgain();
          current.wanted = true;
          put({ kind: "finished", body: options.data, isResult: true });
        }
        answered(complete, { success: true });
      },
      abort() {},
    };
  };

  const saveStates = () => {
    if (!reports.begin || isOfBefore) return;
    for (const instance of window.H5P?.instances ?? []) {
      const state = typeof instance.getCurrentState === "function" ? instance.getCurrentState() : undefined;
      if (state !== undefined) H5P.setUserData(instance.contentId, "state", state, { deleteOnChange: true });
    }
  };

  // --- what content says of itself ---

  function onStatement(event) {
    const statement = JSON.parse(JSON.stringify(event.data.statement));
    const verb = String(statement.verb?.id ?? "").split("/").pop();
    const isWhole = statement.object?.id === frame.iri && !statement.object.definition?.extensions?.[SUB_CONTENT];
    const isResult = isWhole && ENDS.has(verb);
    if (current.over && gesture && GOES_ON.has(verb)) beginAgain();
    if (verb !== "attempted") current.wanted = true;
    const body = { statement };
    if (isResult) Object.assign(body, treeOf(this));
    put({ kind: "statement", body, isResult });
    if (!isResult) return;
    current.over = true;
    gesture = false;
  }

  const treeOf = (instance) => {
    try {
      const tree = instance.getXAPIData?.();
      return tree ? { tree: JSON.parse(JSON.stringify(tree)) } : {};
    } catch {
      return {};
    }
  };

  let saving;
  const onGesture = (event) => {
    if (!event.isTrusted) return;
    gesture = true;
    if (!isStartingAgain) isOfBefore = false;
    if (!current.over) current.wanted = true;
    saving ??= setTimeout(() => {
      saving = undefined;
      saveStates();
      void send();
    }, SAVE_AFTER_MS);
  };

  const onLeaving = () => {
    if (isOfBefore) {
      sendAtOnce();
      return;
    }
    isLeaving = true; // what is put now goes with the rest
    saveStates();
    isLeaving = false;
    sendAtOnce();
  };

  // A hidden page may come back much later. What arrived must not be sent again then, over what was done elsewhere meanwhile.
  const onHidden = () => {
    onLeaving();
    void send();
  };

  // --- the page around the frame ---

  let isReady = false;
  const ready = () => {
    if (isReady) return;
    isReady = true;
    tell("ready", { changed: Boolean(frame.was_reset), paper: paper() });
    tellHeight();
  };

  // The colour that content paints behind itself, if it does: what is around it goes on in that.
  const paper = () => {
    const container = document.querySelector(".h5p-container");
    const colours = [container?.firstElementChild, container].filter(Boolean).map((one) => getComputedStyle(one).backgroundColor);
    const painted = colours.find((colour) => colour.startsWith("rgb("));
    if (painted) document.documentElement.style.backgroundColor = document.body.style.backgroundColor = painted;
    return painted ?? "";
  };

  const content = () => document.querySelector(".h5p-content, .player-waits");
  const tellHeight = () => {
    const bottom = content()?.getBoundingClientRect().bottom ?? 0;
    if (isReady) tell("resize", { height: Math.ceil(bottom + window.scrollY) });
  };

  // What is on the screen belongs to the attempt before; one that was just begun forgets where it was.
  const startAgain = async () => {
    if (current.over) beginAgain();
    current.wanted = true;
    isStartingAgain = true;
    isOfBefore = true;
    outbox = outbox.filter((one) => one.kind !== "state" || one.attempt !== current);
    try {
      const address = new URL((await addressesOf(current)).state, location.href);
      address.search = "?data_type=state&sub_content_id=0";
      await post(address, new URLSearchParams({ data: "0" }));
      location.reload();
    } catch (problem) {
      isStartingAgain = false;
      tell(problem.status === 404 ? "gone" : "unsent");
    }
  };

  const onMessage = ({ source, data }) => {
    if (source !== window.parent || data?.context !== CONTEXT) return;
    if (data.action === "fullscreen") document.documentElement.classList.toggle("fills-the-screen", Boolean(data.on));
    if (data.action === "again") void startAgain();
    if (data.action === "kept") takeBack(data.text);
  };

  let width = window.innerWidth;
  const onResize = () => {
    if (window.innerWidth === width) return;
    width = window.innerWidth;
    for (const instance of window.H5P?.instances ?? []) H5P.trigger(instance, "resize");
  };

  const begin = () => {
    if (window.ResizeObserver && content()) new ResizeObserver(tellHeight).observe(content());
    if (!H5PIntegration.contents) {
      ready();
      return;
    }
    if (!window.H5P?.externalDispatcher) {
      tell("failed");
      return;
    }
    H5P.jQuery.ajaxTransport("+*", transport);
    H5P.externalDispatcher.on("xAPI", onStatement);
    H5P.externalDispatcher.on("initialized", ready);
    for (const name of ["click", "input", "change", "drop"]) document.addEventListener(name, onGesture, true);
  };

  window.addEventListener(
    "error",
    ({ target }) => {
      if (!isReady && target instanceof HTMLScriptElement) tell("failed");
    },
    true,
  );
  window.addEventListener("load", () => setTimeout(() => isReady || tell("failed"), LOADING_MS));
  window.addEventListener("message", onMessage);
  window.addEventListener("resize", onResize);
  window.addEventListener("online", () => void send());
  window.addEventListener("pagehide", onLeaving);
  document.addEventListener("visibilitychange", () => document.hidden && onHidden());
  document.addEventListener("DOMContentLoaded", begin);
})();
