/** JusticeKit.FillBlanks, part 2 of 2: words are typed into the gaps of a text. */
(function (kit) {
  'use strict';

  const REPORTS = 'https://h5p.org/x-api';

  class FillBlanks extends kit.Question {
    constructor(params, contentId, extras) {
      super(params, contentId, extras, FillBlanks.defaults);
      const {body, gaps} = kit.readGaps(this.params.text);
      this.body = kit.withLinksOutside(body);
      this.gaps = gaps;
      this.begin();
    }

    buildTask(task) {
      const text = kit.el('div', {
        class: 'jk-gaps', dir: 'auto', role: 'group', 'aria-labelledby': this.params.question && this.questionId
      }, [...this.body.cloneNode(true).childNodes]);
      this.rows = this.gaps.map((gap, index) => this.row(gap, index));
      this.rows.forEach((row, index) => text.querySelector(`[data-gap="${index}"]`).replaceWith(row.element));
      task.append(text);
    }

    remarks() {
      return this.gaps.length ? [] : [this.text('noGaps')];
    }

    row(gap, index) {
      const extra = kit.el('span', {class: 'jk-gap-extra', id: kit.uid('gap')});
      const input = kit.el('input', {
        type: 'text',
        class: 'jk-gap-input',
        dir: 'auto',
        autocomplete: 'off',
        autocapitalize: 'off',
        spellcheck: 'false',
        'aria-label': this.text('gap', {number: index + 1, count: this.gaps.length}),
        'aria-describedby': extra.id,
        on: {
          input: () => this.type(index),
          change: () => this.interacted(),
          keydown: (event) => this.goOn(event, index)
        }
      });
      input.value = this.typed[index];
      const longest = Math.max(...gap.answers.map((answer) => answer.length));
      input.style.inlineSize = `calc(${Math.min(Math.max(longest + 2, 8), 40)}ch + 1.25rem)`;
      const hint = gap.hint && this.hint(gap.hint, index);
      return {input, extra, hint, element: kit.el('span', {class: 'jk-gap'}, input, hint, extra)};
    }

    hint(words, index) {
      const said = kit.el('span', {class: 'jk-hint', role: 'status', dir: 'auto'});
      const button = kit.button({
        label: this.text('hint', {number: index + 1}), icon: 'info', kind: 'quiet', hiddenLabel: true,
        onClick: () => {
          const isOpen = button.getAttribute('aria-expanded') === 'true';
          button.setAttribute('aria-expanded', String(!isOpen));
          said.textContent = isOpen ? '' : words;
          this.resized();
        }
      });
      button.setAttribute('aria-expanded', 'false');
      return kit.el('span', {class: 'jk-gap-hint'}, button, said);
    }

    type(index) {
      this.typed[index] = this.rows[index].input.value;
      this.touched = true;
      this.note.textContent = '';
      this.trigger('jkChanged');
    }

    /** Enter leads to the next gap, and from the last one to checking. */
    goOn(event, index) {
      if (event.key !== 'Enter' || event.isComposing) {
        return;
      }
      event.preventDefault();
      const next = this.rows[index + 1];
      if (next) {
        next.input.focus();
      } else if (this.buttons.firstChild && !this.checked) {
        this.buttons.firstChild.focus();
      }
    }

    isRight(index) {
      const typed = kit.comparable(this.typed[index], this.params.behaviour);
      return typed !== '' && this.gaps[index].answers.some(
        (answer) => kit.comparable(answer, this.params.behaviour) === typed
      );
    }

    hasAnswer() {
      return this.typed.some((words) => words.trim());
    }

    maxScore() {
      return this.gaps.length;
    }

    score() {
      return this.gaps.filter((_, index) => this.isRight(index)).length;
    }

    answer() {
      return this.typed;
    }

    restore(answer) {
      this.typed = this.gaps.map((_, index) => Array.isArray(answer) && typeof answer[index] === 'string' ? answer[index] : '');
    }

    clear() {
      this.typed = this.gaps.map(() => '');
      if (this.root) {
        this.rows.forEach((row) => { row.input.value = ''; });
      }
    }

    setLocked(isLocked) {
      this.rows.forEach((row) => { row.input.readOnly = isLocked; });
    }

    mark(isSolution) {
      this.rows.forEach((row, index) => {
        const isRight = this.isRight(index);
        const answer = this.gaps[index].answers[0];
        row.input.classList.toggle('jk-gap-right', isRight);
        row.input.classList.toggle('jk-gap-wrong', !isRight);
        row.extra.replaceChildren(kit.mark(isRight ? 'right' : 'wrong', this.text(isRight ? 'right' : 'wrong')),
          isSolution && !isRight ? kit.el('span', {class: 'jk-gap-answer', text: this.text('answer', {answer})}) : '');
      });
    }

    unmark() {
      this.rows.forEach((row) => {
        row.input.classList.remove('jk-gap-right', 'jk-gap-wrong');
        row.extra.replaceChildren();
      });
    }

    definition() {
      const {caseSensitive} = this.params.behaviour;
      const text = this.body.cloneNode(true);
      text.querySelectorAll('[data-gap]').forEach((gap) => gap.replaceWith('__________'));
      const description = `${kit.words(this.params.question)} ${text.textContent.replace(/\s+/g, ' ')}`.trim();
      return kit.interaction('fill-in', description, {
        correctResponsesPattern: [
          `{case_matters=${caseSensitive}}${this.gaps.map((gap) => gap.answers[0]).join('[,]')}`
        ],
        extensions: {
          [`${REPORTS}/case-sensitivity`]: caseSensitive,
          [`${REPORTS}/alternatives`]: this.gaps.map((gap) => gap.answers)
        }
      });
    }

    response() {
      return this.typed.map((words) => words.trim()).join('[,]');
    }
  }

  FillBlanks.kind = 'fill-blanks';
  FillBlanks.title = 'Fill in the blanks';
  FillBlanks.defaults = {
    question: '<p>Fill in the missing words.</p>',
    behaviour: {caseSensitive: false, tolerant: true, retry: true, showSolution: true},
    texts: {
      gap: 'Gap :number of :count',
      hint: 'Hint for gap :number',
      answer: 'Right answer: :answer',
      remarks: 'Remarks for the author: :n',
      noGaps: 'The text has no gap. Put asterisks around what is left out.',
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
  kit.FillBlanks = FillBlanks;
})(window.JusticeKit);
