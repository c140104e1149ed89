/** JusticeKit.Sorting: items are brought into order with buttons or arrow keys; nothing has to be dragged. */
(function (kit) {
  'use strict';

  class Sorting extends kit.Question {
    constructor(params, contentId, extras) {
      super(params, contentId, extras, Sorting.defaults);
      this.items = (this.params.items || []).map((item) => ({html: item.text || '', comment: kit.plain(item.comment)}));
      this.begin();
    }

    /** An order by chance that is not yet the right one. */
    mixed() {
      const order = kit.shuffled(this.items.length);
      const isSorted = order.every((item, place) => item === place);
      return isSorted && order.length > 1 ? [...order.slice(1), order[0]] : order;
    }

    buildTask(task) {
      const hint = kit.el('p', {class: 'jk-hint', id: kit.uid('hint'), text: this.text('how')});
      this.rows = this.items.map((item, index) => this.row(item, index));
      this.list = kit.el('ol', {
        class: 'jk-sort', 'aria-labelledby': this.params.question ? this.questionId : hint.id, 'aria-describedby': hint.id
      });
      task.append(hint, this.list);
      this.drawOrder();
    }

    row(item, index) {
      const words = kit.words(item.html);
      const move = (name, icon, step) => {
        const button = kit.button({
          label: this.text(name, {item: words}), icon, hiddenLabel: true, onClick: () => this.move(index, step, button)
        });
        button.addEventListener('keydown', (event) => this.moveByKey(event, index, button));
        return button;
      };
      const row = {
        place: kit.el('span', {class: 'jk-sort-place', 'aria-hidden': 'true'}),
        extra: kit.el('span', {class: 'jk-sort-extra'}),
        up: move('up', 'up', -1),
        down: move('down', 'down', 1),
        words
      };
      row.element = kit.el('li', {class: 'jk-sort-item'}, row.place,
        kit.el('span', {class: 'jk-sort-words'}, kit.html(item.html, {tag: 'span'}), row.extra),
        kit.el('span', {class: 'jk-sort-moves'}, row.up, row.down));
      return row;
    }

    drawOrder() {
      this.order.forEach((index, place) => {
        const row = this.rows[index];
        row.place.textContent = (place + 1).toLocaleString(this.root.lang || undefined);
        row.up.setAttribute('aria-disabled', String(place === 0));
        row.down.setAttribute('aria-disabled', String(place === this.order.length - 1));
        if (this.list.children[place] !== row.element) {
          this.list.insertBefore(row.element, this.list.children[place] || null);
        }
      });
    }

    move(index, step, button) {
      const from = this.order.indexOf(index);
      const to = from + step;
      if (to < 0 || to >= this.order.length || this.checked) {
        return;
      }
      this.order.splice(from, 1);
      this.order.splice(to, 0, index);
      this.moved = true;
      this.drawOrder();
      // What moves in the page loses the focus.
      button.focus();
      this.announce(this.text('moved', {item: this.rows[index].words, place: to + 1, count: this.order.length}));
      this.changed();
    }

    moveByKey(event, index, button) {
      const step = {ArrowUp: -1, ArrowDown: 1}[event.key];
      if (step) {
        event.preventDefault();
        this.move(index, step, button);
      }
    }

    hasAnswer() {
      return this.moved;
    }

    maxScore() {
      return this.params.behaviour.onePoint ? 1 : this.items.length;
    }

    score() {
      const inPlace = this.order.filter((index, place) => index === place).length;
      return this.params.behaviour.onePoint ? Number(inPlace === this.items.length) : inPlace;
    }

    answer() {
      return this.moved ? this.order : undefined;
    }

    restore(answer) {
      const isWhole = Array.isArray(answer) && answer.length === this.items.length &&
        this.items.every((_, index) => answer.includes(index));
      if (isWhole) {
        this.order = answer;
        this.moved = true;
      }
    }

    clear() {
      this.order = this.mixed();
      this.moved = false;
      if (this.root) {
        this.drawOrder();
      }
    }

    setLocked(isLocked) {
      this.rows.forEach((row) => {
        row.up.hidden = row.down.hidden = isLocked;
      });
    }

    mark(isSolution) {
      this.order.forEach((index, place) => {
        const isRight = index === place;
        const {comment} = this.items[index];
        this.rows[index].extra.replaceChildren(...[
          kit.mark(isRight ? 'right' : 'wrong', this.text(isRight ? 'right' : 'wrong')),
          isSolution && !isRight && kit.el('strong', {text: ` ${this.text('rightPlace', {place: index + 1})}`}),
          comment && (isRight || isSolution) && kit.el('span', {class: 'jk-comment', dir: 'auto', text: ` ${comment}`})
        ].filter(Boolean));
      });
    }

    unmark() {
      this.rows.forEach((row) => row.extra.replaceChildren());
    }

    definition() {
      return kit.interaction('sequencing', kit.words(this.params.question), {
        choices: this.items.map((item, index) => ({id: String(index), description: {'en-US': kit.words(item.html)}})),
        correctResponsesPattern: [this.items.map((_, index) => index).join('[,]')]
      });
    }

    response() {
      return this.moved ? this.order.join('[,]') : '';
    }
  }

  Sorting.kind = 'sorting';
  Sorting.title = 'Put in order';
  Sorting.defaults = {
    question: '<p>Bring these into the right order.</p>',
    behaviour: {onePoint: false, retry: true, showSolution: true},
    texts: {
      how: 'Move the items with the buttons, or with the arrow keys on a button.',
      up: 'Move up: :item',
      down: 'Move down: :item',
      moved: ':item is now at place :place of :count.',
      rightPlace: 'Right place: :place',
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
  kit.Sorting = Sorting;
})(window.JusticeKit);
