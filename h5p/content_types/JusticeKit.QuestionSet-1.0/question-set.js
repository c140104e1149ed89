/**
 * JusticeKit.QuestionSet: questions one at a time or all below one another, checked as one goes or at the end.
 *
 * The state is {order, position, started, finished, children}: `order` are the ids of the questions drawn.
 */
(function (kit) {
  'use strict';

  class QuestionSet extends kit.Container {
    constructor(params, contentId, extras) {
      super(params, contentId, extras, QuestionSet.defaults);
      const {behaviour} = this.params;
      this.isAll = behaviour.layout === 'all';
      this.isChecked = behaviour.checking === 'each';
      this.makeChildren(this.params.questions, this.childHost());
      this.pool = this.children;
      const saved = this.previousState || {};
      this.children = this.drawn(saved.order) || this.draws();
      this.position = Math.min(Math.max(Number(saved.position) || 0, 0), Math.max(this.children.length - 1, 0));
      this.finished = saved.finished === true;
      this.started = saved.started === true || this.isAll || !kit.words(this.params.introduction);
    }

    childHost() {
      const {showSolution} = this.params.behaviour;
      return {check: this.isChecked, retry: false, solution: this.isChecked && showSolution, quiet: !this.isChecked};
    }

    /** The questions that were drawn before, as far as they are all still there. */
    drawn(order) {
      const found = (Array.isArray(order) ? order : []).map((id) => this.pool.find((child) => child.subContentId === id));
      return found.length && found.every(Boolean) ? found : null;
    }

    draws() {
      const {randomOrder, draw} = this.params.behaviour;
      const order = randomOrder || draw ? kit.shuffled(this.pool.length) : this.pool.map((_, index) => index);
      const some = draw ? order.slice(0, draw) : order;
      return (randomOrder ? some : some.sort((a, b) => a - b)).map((index) => this.pool[index]);
    }

    // --- drawing ---

    build(root) {
      this.stage = kit.el('div', {class: 'jk-set-stage'});
      this.slots = new Map();
      root.append(this.stage);
      if (this.finished) {
        this.revealAll(false);
      }
      this.show();
    }

    show() {
      const parts = this.finished && !this.isLooking ? this.summary()
        : !this.started ? this.start()
          : this.isAll ? this.all() : this.one();
      this.stage.replaceChildren(...parts.filter(Boolean));
      this.resized();
    }

    /** Goes on and takes the focus along, to the heading of what is there now. */
    goOn() {
      this.show();
      const heading = this.stage.querySelector('[tabindex="-1"]');
      if (heading) {
        heading.focus();
      }
      this.trigger('jkChanged');
    }

    heading(text) {
      return kit.el('h2', {class: 'jk-set-heading', tabindex: '-1', text});
    }

    slot(child) {
      if (!this.slots.has(child)) {
        const slot = kit.el('div', {class: 'jk-set-question'});
        this.slots.set(child, slot);
        this.place(child, slot);
      }
      return this.slots.get(child);
    }

    start() {
      const count = this.children.length;
      const {passPercentage} = this.params;
      return [
        kit.html(this.params.introduction, {class: 'jk-prose'}),
        kit.el('p', {class: 'jk-hint', text: [
          this.text('count', {count}), passPercentage > 0 && this.text('needed', {percent: passPercentage})
        ].filter(Boolean).join(' ')}),
        kit.el('div', {class: 'jk-buttons'}, kit.button({label: this.text('start'), kind: 'main', onClick: () => {
          this.started = this.touched = true;
          this.goOn();
        }}))
      ];
    }

    one() {
      const {children, position} = this;
      const isLast = position === children.length - 1;
      const words = {number: position + 1, count: children.length};
      return [
        this.heading(this.text('question', words)),
        this.progress = kit.el('p', {class: 'jk-hint', text: this.answeredWords()}),
        this.slot(children[position]),
        this.warning = kit.el('div', {class: 'jk-set-warning', role: 'status'}),
        kit.el('div', {class: 'jk-buttons jk-set-buttons'},
          position > 0 && kit.button({label: this.text('back'), icon: 'back', onClick: () => this.go(position - 1)}),
          !isLast && kit.button({label: this.text('next'), icon: 'next', kind: 'main', onClick: () => this.go(position + 1)}),
          this.finished ? kit.button({label: this.text('toResult'), onClick: () => this.lookAt(null)})
            : isLast && kit.button({label: this.text('finish'), kind: 'main', onClick: () => this.askToFinish()}))
      ];
    }

    all() {
      const count = this.children.length;
      return [
        kit.words(this.params.introduction) && kit.html(this.params.introduction, {class: 'jk-prose'}),
        ...this.children.map((child, index) => kit.el('section', {class: 'jk-set-part'},
          kit.el('h2', {class: 'jk-set-heading', tabindex: '-1', text: this.text('question', {number: index + 1, count})}),
          this.slot(child))),
        this.progress = kit.el('p', {class: 'jk-hint', text: this.answeredWords()}),
        this.warning = kit.el('div', {class: 'jk-set-warning', role: 'status'}),
        kit.el('div', {class: 'jk-buttons'}, this.finished
          ? kit.button({label: this.text('toResult'), onClick: () => this.lookAt(null)})
          : kit.button({label: this.text('finish'), kind: 'main', onClick: () => this.askToFinish()}))
      ];
    }

    summary() {
      const outcome = this.outcome();
      const {percent, isPassed} = this.standing();
      const {passPercentage, feedback, behaviour} = this.params;
      // Without a pass mark of its own the set has points and no verdict: a lesson may have another mark.
      const kind = passPercentage > 0 ? (isPassed ? 'right' : 'wrong') : 'info';
      const said = feedback && kit.plain(isPassed ? feedback.passed : feedback.failed);
      const points = this.text('pointsPercent', {score: outcome.score || 0, max: outcome.max || 0, percent});
      return [
        this.heading(this.text('result')),
        kit.el('div', {class: ['jk-result', `jk-${kind}`]},
          kit.el('p', {class: 'jk-verdict'}, kit.icon(kind),
            kit.el('strong', {text: this.text(passPercentage > 0 ? (isPassed ? 'passed' : 'failed') : 'done')}), ' ',
            kit.el('span', {text: points})),
          passPercentage > 0 && kit.el('p', {text: this.text('needed', {percent: passPercentage})}),
          said && kit.el('p', {dir: 'auto', text: said})),
        kit.el('ol', {class: 'jk-set-list'}, this.children.map((child, index) => this.line(child, index))),
        kit.el('div', {class: 'jk-buttons'},
          behaviour.retry && percent < 100 && kit.button({label: this.text('retry'), onClick: () => this.retry()}),
          behaviour.showSolution && !this.isSolved && percent < 100 &&
            kit.button({label: this.text('showSolution'), onClick: () => this.showAnswers()}))
      ];
    }

    line(child, index) {
      const score = child.getScore();
      const max = child.getMaxScore();
      const kind = score === max ? 'right' : score > 0 ? 'partly' : 'wrong';
      const title = kit.words((child.params || {}).question) || this.text('question', {number: index + 1, count: this.children.length});
      return kit.el('li', null,
        kit.el('span', {class: 'jk-set-title', dir: 'auto', text: title}),
        kit.el('span', {class: 'jk-set-score'}, kit.mark(kind, this.text('points', {score, max}))),
        kit.button({label: this.text('look', {number: index + 1}), kind: 'quiet', onClick: () => this.lookAt(index)}));
    }

    // --- what somebody does ---

    isAnswered(child) {
      return child.getAnswerGiven();
    }

    answeredWords() {
      const done = this.children.filter((child) => this.isAnswered(child)).length;
      return this.text('answered', {done, count: this.children.length});
    }

    childChanged() {
      if (this.progress && !this.finished) {
        this.progress.textContent = this.answeredWords();
        this.warning.replaceChildren();
      }
    }

    go(position) {
      this.position = position;
      this.touched = true;
      this.goOn();
      if (!this.finished) {
        this.progressed(position + 1);
      }
    }

    askToFinish() {
      const open = this.children.map((child, index) => this.isAnswered(child) ? 0 : index + 1).filter(Boolean);
      if (!open.length) {
        this.finish();
        return;
      }
      this.warning.replaceChildren(
        kit.el('p', {class: 'jk-note', text: this.text('open', {numbers: open.join(', ')})}),
        kit.el('div', {class: 'jk-buttons'},
          kit.button({label: this.text('finishAnyway'), onClick: () => this.finish()}),
          !this.isAll && kit.button({label: this.text('toOpen'), onClick: () => this.go(open[0] - 1)})));
      this.resized();
    }

    finish() {
      this.finished = this.touched = true;
      this.children.filter((child) => child.submit).forEach((child) => child.submit());
      this.revealAll(false);
      this.goOn();
      this.report('completed', this.outcome());
    }

    revealAll(withSolution) {
      this.children.filter((child) => child.reveal).forEach((child) => child.reveal(withSolution));
    }

    /** Opens a question from the result, or with null goes back to the result. */
    lookAt(index) {
      this.isLooking = index !== null;
      this.position = index === null ? this.position : index;
      this.goOn();
      if (this.isLooking && this.isAll) {
        this.stage.querySelectorAll('.jk-set-part > [tabindex="-1"]')[index].focus();
      }
    }

    showAnswers() {
      this.showSolutions();
      this.lookAt(0);
    }

    retry() {
      this.resetTask();
      this.goOn();
    }

    // --- the contract with H5P hosts ---

    standing() {
      const max = this.getMaxScore();
      const percent = max > 0 ? Math.floor(this.getScore() / max * 100) : 100;
      return {percent, isPassed: max === 0 || this.getScore() / max * 100 >= this.params.passPercentage};
    }

    success() {
      return this.getMaxScore() > 0 && this.params.passPercentage > 0 ? this.standing().isPassed : undefined;
    }

    showSolutions() {
      this.isSolved = this.finished = true;
      this.revealAll(true);
      if (this.root) {
        this.show();
      }
    }

    resetTask() {
      this.pool.forEach((child) => { child.host = this.childHost(); });
      this.children = this.pool;
      super.resetTask();
      this.children = this.draws();
      this.finished = this.isSolved = this.isLooking = false;
      this.position = 0;
      if (this.root) {
        this.show();
      }
    }

    ownState() {
      return {
        order: this.children.map((child) => child.subContentId),
        position: this.position,
        started: this.started,
        finished: this.finished
      };
    }
  }

  QuestionSet.kind = 'question-set';
  QuestionSet.title = 'Question set';
  QuestionSet.defaults = {
    passPercentage: 0,
    behaviour: {layout: 'one', checking: 'each', randomOrder: false, draw: 0, retry: true, showSolution: true},
    texts: {
      start: 'Start',
      count: 'Questions: :count.',
      needed: 'Needed to pass: :percent %.',
      question: 'Question :number of :count',
      answered: 'Answered: :done of :count',
      back: 'Back',
      next: 'Next',
      finish: 'Finish',
      open: 'Not answered yet: :numbers.',
      finishAnyway: 'Finish anyway',
      toOpen: 'Go to the first of them',
      result: 'Your result',
      passed: 'Passed',
      failed: 'Not passed',
      done: 'Done',
      points: 'Points: :score of :max',
      pointsPercent: 'Points: :score of :max (:percent %)',
      look: 'Look at question :number',
      toResult: 'Back to the result',
      retry: 'Try all again',
      showSolution: 'Show the answers'
    }
  };
  kit.QuestionSet = QuestionSet;
})(window.JusticeKit);
