/** JusticeKit.Column: content of any kind below one another, ended by its tasks, or where it has none by having seen all. */
(function (kit) {
  'use strict';

  const ENDS = ['answered', 'completed', '1.0/consume'];

  class Column extends kit.Container {
    constructor(params, contentId, extras) {
      super(params, contentId, extras, Column.defaults);
      this.done = new Set((this.previousState || {}).done || []);
      this.makeChildren(this.params.parts);
    }

    build(root) {
      const slots = this.children.map((child) => {
        const slot = kit.el('div', {class: 'jk-column-part'});
        this.place(child, slot);
        return slot;
      });
      this.summary = kit.el('p', {class: 'jk-column-result jk-hint', role: 'status'});
      this.buttons = kit.el('div', {class: 'jk-buttons'});
      root.append(...slots, this.summary, this.buttons);
      this.drawResult();
    }

    /** What has to be done: the tasks, or everything where there are none. */
    wanted() {
      const tasks = this.tasks();
      return tasks.length ? tasks : this.children;
    }

    isDone() {
      return this.wanted().every((child) => this.done.has(child.subContentId));
    }

    childReported(child, verb) {
      if (!ENDS.includes(verb)) {
        return;
      }
      this.done.add(child.subContentId);
      if (this.root) {
        this.drawResult();
      }
      if (this.wanted().includes(child) && this.isDone()) {
        // After the child's own statement has gone out.
        window.setTimeout(() => this.report('completed', this.outcome()), 0);
      }
    }

    drawResult() {
      const tasks = this.tasks();
      const {behaviour} = this.params;
      const done = tasks.filter((child) => this.done.has(child.subContentId)).length;
      const isShown = tasks.length > 1 && behaviour.showResult;
      this.summary.textContent = isShown ? [
        this.text('progress', {done, count: tasks.length}),
        done && this.text('points', {score: this.getScore(), max: this.getMaxScore()})
      ].filter(Boolean).join(' ') : '';
      const mayRetry = tasks.length > 1 && behaviour.retry && this.isDone() && this.getScore() < this.getMaxScore();
      this.buttons.replaceChildren(...[
        mayRetry && kit.button({label: this.text('retryAll'), onClick: () => this.retry()})
      ].filter(Boolean));
      this.buttons.hidden = !mayRetry;
      this.resized();
    }

    retry() {
      this.resetTask();
      this.root.scrollIntoView();
      const first = this.root.querySelector('input, button, [tabindex="0"]');
      if (first) {
        first.focus();
      }
    }

    resetTask() {
      super.resetTask();
      this.done.clear();
      if (this.root) {
        this.drawResult();
      }
    }

    ownState() {
      return {done: [...this.done]};
    }
  }

  Column.kind = 'column';
  Column.title = 'Column';
  Column.defaults = {
    behaviour: {showResult: true, retry: true},
    texts: {
      progress: 'Tasks done: :done of :count.',
      points: 'Points: :score of :max',
      retryAll: 'Try all again'
    }
  };
  kit.Column = Column;
})(window.JusticeKit);
