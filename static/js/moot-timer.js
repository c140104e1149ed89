// The timer of a hearing: one turn after the other, counting down calmly and then how much it is over. It runs in this
// page alone. The clock of the computer is never asked, only how much time has passed.

const LAST = 60;

const shown = (seconds) => {
  const language = document.documentElement.lang;
  const two = new Intl.NumberFormat(language, { minimumIntegerDigits: 2 });
  return `${new Intl.NumberFormat(language).format(Math.floor(seconds / 60))}:${two.format(seconds % 60)}`;
};

class Speaking {
  constructor(area) {
    this.area = area;
    this.turns = [...document.querySelectorAll("[data-turn]")];
    this.part = (name) => area.querySelector(`[data-${name}]`);
    this.part("start").addEventListener("click", () => this.run(true));
    this.part("pause").addEventListener("click", () => this.run(false));
    this.part("next").addEventListener("click", () => this.begin((this.place + 1) % this.turns.length));
    this.part("again").addEventListener("click", () => this.begin(this.place));
    this.begin(0);
    area.hidden = false;
    setInterval(() => this.draw(), 250);
    document.addEventListener("visibilitychange", () => this.stayAwake());
  }

  begin(place) {
    this.place = place;
    this.before = 0;
    this.since = null;
    this.told = new Set();
    for (const [number, turn] of this.turns.entries()) {
      turn.classList.toggle("speaking__turn--now", number === place);
      if (number === place) turn.setAttribute("aria-current", "step");
      else turn.removeAttribute("aria-current");
    }
    this.part("who").textContent = this.turns[place].querySelector("[data-turn-title]").textContent;
    this.run(false);
  }

  run(isRunning) {
    if (!isRunning && this.since !== null) this.before = this.spent;
    this.since = isRunning ? performance.now() : null;
    const hadFocus = this.area.contains(document.activeElement);
    this.part("start").hidden = isRunning;
    this.part("pause").hidden = !isRunning;
    if (hadFocus) this.part(isRunning ? "pause" : "start").focus();
    this.stayAwake();
    this.draw();
  }

  // A phone on the bench does not go dark in the middle of a pleading; where the browser cannot help, it does.
  async stayAwake() {
    const isWanted = this.since !== null && document.visibilityState === "visible";
    try {
      if (!isWanted) await this.awake?.release();
      else if (!this.awake || this.awake.released) this.awake = await navigator.wakeLock?.request("screen");
    } catch {
      // Low on battery, or not allowed.
    }
  }

  get spent() {
    return this.before + (this.since === null ? 0 : (performance.now() - this.since) / 1000);
  }

  draw() {
    const left = Math.ceil(Number(this.turns[this.place].dataset.seconds) - this.spent);
    const time = this.part("time");
    const text = left >= 0 ? shown(left) : `${this.area.dataset.overBy} ${shown(-left)}`;
    if (time.textContent !== text) time.textContent = text;
    time.classList.toggle("speaking__time--over", left <= 0);
    if (this.since === null) return;
    this.tell("one", left <= LAST && left > 0);
    this.tell("over", left <= 0);
  }

  tell(word, isNow) {
    if (!isNow || this.told.has(word)) return;
    this.told.add(word);
    this.part("said").textContent = this.area.dataset[word];
  }
}

for (const area of document.querySelectorAll("[data-speaking]")) new Speaking(area);
