// The navigator: which questions are answered and flagged, and how many in all.

export class QuizMap {
  constructor(form, words) {
    this.form = form;
    this.words = words;
  }

  glance(item) {
    return this.form.querySelector(`[data-glance="${item}"] .quiz__jump`);
  }

  answered(item, isAnswered) {
    const jump = this.glance(item);
    if (!jump) return;
    jump.dataset.answered = isAnswered;
    jump.querySelector("[data-word]").textContent = isAnswered ? this.words.answered : this.words.unanswered;
    const count = this.form.querySelector("[data-count-answered]");
    const all = this.form.querySelectorAll(".quiz__jump[data-answered=true]").length;
    if (count) count.textContent = count.dataset.countAnswered.replace("#", new Intl.NumberFormat(document.documentElement.lang).format(all));
  }

  flagged(item, isFlagged) {
    const jump = this.glance(item);
    if (!jump) return;
    jump.dataset.flagged = isFlagged;
    jump.querySelector("[data-flag-word]").hidden = !isFlagged;
  }
}
