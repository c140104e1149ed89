// How long each question was looked at: while the window is in front, the seconds go to the question that is being
// answered, else they are shared by those in view.

export class Attention {
  constructor(questions) {
    this.seconds = new Map(questions.map((question) => [question, Number(question.dataset.seconds)]));
    this.inView = new Set();
    const observer = new IntersectionObserver(
      (changes) => {
        for (const { target, isIntersecting } of changes) {
          if (isIntersecting) this.inView.add(target);
          else this.inView.delete(target);
        }
      },
      { threshold: 0.2 },
    );
    for (const question of questions) observer.observe(question);
    setInterval(() => this.tick(), 1000);
  }

  tick() {
    if (document.visibilityState !== "visible") return;
    const answered = document.activeElement?.closest?.("[data-question]");
    const looked = this.seconds.has(answered) ? [answered] : [...this.inView];
    for (const question of looked) this.seconds.set(question, this.seconds.get(question) + 1 / looked.length);
  }

  of(question) {
    return Math.round(this.seconds.get(question) ?? 0);
  }
}
