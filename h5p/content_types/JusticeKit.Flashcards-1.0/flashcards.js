/**
 * JusticeKit.Flashcards: terms and definitions. Each round goes through the cards that are not known yet.
 *
 * The state is {order, known, repeat, left, seen, knownBefore, isTurned, isDone}: lists of card numbers from 0; `left`
 * begins with the card that is shown and is empty at the end of a round; `knownBefore` is how many were known before it.
 */
(function (kit) {
  'use strict';

  class Flashcards extends kit.Content {
    constructor(params, contentId, extras) {
      super(params, contentId, extras, Flashcards.defaults);
      this.cards = (this.params.cards || []).map((card) => ({...card, words: kit.plain(card.term)}));
      this.isDone = false;
      this.touched = false;
      this.begin();
      if (this.previousState) {
        this.restore(this.previousState);
      }
    }

    begin() {
      const {shuffle} = this.params.behaviour;
      this.order = shuffle ? kit.shuffled(this.cards.length) : this.cards.map((_, index) => index);
      this.known = [];
      this.repeat = [];
      this.seen = [];
      this.left = [...this.order];
      this.knownBefore = 0;
      this.isTurned = false;
    }

    restore(saved) {
      const lists = ['known', 'repeat', 'left'].map((name) => Array.isArray(saved[name]) ? saved[name] : []);
      const piles = lists.flat();
      this.isDone = saved.isDone === true;
      this.touched = true;
      // Cards that came or went since then make the piles worthless.
      if (piles.length !== this.cards.length || !this.cards.every((_, index) => piles.includes(index))) {
        return;
      }
      [this.known, this.repeat, this.left] = lists.map((list) => [...list]);
      this.order = Array.isArray(saved.order) && saved.order.length === this.cards.length ? saved.order : this.order;
      this.seen = (Array.isArray(saved.seen) ? saved.seen : []).filter((index) => this.cards[index]);
      this.knownBefore = Number.isInteger(saved.knownBefore) ? Math.min(saved.knownBefore, this.known.length) : 0;
      this.isTurned = saved.isTurned === true;
    }

    // --- drawing ---

    build(root) {
      const {introduction} = this.params;
      this.stage = kit.el('div', {class: 'jk-stage'});
      if (kit.words(introduction)) {
        root.append(kit.html(introduction, {class: 'jk-prose'}));
      }
      root.append(this.stage);
      this.show();
    }

    show({isStep = false} = {}) {
      const parts = !this.cards.length ? [kit.el('p', {text: this.text('noCards')})]
        : this.left.length ? this.cardView() : this.summaryView();
      this.stage.replaceChildren(...parts.flat(Infinity).filter(Boolean));
      if (isStep) {
        const place = this.stage.querySelector('[tabindex="-1"]');
        if (place) {
          place.focus();
        }
      }
      this.resized();
    }

    piles() {
      return kit.el('ul', {class: 'jk-piles'},
        kit.el('li', {text: this.text('known', {n: this.known.length})}),
        kit.el('li', {text: this.text('toRepeat', {n: this.repeat.length})}),
        kit.el('li', {text: this.text('left', {n: this.left.length})}));
    }

    cardView() {
      const card = this.cards[this.left[0]];
      const round = this.left.length + this.repeat.length + this.inRound();
      const sides = [this.term(card), this.definition(card)];
      const isTermFirst = !this.params.behaviour.definitionFirst;
      const [front, back] = isTermFirst ? sides : sides.reverse();
      const [label, show] = isTermFirst ? ['definition', 'showDefinition'] : ['term', 'showTerm'];
      const answer = kit.el('div',
        {class: 'jk-card-back', tabindex: '-1', role: 'group', 'aria-label': this.text(label)}, back);
      const turn = kit.button({label: this.text(show), kind: 'main', onClick: () => this.turn()});
      return [
        kit.el('article', {class: 'jk-card'},
          kit.el('p', {class: 'jk-eyebrow', tabindex: this.isTurned ? null : '-1', text: this.text('card', {
            n: round - this.left.length + 1, total: round
          })}),
          front,
          this.isTurned ? answer : this.hint(card)),
        kit.el('div', {class: 'jk-buttons'}, this.isTurned ? [
          kit.button({label: this.text('knew'), icon: 'right', kind: 'main', onClick: () => this.sort('known')}),
          kit.button({label: this.text('again'), onClick: () => this.sort('repeat')})
        ] : turn),
        this.piles()
      ];
    }

    /** How many cards of this round are known by now. */
    inRound() {
      return this.known.length - this.knownBefore;
    }

    term(card) {
      return [
        kit.el('p', {class: 'jk-term', dir: 'auto', text: card.words}),
        kit.picture(card.picture, this.contentId)
      ];
    }

    definition(card) {
      return kit.html(card.definition, {class: 'jk-definition'});
    }

    hint(card) {
      const words = kit.plain(card.hint);
      return words ? kit.el('details', {class: 'jk-details', on: {toggle: () => this.resized()}},
        kit.el('summary', {text: this.text('hint')}), kit.el('p', {dir: 'auto', text: words})) : null;
    }

    summaryView() {
      const isAllKnown = !this.repeat.length;
      return [
        kit.el('h2', {tabindex: '-1', text: this.text(isAllKnown ? 'allKnown' : 'roundOver')}),
        !isAllKnown && kit.el('p', {text: this.text('summary', {n: this.known.length, total: this.cards.length})}),
        this.isDone && kit.el('p', {class: 'jk-mark jk-right'}, kit.icon('right'), this.text('completed')),
        !isAllKnown && kit.el('ul', {class: 'jk-repeat'}, this.repeat.map(
          (index) => kit.el('li', {dir: 'auto', text: this.cards[index].words}))),
        kit.el('div', {class: 'jk-buttons'},
          !isAllKnown && kit.button({label: this.text('repeat'), kind: 'main', onClick: () => this.startRound()}),
          kit.button({label: this.text('startOver'), onClick: () => this.startOver()}))
      ];
    }

    // --- what somebody does ---

    turn() {
      const index = this.left[0];
      this.touched = true;
      this.isTurned = true;
      this.seen = this.seen.includes(index) ? this.seen : [...this.seen, index];
      this.show({isStep: true});
      this.interacted();
      this.finishIfDone();
    }

    sort(pile) {
      this[pile].push(this.left.shift());
      this.isTurned = false;
      this.finishIfDone();
      this.show({isStep: true});
      this.interacted();
    }

    finishIfDone() {
      const {doneWhen} = this.params.behaviour;
      const enough = doneWhen === 'seen' ? this.seen.length : this.known.length;
      if (!this.isDone && this.cards.length && enough === this.cards.length) {
        this.isDone = true;
        this.report('completed');
      }
    }

    startRound() {
      const again = new Set(this.repeat);
      this.left = this.order.filter((index) => again.has(index));
      this.repeat = [];
      this.knownBefore = this.known.length;
      this.show({isStep: true});
      this.trigger('jkChanged');
    }

    startOver() {
      this.begin();
      this.touched = true;
      this.show({isStep: true});
      this.trigger('jkChanged');
    }

    // --- the contract with H5P hosts ---

    getScore() {
      return 0;
    }

    getMaxScore() {
      return 0;
    }

    getAnswerGiven() {
      return this.seen.length > 0;
    }

    showSolutions() {}

    resetTask() {
      this.begin();
      this.isDone = false;
      this.touched = false;
      if (this.root) {
        this.show();
      }
    }

    getXAPIData() {
      return {statement: this.statement('completed').data.statement};
    }

    getCurrentState() {
      if (!this.touched) {
        return undefined;
      }
      const {order, known, repeat, left, seen, knownBefore, isTurned, isDone} = this;
      return {order, known, repeat, left, seen, knownBefore, isTurned, isDone};
    }
  }

  Flashcards.kind = 'flashcards';
  Flashcards.title = 'Flashcards';
  Flashcards.defaults = {
    behaviour: {doneWhen: 'known', definitionFirst: false, shuffle: false},
    texts: {
      card: 'Card :n of :total',
      term: 'Term',
      definition: 'Definition',
      showDefinition: 'Show the definition',
      showTerm: 'Show the term',
      hint: 'Hint',
      knew: 'I knew it',
      again: 'Again',
      known: 'Known: :n',
      toRepeat: 'To repeat: :n',
      left: 'Left: :n',
      roundOver: 'End of the round',
      summary: 'You know :n of :total cards.',
      allKnown: 'You know every card.',
      completed: 'Completed',
      repeat: 'Repeat these cards',
      startOver: 'Start over with all cards',
      noCards: 'There are no cards yet.'
    }
  };
  kit.Flashcards = Flashcards;
})(window.JusticeKit);
