// Counts down the time the server gave. The computer's own clock is never asked, only how much time has passed.

const SOON = 5 * 60;
const LAST = 60;

const language = document.documentElement.lang;

const inUnits = (value, unit) => new Intl.NumberFormat(language, { style: "unit", unit }).format(value);

export const shown = (seconds) => {
  if (seconds < SOON) {
    const two = new Intl.NumberFormat(language, { minimumIntegerDigits: 2 });
    return `${new Intl.NumberFormat(language).format(Math.floor(seconds / 60))}:${two.format(seconds % 60)}`;
  }
  const minutes = Math.ceil(seconds / 60);
  const parts = [];
  if (minutes >= 60) parts.push(inUnits(Math.floor(minutes / 60), "hour"));
  if (minutes % 60 || !parts.length) parts.push(inUnits(minutes % 60, "minute"));
  return parts.join(" ");
};

export class Clock {
  constructor(seconds, { timer, said, words, onOver }) {
    Object.assign(this, { timer, said, words, onOver });
    this.sync(seconds);
    this.announced = this.left;
    this.ticking = setInterval(() => this.tick(), 500);
    this.tick();
  }

  sync(seconds) {
    this.end = performance.now() + seconds * 1000;
    if (seconds > 0) this.isOver = false;
  }

  get left() {
    return Math.max(Math.ceil((this.end - performance.now()) / 1000), 0);
  }

  tick() {
    const left = this.left;
    const line = this.timer?.querySelector("[data-time-shown]");
    const text = `${this.words.timeLeft} ${shown(left)}`;
    if (line && line.textContent !== text) line.textContent = text;
    this.timer?.classList.toggle("timer--soon", left <= SOON);
    for (const [moment, sentence] of [[SOON, "five"], [LAST, "one"]]) {
      if (left <= moment && this.announced > moment && left > 0) this.said.textContent = this.said.dataset[sentence];
    }
    this.announced = left;
    if (left === 0 && !this.isOver) {
      this.isOver = true;
      this.onOver();
    }
  }
}
