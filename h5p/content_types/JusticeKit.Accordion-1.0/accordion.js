/**
 * JusticeKit.Accordion: headings that open their text. It is consumed when every section has been open once.
 *
 * The pattern is that of the WAI-ARIA practices: buttons in headings; arrow keys, Home and End go from one to the next.
 */
(function (kit) {
  'use strict';

  class Accordion extends kit.Content {
    constructor(params, contentId, extras) {
      super(params, contentId, extras, Accordion.defaults);
      this.panels = this.params.panels || [];
      const known = (list) => (Array.isArray(list) ? list : []).filter((index) => this.panels[index]);
      const saved = this.previousState || {};
      const atFirst = this.params.behaviour.firstOpen && this.panels.length ? [0] : [];
      this.open = new Set(this.previousState ? known(saved.open) : atFirst);
      this.seen = new Set([...known(saved.seen), ...this.open]);
      this.hasConsumed = Boolean(this.previousState) && this.isAllSeen();
      this.touched = this.previousState !== undefined;
    }

    isAllSeen() {
      return this.panels.length > 0 && this.seen.size === this.panels.length;
    }

    build(root) {
      const {introduction, behaviour} = this.params;
      const level = /^h[2-4]$/.test(behaviour.headingLevel) ? behaviour.headingLevel : 'h3';
      this.rows = this.panels.map((panel, index) => this.row(panel, index, level));
      this.count = kit.el('p', {class: 'jk-count jk-hint', role: 'status'});
      root.append(...[
        kit.words(introduction) && kit.html(introduction, {class: 'jk-prose'}),
        !this.panels.length && kit.el('p', {text: this.text('noPanels')}),
        kit.el('div', {class: 'jk-panels'}, this.rows.map((row) => [row.heading, row.region])),
        this.count,
        this.all = kit.el('div', {class: 'jk-buttons'})
      ].filter(Boolean));
      this.show();
    }

    row(panel, index, level) {
      const id = kit.uid('panel');
      const button = kit.el('button', {
        type: 'button', class: 'jk-panel-button', id, 'aria-controls': `${id}-text`,
        on: {click: () => this.toggle(index), keydown: (event) => this.move(event, index)}
      }, kit.el('span', {dir: 'auto', text: kit.plain(panel.title)}), kit.icon('chevron'));
      return {
        button,
        heading: kit.el(level, {class: 'jk-panel-heading'}, button),
        region: kit.el('div', {class: 'jk-panel', id: `${id}-text`, role: 'region', 'aria-labelledby': id},
          kit.html(panel.text, {class: 'jk-prose'}))
      };
    }

    move(event, index) {
      const last = this.rows.length - 1;
      const target = {
        ArrowDown: index === last ? 0 : index + 1, ArrowUp: index === 0 ? last : index - 1, Home: 0, End: last
      }[event.key];
      if (target !== undefined) {
        event.preventDefault();
        this.rows[target].button.focus();
      }
    }

    toggle(index) {
      const isOpen = this.open.has(index);
      if (this.params.behaviour.oneAtATime && !isOpen) {
        this.open.clear();
      }
      this.open[isOpen ? 'delete' : 'add'](index);
      this.acted();
    }

    toggleAll(isOpening) {
      this.open = new Set(isOpening ? this.panels.keys() : []);
      this.acted();
    }

    acted() {
      this.touched = true;
      this.open.forEach((index) => this.seen.add(index));
      this.show();
      this.interacted();
      this.consumeIfSeen();
    }

    consumeIfSeen() {
      if (this.isAllSeen()) {
        this.consumed();
      }
    }

    show() {
      this.rows.forEach((row, index) => {
        const isOpen = this.open.has(index);
        row.button.setAttribute('aria-expanded', String(isOpen));
        row.region.hidden = !isOpen;
      });
      this.count.textContent = this.isAllSeen() ? this.text('allOpened')
        : this.text('opened', {n: this.seen.size, total: this.panels.length});
      this.count.hidden = !this.panels.length;
      this.showButton();
      this.resized();
    }

    showButton() {
      const isOpening = this.open.size < this.panels.length;
      this.all.hidden = this.params.behaviour.oneAtATime || this.panels.length < 2;
      if (!this.allButton) {
        this.allButton = kit.button({
          label: '', kind: 'quiet', onClick: () => this.toggleAll(this.open.size < this.panels.length)
        });
        this.all.append(this.allButton);
      }
      this.allButton.querySelector('span').textContent = this.text(isOpening ? 'openAll' : 'closeAll');
    }

    // --- the contract with H5P hosts ---

    attach($container) {
      super.attach($container);
      // One section that is open from the start is all there is to see.
      this.consumeIfSeen();
    }

    getScore() {
      return 0;
    }

    getMaxScore() {
      return 0;
    }

    getAnswerGiven() {
      return this.touched;
    }

    showSolutions() {}

    resetTask() {
      this.open.clear();
      this.seen.clear();
      this.hasConsumed = this.touched = false;
      if (this.root) {
        this.show();
      }
    }

    getCurrentState() {
      return this.touched ? {open: [...this.open], seen: [...this.seen]} : undefined;
    }
  }

  Accordion.kind = 'accordion';
  Accordion.title = 'Accordion';
  Accordion.defaults = {
    behaviour: {headingLevel: 'h3', oneAtATime: false, firstOpen: false},
    texts: {
      opened: 'Sections opened: :n of :total',
      allOpened: 'All sections were opened.',
      openAll: 'Open all',
      closeAll: 'Close all',
      noPanels: 'There are no sections yet.'
    }
  };
  kit.Accordion = Accordion;
})(window.JusticeKit);
