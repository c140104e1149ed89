/** JusticeKit.EvidenceFile: an exhibit whose passages are marked, each with a reason. */
(function (kit) {
  'use strict';

  class EvidenceFile extends kit.Question {
    constructor(params, contentId, extras) {
      super(params, contentId, extras, EvidenceFile.defaults);
      this.file = kit.evidence.read(this.params, [this.text('relevant'), this.text('notRelevant')]);
      this.begin();
    }

    // --- drawing ---

    build(root) {
      super.build(root);
      const remarks = kit.evidence.problems(this.file, this.params);
      const shown = kit.remarks(this.text('remarks', {n: remarks.length}),
        remarks.map(({code, values}) => this.text(code, values)), remarks.some((remark) => remark.isSerious));
      if (shown) {
        root.prepend(shown);
      }
    }

    head() {
      const {introduction, exhibit} = this.params;
      return [
        kit.words(introduction) && kit.html(introduction, {class: 'jk-prose'}),
        exhibit && this.exhibit(exhibit)
      ].filter(Boolean);
    }

    exhibit({reference, title, text, picture}) {
      const id = kit.uid('exhibit');
      const image = kit.picture(picture, this.contentId);
      if (image) {
        this.outline(image);
      }
      return kit.el('section', {class: 'jk-exhibit', 'aria-labelledby': id},
        kit.el('p', {class: 'jk-eyebrow', dir: 'auto', text: kit.plain(reference) || this.text('exhibit')}),
        kit.el('h2', {id, dir: 'auto', text: kit.plain(title)}),
        kit.words(text) && kit.html(text),
        image);
    }

    /** Numbered frames over the picture; whoever does not see them reads the list. */
    outline(figure) {
      const frames = this.file.items.filter((item) => item.region).map(({region, number}) => {
        const badge = kit.el('span', {text: String(number)});
        const frame = kit.el('span', {class: 'jk-region', 'aria-hidden': 'true'}, badge);
        // A picture is not mirrored, so neither are the places in it.
        ['left', 'top', 'width', 'height'].forEach((side) => { frame.style[side] = `${region[side] || 0}%`; });
        return frame;
      });
      const image = figure.querySelector('img');
      const stack = kit.el('div', {class: 'jk-regions'});
      image.before(stack);
      stack.append(image, ...frames);
    }

    buildTask(task) {
      if (!this.file.items.length) {
        task.append(kit.el('p', {text: this.text('noItems')}));
        return;
      }
      this.count = kit.el('p', {class: 'jk-count jk-hint', role: 'status'});
      this.rows = this.file.items.map((item) => this.row(item));
      const meanings = this.file.marks.filter((mark) => mark.meaning);
      task.append(...[
        meanings.length && kit.el('details', {class: 'jk-details', open: true, on: {toggle: () => this.resized()}},
          kit.el('summary', {text: this.text('meanings')}),
          kit.el('dl', {class: 'jk-meanings'}, meanings.map((mark) => [
            kit.el('dt', {dir: 'auto', text: mark.name}), kit.el('dd', {dir: 'auto', text: mark.meaning})
          ]))),
        kit.el('ol', {class: 'jk-items'}, this.rows.map((row) => row.element)),
        this.count
      ].filter(Boolean));
      this.showCount();
    }

    row(item) {
      const id = kit.uid('passage');
      const answer = this.answers[item.number - 1];
      const marks = this.choices(`${id}-mark`, this.text('mark'), this.file.marks.map((mark) => mark.name), answer.mark,
        `${id}-number`, `${id}-text`, (index) => this.choose(row, {mark: index}));
      const reasons = item.reasons.length ? this.choices(`${id}-reason`, this.text('because'),
        item.reasons.map((reason) => reason.text), answer.reason, `${id}-number`, null,
        (index) => this.choose(row, {reason: index})) : null;
      const note = this.params.behaviour.allowNotes ? this.noteField(item, answer) : null;
      const verdict = kit.el('div', {class: 'jk-item-verdict', id: `${id}-verdict`});
      marks.classList.add('jk-marks');
      const row = {item, marks, reasons, note, verdict};
      row.element = kit.el('li', {class: 'jk-item'},
        kit.el('div', {class: 'jk-item-text', id: `${id}-text`},
          kit.el('p', {class: 'jk-eyebrow', id: `${id}-number`, text: this.text('passage', {n: item.number})}),
          kit.html(item.html, {class: 'jk-prose'}),
          item.region && kit.el('p', {class: 'jk-hint', text: this.text('inPicture', {n: item.number})})),
        marks, reasons, note, verdict);
      this.showReasons(row);
      return row;
    }

    choices(name, label, texts, chosen, numberId, describedBy, onChoose) {
      const labels = {'aria-labelledby': `${numberId} ${name}`, 'aria-describedby': describedBy};
      const option = (text, index) => kit.el('label', {class: 'jk-option'},
        kit.el('input', {type: 'radio', name, checked: chosen === index, on: {change: () => onChoose(index)}}),
        kit.el('span', {dir: 'auto', text}));
      return kit.el('div', {class: 'jk-choice', role: 'radiogroup', ...labels},
        kit.el('p', {class: 'jk-label', id: name, text: label}),
        kit.el('div', {class: 'jk-options'}, texts.map(option)));
    }

    noteField(item, answer) {
      const id = kit.uid('note');
      const area = kit.el('textarea', {id, rows: 2, maxlength: 2000, dir: 'auto', on: {
        change: () => this.changed(),
        input: () => {
          this.touched = true;
          this.answers[item.number - 1].note = area.value;
        }
      }});
      area.value = answer.note || '';
      return kit.el('div', {class: 'jk-item-note'},
        kit.el('label', {class: 'jk-label', for: id, text: this.text('note')}), area);
    }

    choose(row, given) {
      Object.assign(this.answers[row.item.number - 1], given);
      this.showReasons(row);
      this.showCount();
      this.changed();
      this.resized();
    }

    showReasons({item, reasons}) {
      if (reasons) {
        reasons.hidden = this.answers[item.number - 1].mark === undefined;
      }
    }

    showCount() {
      if (this.count) {
        const marked = this.answers.filter((answer) => answer.mark !== undefined).length;
        this.count.textContent = this.text('marked', {n: marked, total: this.answers.length});
      }
    }

    // --- what somebody does ---

    /** Only a whole file is checked; what is missing is named, and the focus goes there. */
    check() {
      const {marks, reasons} = kit.evidence.missing(this.file, this.answers);
      if (!marks.length && !reasons.length) {
        super.check();
        return;
      }
      const list = (numbers) => numbers.join(', ');
      this.note.textContent = [
        marks.length && this.text('notMarked', {list: list(marks)}),
        reasons.length && this.text('noReason', {list: list(reasons)})
      ].filter(Boolean).join(' ');
      const row = this.rows[Math.min(...marks, ...reasons) - 1];
      (marks.includes(row.item.number) ? row.marks : row.reasons).querySelector('input').focus();
      this.resized();
    }

    // --- what a question is asked by the kit ---

    hasAnswer() {
      return this.answers.some((answer) => answer.mark !== undefined || answer.note);
    }

    score() {
      return this.file.items.reduce((sum, item, index) => sum + kit.evidence.points(item, this.answers[index]), 0);
    }

    maxScore() {
      return this.file.items.reduce((sum, item) => sum + item.points, 0);
    }

    answer() {
      return this.answers;
    }

    restore(answer) {
      const known = (value, length) => Number.isInteger(value) && value >= 0 && value < length ? value : undefined;
      this.answers = this.file.items.map((item, index) => {
        const given = (Array.isArray(answer) && answer[index]) || {};
        const kept = {
          mark: known(given.mark, this.file.marks.length),
          reason: known(given.reason, item.reasons.length),
          note: typeof given.note === 'string' ? given.note : undefined
        };
        return Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined));
      });
    }

    clear() {
      this.answers = this.file.items.map(() => ({}));
      if (this.rows) {
        this.rows.forEach((row) => {
          row.element.querySelectorAll('input').forEach((input) => { input.checked = false; });
          row.element.querySelectorAll('textarea').forEach((area) => { area.value = ''; });
          this.showReasons(row);
        });
        this.showCount();
      }
    }

    setLocked(isLocked) {
      (this.rows || []).forEach((row) => {
        row.element.querySelectorAll('input, textarea').forEach((field) => { field.disabled = isLocked; });
      });
    }

    mark(isSolution) {
      (this.rows || []).forEach((row) => {
        const {item} = row;
        const earned = kit.evidence.points(item, this.answers[item.number - 1]);
        const verdict = earned === item.points ? 'right' : earned > 0 ? 'partly' : 'wrong';
        const rightMark = this.file.marks[item.mark];
        const rightReason = item.reasons.find((reason) => reason.isRight);
        const isWhole = isSolution || verdict === 'right';
        const say = (name, values) => kit.el('p', {dir: 'auto', text: this.text(name, values)});
        row.element.dataset.verdict = verdict;
        row.verdict.replaceChildren(...[
          kit.el('p', {class: ['jk-mark', `jk-${verdict}`]}, kit.icon(verdict), this.text(verdict)),
          isSolution && verdict === 'wrong' && rightMark && say('rightMark', {mark: rightMark.name}),
          isSolution && verdict !== 'right' && rightReason && say('rightReason', {reason: rightReason.text}),
          isWhole && kit.words(item.explanation) && kit.html(item.explanation, {class: 'jk-why'})
        ].filter(Boolean));
      });
    }

    unmark() {
      (this.rows || []).forEach((row) => {
        delete row.element.dataset.verdict;
        row.verdict.replaceChildren();
      });
    }

    feedback() {
      const isWhole = this.solved || this.score() === this.maxScore();
      return isWhole && kit.words(this.params.closing) ? kit.html(this.params.closing, {class: 'jk-prose'}) : null;
    }

    definition() {
      const {introduction, exhibit} = this.params;
      return kit.interaction('compound', kit.words(introduction) || kit.plain((exhibit || {}).title));
    }

    /** The answers are those of the parts. */
    response() {
      return undefined;
    }

    // --- what a report reads ---

    parts(item) {
      const answer = this.answers[item.number - 1];
      const said = kit.words(item.html);
      const passage = this.text('passage', {n: item.number});
      const reason = item.reasons[answer.reason];
      const choices = (texts) => texts.map((text, index) => ({id: String(index), description: {'en-US': text}}));
      const hasMark = answer.mark === item.mark;
      return [
        this.part(`${item.number}/mark`, {
          score: item.mark < 0 ? undefined : Number(hasMark),
          max: item.mark < 0 ? undefined : 1,
          success: item.mark < 0 ? undefined : hasMark,
          response: answer.mark === undefined ? '' : String(answer.mark),
          definition: kit.interaction('choice', `${passage}: ${said}`, {
            choices: choices(this.file.marks.map((mark) => mark.name)),
            correctResponsesPattern: item.mark < 0 ? [] : [String(item.mark)]
          })
        }),
        item.reasons.length > 0 && this.part(`${item.number}/reason`, {
          score: item.asksReason ? Number(hasMark && Boolean(reason && reason.isRight)) : undefined,
          max: item.asksReason ? 1 : undefined,
          success: item.asksReason ? hasMark && Boolean(reason && reason.isRight) : undefined,
          response: answer.reason === undefined ? '' : String(answer.reason),
          definition: kit.interaction('choice', `${passage}: ${this.text('because')}`, {
            choices: choices(item.reasons.map((one) => one.text)),
            correctResponsesPattern: item.reasons.flatMap((one, index) => one.isRight ? [String(index)] : [])
          })
        }),
        answer.note && this.part(`${item.number}/note`, {
          response: answer.note,
          definition: kit.interaction('long-fill-in', `${passage}: ${this.text('note')}`)
        })
      ].filter(Boolean);
    }

    getXAPIData() {
      return {...super.getXAPIData(), children: this.file.items.flatMap((item) => this.parts(item))};
    }
  }

  EvidenceFile.kind = 'evidence-file';
  EvidenceFile.title = 'Evidence file';
  EvidenceFile.defaults = {
    behaviour: {showSolution: true, retry: true, allowNotes: false},
    texts: {
      exhibit: 'Exhibit',
      passage: 'Passage :n',
      inPicture: 'Outlined in the picture with the number :n.',
      relevant: 'Relevant',
      notRelevant: 'Not relevant',
      mark: 'Your mark',
      because: 'Your reason',
      note: 'Your note (not scored)',
      meanings: 'What the marks mean',
      marked: 'Marked: :n of :total',
      check: 'Check',
      notMarked: 'Not marked yet: :list.',
      noReason: 'Without a reason yet: :list.',
      right: 'Right',
      partly: 'Partly right',
      wrong: 'Not right',
      rightMark: 'Right mark: :mark',
      rightReason: 'Right reason: :reason',
      points: 'Points: :score of :max',
      retry: 'Try again',
      showSolution: 'Show the explanations',
      noItems: 'There is nothing to mark yet.',
      remarks: 'Remarks for the author: :n',
      unknownMark: 'In passage :n there is no mark called “:name”.',
      sameMark: 'Two marks are called “:name”.',
      oneMark: 'There is only one mark of your own; give at least two.',
      noRightReason: 'Passage :n offers reasons, but none is right.',
      noDescription: 'The picture of the exhibit has no description.'
    }
  };
  kit.EvidenceFile = EvidenceFile;
})(window.JusticeKit);
