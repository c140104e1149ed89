/**
 * JusticeKit, part 3 of 4: a question that is answered, checked and tried again.
 *
 * A type extends kit.Question and says how its task works; buttons, result, state and reports are here:
 *
 *   buildTask(task)        draw what can be answered into `task`; call this.changed() whenever the answer changes
 *   hasAnswer()            whether anything was answered
 *   score(), maxScore()    points for the answer as it is now; the most there can be
 *   answer(), restore(a)   the answer as plain values, and putting a saved one back; nothing is drawn yet
 *   clear()                forget the answer; when this.root is there, draw the task empty
 *   setLocked(isLocked)    whether the answer can be changed
 *   mark(isSolution)       show what is right and wrong, and with isSolution also the right answers; in words and icons
 *   unmark()               take that away
 *   definition()           kit.interaction(…) with choices and correctResponsesPattern
 *   response()             the answer as xAPI writes it
 *   remarks()              optional: what an author should mend, as sentences; shown in previews only
 *   feedback()             optional: what to say below the points, as text or element
 *
 * Its constructor ends with this.begin(), once its own fields are set. Answers live in fields, not in the page: hosts ask
 * for points before anything is drawn.
 *
 * params it reads: question (HTML), picture {file, alt, caption}, feedback {right, wrong}, behaviour {retry,
 * showSolution}, texts {check, retry, showSolution, points, right, partly, wrong, answerFirst}.
 * A container of the kit may pass extras.justiceKit = {check: false, retry: false, solution: false, quiet: true}.
 */
(function (kit) {
  'use strict';

  kit.Question = class extends kit.Content {
    constructor(params, contentId, extras, defaults) {
      super(params, contentId, extras, defaults);
      this.checked = this.solved = false;
      this.touched = this.previousState !== undefined;
    }

    /** Starts empty, or where somebody left. */
    begin() {
      const saved = this.previousState || {};
      this.clear();
      if (saved.answer !== undefined) {
        this.restore(saved.answer);
      }
      this.checked = saved.checked === true;
      this.solved = saved.solved === true;
    }

    // --- what types say ---

    buildTask() {}
    hasAnswer() { return false; }
    score() { return 0; }
    maxScore() { return 1; }
    answer() {}
    restore() {}
    clear() {}
    setLocked() {}
    mark() {}
    unmark() {}
    definition() { return kit.interaction('other', kit.words(this.params.question)); }
    response() { return ''; }
    remarks() { return []; }
    feedback() { return null; }

    // --- drawing ---

    build(root) {
      this.questionId = kit.uid('question');
      const task = kit.el('div', {class: 'jk-task'});
      this.result = kit.el('div', {class: 'jk-result', tabindex: '-1', role: 'group', hidden: true});
      this.note = kit.el('p', {class: 'jk-note', role: 'status'});
      this.buttons = kit.el('div', {class: 'jk-buttons'});
      root.append(...this.head(), task, this.note, this.result, this.buttons);
      this.task = task;
      const remarks = this.remarks();
      root.prepend(...[remarks.length && kit.remarks(this.text('remarks', {n: remarks.length}), remarks, true)].filter(Boolean));
      this.buildTask(task);
      if (this.checked) {
        this.showAgain();
      }
      this.drawButtons();
    }

    head() {
      return [
        kit.picture(this.params.picture, this.contentId),
        this.params.question && kit.html(this.params.question, {class: 'jk-question', id: this.questionId})
      ].filter(Boolean);
    }

    drawButtons() {
      const {behaviour} = this.params;
      const isFull = this.score() === this.maxScore();
      const make = {
        check: !this.checked && this.host.check !== false,
        solution: this.checked && !this.solved && !isFull && behaviour.showSolution && this.host.solution !== false,
        retry: this.checked && !isFull && behaviour.retry && this.host.retry !== false
      };
      this.buttons.replaceChildren(...[
        make.check && kit.button({label: this.text('check'), kind: 'main', onClick: () => this.check()}),
        make.retry && kit.button({label: this.text('retry'), onClick: () => this.retry()}),
        make.solution && kit.button({label: this.text('showSolution'), onClick: () => this.showAnswer()})
      ].filter(Boolean));
      this.buttons.hidden = !this.buttons.children.length;
      this.resized();
    }

    // --- what somebody does ---

    /** Types call it whenever the answer changes. */
    changed() {
      this.touched = true;
      this.note.textContent = '';
      this.interacted();
    }

    check() {
      if (!this.hasAnswer()) {
        this.note.textContent = this.text('answerFirst');
        this.resized();
        return;
      }
      this.submit();
      this.result.focus();
    }

    /** Ends this go: marks the answer and reports it. Containers call it, too. Safe to repeat. */
    submit() {
      if (this.checked) {
        return;
      }
      this.touched = true;
      this.checked = true;
      if (this.root) {
        this.showAgain();
        this.drawButtons();
      }
      this.trigger(this.answered());
      this.trigger('jkChanged');
    }

    retry() {
      this.resetTask();
      const first = this.task.querySelector('input:not([disabled]), select, button, [tabindex="0"]');
      if (first) {
        first.focus();
      }
    }

    showAnswer() {
      this.showSolutions();
      this.result.focus();
    }

    // --- what it looks like then ---

    /** An answer that was checked before; a container that keeps results back until its end has it locked only. */
    showAgain() {
      if (this.host.quiet && !this.solved) {
        this.setLocked(true);
      } else {
        this.showChecked(this.solved);
      }
    }

    /** For containers: shows what was kept back. */
    reveal(withSolution) {
      this.host = {...this.host, quiet: false};
      this.checked = true;
      this.solved = this.solved || withSolution;
      if (this.root) {
        this.showChecked(this.solved);
        this.drawButtons();
      }
    }

    showChecked(isSolved) {
      this.checked = true;
      this.solved = isSolved;
      this.setLocked(true);
      this.mark(isSolved);
      this.drawResult();
    }

    verdict() {
      const score = this.score();
      return score === this.maxScore() ? 'right' : score > 0 ? 'partly' : 'wrong';
    }

    drawResult() {
      const verdict = this.verdict();
      const {feedback} = this.params;
      const said = feedback && kit.plain(verdict === 'right' ? feedback.right : feedback.wrong);
      const id = kit.uid('result');
      const more = this.feedback();
      this.result.className = `jk-result jk-${verdict}`;
      this.result.setAttribute('aria-labelledby', id);
      this.result.replaceChildren(
        kit.el('p', {class: 'jk-verdict', id}, kit.icon(verdict), kit.el('strong', {text: this.text(verdict)}), ' ',
          kit.el('span', {text: this.text('points', {score: this.score(), max: this.maxScore()})})),
        ...[said && kit.el('p', {dir: 'auto', text: said}), more].filter(Boolean)
      );
      this.result.hidden = false;
      this.note.textContent = '';
    }

    // --- the contract with H5P hosts ---

    getScore() {
      return this.hasAnswer() || this.checked ? this.score() : 0;
    }

    getMaxScore() {
      return this.maxScore();
    }

    getAnswerGiven() {
      return this.checked || this.hasAnswer();
    }

    showSolutions() {
      this.checked = this.solved = true;
      if (this.root) {
        this.showChecked(true);
        this.drawButtons();
      }
    }

    resetTask() {
      this.checked = this.solved = false;
      this.activityStartTime = this.activityStartTime && Date.now();
      if (this.root) {
        this.unmark();
        this.setLocked(false);
        this.result.hidden = true;
        this.note.textContent = '';
      }
      this.clear();
      if (this.root) {
        this.drawButtons();
      }
      this.trigger('jkChanged');
    }

    answered() {
      const score = this.score();
      const max = this.maxScore();
      return this.statement('answered', {
        score, max, success: score === max, response: this.response(), definition: this.definition()
      });
    }

    getXAPIData() {
      return {statement: this.answered().data.statement};
    }

    getCurrentState() {
      if (!this.touched) {
        return undefined;
      }
      const state = {};
      const answer = this.answer();
      if (answer !== undefined) {
        state.answer = answer;
      }
      if (this.checked) {
        state.checked = true;
        state.solved = this.solved;
      }
      return state;
    }
  };
})(window.JusticeKit);
