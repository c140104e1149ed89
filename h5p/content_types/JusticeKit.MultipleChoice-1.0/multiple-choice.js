/** JusticeKit.MultipleChoice: one or several of the options are right. */
(function (kit) {
  'use strict';

  class MultipleChoice extends kit.Question {
    constructor(params, contentId, extras) {
      super(params, contentId, extras, MultipleChoice.defaults);
      this.options = (this.params.options || []).map((option) => ({
        html: option.text || '', isRight: option.isRight === true, comment: kit.plain(option.comment)
      }));
      this.rightCount = this.options.filter((option) => option.isRight).length;
      const {kind, randomOrder} = this.params.behaviour;
      this.isSingle = kind === 'one' || (kind !== 'several' && this.rightCount === 1);
      const saved = (this.previousState || {}).order;
      const isKnown = Array.isArray(saved) && this.options.every((_, index) => saved.includes(index));
      this.order = isKnown && saved.length === this.options.length ? saved
        : randomOrder ? kit.shuffled(this.options.length) : this.options.map((_, index) => index);
      this.begin();
    }

    buildTask(task) {
      const name = kit.uid('options');
      const hint = kit.el('p', {
        class: 'jk-hint', id: `${name}-hint`, text: this.text(this.isSingle ? 'chooseOne' : 'chooseSeveral')
      });
      this.rows = this.order.map((index) => this.row(index, name));
      task.append(hint, kit.el('div', {
        class: 'jk-options',
        role: this.isSingle ? 'radiogroup' : 'group',
        'aria-labelledby': this.params.question ? this.questionId : hint.id,
        'aria-describedby': this.params.question ? hint.id : null
      }, this.rows.map((row) => row.label)));
    }

    remarks() {
      return this.rightCount ? [] : [this.text('noRight')];
    }

    row(index, name) {
      return {index, ...kit.optionRow({
        type: this.isSingle ? 'radio' : 'checkbox',
        name,
        checked: this.chosen.includes(index),
        html: this.options[index].html,
        onChange: () => this.choose()
      })};
    }

    choose() {
      this.chosen = this.rows.filter((row) => row.input.checked).map((row) => row.index).sort((a, b) => a - b);
      this.changed();
    }

    hasAnswer() {
      return this.chosen.length > 0 || this.rightCount === 0;
    }

    maxScore() {
      return this.isSingle || this.params.behaviour.onePoint ? 1 : Math.max(1, this.rightCount);
    }

    score() {
      const hits = this.chosen.filter((index) => this.options[index].isRight).length;
      const misses = this.chosen.length - hits;
      if (this.isSingle) {
        return hits || (!this.rightCount && !misses) ? 1 : 0;
      }
      const isAllRight = hits === this.rightCount && !misses;
      return isAllRight ? this.maxScore() : this.params.behaviour.onePoint ? 0 : Math.max(0, hits - misses);
    }

    answer() {
      return this.chosen;
    }

    restore(answer) {
      this.chosen = (Array.isArray(answer) ? answer : []).filter((index) => this.options[index]);
    }

    clear() {
      this.chosen = [];
      if (this.root) {
        this.rows.forEach((row) => { row.input.checked = false; });
      }
    }

    setLocked(isLocked) {
      this.rows.forEach((row) => { row.input.disabled = isLocked; });
    }

    mark(isSolution) {
      this.rows.forEach((row) => {
        const {isRight, comment} = this.options[row.index];
        const isChosen = this.chosen.includes(row.index);
        const mark = isChosen ? (isRight ? 'right' : 'wrong') : isSolution && isRight ? 'missed' : null;
        row.extra.replaceChildren(...[
          mark && kit.mark(mark === 'wrong' ? 'wrong' : 'right', this.text(mark)),
          comment && (isChosen || isSolution) && kit.el('span', {class: 'jk-comment', dir: 'auto', text: ` ${comment}`})
        ].filter(Boolean));
      });
    }

    unmark() {
      this.rows.forEach((row) => row.extra.replaceChildren());
    }

    getCurrentState() {
      const state = super.getCurrentState();
      return state && {...state, order: this.order};
    }

    definition() {
      const right = this.options.map((option, index) => option.isRight ? index : null).filter((index) => index !== null);
      return kit.interaction('choice', kit.words(this.params.question), {
        choices: this.options.map((option, index) => ({
          id: String(index), description: {'en-US': kit.words(option.html)}
        })),
        // Any of several right ones will do where one is chosen.
        correctResponsesPattern: this.isSingle ? right.map(String) : [right.join('[,]')]
      });
    }

    response() {
      return this.chosen.join('[,]');
    }
  }

  MultipleChoice.kind = 'multiple-choice';
  MultipleChoice.title = 'Multiple choice';
  MultipleChoice.defaults = {
    behaviour: {kind: 'auto', randomOrder: true, onePoint: false, retry: true, showSolution: true},
    texts: {
      chooseOne: 'Choose one answer.',
      chooseSeveral: 'Choose all that apply.',
      missed: 'Right answer',
      remarks: 'Remarks for the author: :n',
      noRight: 'No option is marked as right.',
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
  kit.MultipleChoice = MultipleChoice;
})(window.JusticeKit);
