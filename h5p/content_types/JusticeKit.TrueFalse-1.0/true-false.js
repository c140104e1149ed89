/** JusticeKit.TrueFalse: a statement that is true or false. */
(function (kit) {
  'use strict';

  class TrueFalse extends kit.Question {
    constructor(params, contentId, extras) {
      super(params, contentId, extras, TrueFalse.defaults);
      this.begin();
    }

    buildTask(task) {
      const name = kit.uid('statement');
      this.rows = [true, false].map((value) => ({value, ...kit.optionRow({
        type: 'radio',
        name,
        checked: this.chosen === value,
        html: kit.el('span', {text: this.text(String(value))}).innerHTML,
        onChange: () => this.choose(value)
      })}));
      task.append(kit.el('div', {
        class: 'jk-options jk-options-beside', role: 'radiogroup', 'aria-labelledby': this.questionId
      }, this.rows.map((row) => row.label)));
    }

    choose(value) {
      this.chosen = value;
      this.changed();
    }

    hasAnswer() {
      return this.chosen !== null;
    }

    score() {
      return this.chosen === this.params.isTrue ? 1 : 0;
    }

    answer() {
      return this.chosen;
    }

    restore(answer) {
      this.chosen = typeof answer === 'boolean' ? answer : null;
    }

    clear() {
      this.chosen = null;
      if (this.root) {
        this.rows.forEach((row) => { row.input.checked = false; });
      }
    }

    setLocked(isLocked) {
      this.rows.forEach((row) => { row.input.disabled = isLocked; });
    }

    mark(isSolution) {
      this.rows.forEach((row) => {
        const isRight = row.value === this.params.isTrue;
        const word = row.value === this.chosen ? (isRight ? 'right' : 'wrong') : isSolution && isRight ? 'missed' : null;
        row.extra.replaceChildren(...[word && kit.mark(isRight ? 'right' : 'wrong', this.text(word))].filter(Boolean));
      });
    }

    unmark() {
      this.rows.forEach((row) => row.extra.replaceChildren());
    }

    definition() {
      return kit.interaction('true-false', kit.words(this.params.question), {
        correctResponsesPattern: [String(this.params.isTrue)]
      });
    }

    response() {
      return this.chosen === null ? '' : String(this.chosen);
    }
  }

  TrueFalse.kind = 'true-false';
  TrueFalse.title = 'True or false';
  TrueFalse.defaults = {
    isTrue: true,
    behaviour: {retry: true, showSolution: true},
    texts: {
      true: 'True',
      false: 'False',
      missed: 'Right answer',
      check: 'Check',
      retry: 'Try again',
      showSolution: 'Show the answer',
      points: 'Points: :score of :max',
      right: 'Right',
      partly: 'Partly right',
      wrong: 'Not right',
      answerFirst: 'Please answer first.'
    }
  };
  kit.TrueFalse = TrueFalse;
})(window.JusticeKit);
