/**
 * JusticeKit, part 4 of 4: content that holds other content.
 *
 *   this.makeChildren(contents, options)   makes instances of [{library, params, subContentId, metadata}]; `options` goes
 *                                          to children of the kit as extras.justiceKit. Fills this.children.
 *   this.place(child, element)             draws a child
 *   this.tasks()                           the children that give points
 *   childReported(child, verb, event)      override: a child, not one inside it, has made a statement
 *   childChanged(child)                    override: an answer in a child of the kit has changed
 *   ownState()                             override: what to save besides the children's states
 *
 * Each child has a UUID, so that its statements are told from those of the root; one that the author's system forgot to
 * give is made from its place, always the same.
 */
(function (kit) {
  'use strict';

  /** A UUID made of words: the same words give the same one. */
  kit.uuidOf = function (words) {
    const parts = [0x811c9dc5, 0x01000193, 0x9e3779b9, 0x85ebca6b].map((seed) => {
      let hash = seed;
      for (const letter of words) {
        hash = Math.imul(hash ^ letter.codePointAt(0), 0x01000193) ^ (hash >>> 15);
      }
      return (hash >>> 0).toString(16).padStart(8, '0');
    });
    const hex = parts.join('');
    return [hex.slice(0, 8), hex.slice(8, 12), `5${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20)].join('-');
  };

  kit.Container = class extends kit.Content {
    constructor(params, contentId, extras, defaults) {
      super(params, contentId, extras, defaults);
      this.children = [];
      this.touched = this.previousState !== undefined;
      this.on('resize', () => this.passResizeOn());
    }

    childReported() {}
    childChanged() {}
    ownState() { return {}; }

    makeChildren(contents, options) {
      const states = (this.previousState || {}).children || {};
      this.children = (contents || []).filter((content) => content && content.library).map((content, index) => {
        const subContentId = content.subContentId || kit.uuidOf(`${this.subContentId || this.contentId}/${index}`);
        return H5P.newRunnable(
          {...content, params: content.params || {}, subContentId}, this.contentId, undefined, true,
          {parent: this, previousState: states[subContentId], justiceKit: options || {}}
        );
      }).filter(Boolean);
      this.children.forEach((child) => this.listenTo(child));
    }

    listenTo(child) {
      child.on('xAPI', (event) => {
        if (event.getVerifiedStatementValue(
          ['object', 'definition', 'extensions', 'http://h5p.org/x-api/h5p-subContentId']) === child.subContentId) {
          this.touched = true;
          this.childReported(child, event.getVerb(), event);
        }
      });
      child.on('jkChanged', () => {
        this.touched = true;
        this.childChanged(child);
        this.trigger('jkChanged');
      });
      child.on('resize', () => {
        if (!this.isPassingOn) {
          this.isPassingOn = true;
          this.trigger('resize');
          this.isPassingOn = false;
        }
      });
    }

    /** Only content by others asks to be told of the width. */
    passResizeOn() {
      if (!this.isPassingOn) {
        this.isPassingOn = true;
        this.children.filter((child) => !(child instanceof kit.Content)).forEach((child) => child.trigger('resize'));
        this.isPassingOn = false;
      }
    }

    place(child, element) {
      if (!(child instanceof kit.Content)) {
        element.classList.add('jk-foreign');
      }
      child.attach(H5P.jQuery(element));
    }

    tasks() {
      return this.children.filter((child) => child.getMaxScore && child.getMaxScore() > 0);
    }

    // --- the contract with H5P hosts ---

    getScore() {
      return this.tasks().reduce((sum, child) => sum + (child.getScore() || 0), 0);
    }

    getMaxScore() {
      return this.tasks().reduce((sum, child) => sum + child.getMaxScore(), 0);
    }

    getAnswerGiven() {
      return this.tasks().some((child) => child.getAnswerGiven && child.getAnswerGiven());
    }

    showSolutions() {
      this.children.filter((child) => child.showSolutions).forEach((child) => child.showSolutions());
    }

    resetTask() {
      this.activityStartTime = this.activityStartTime && Date.now();
      this.children.filter((child) => child.resetTask).forEach((child) => child.resetTask());
    }

    success() {
      const max = this.getMaxScore();
      return max > 0 ? this.getScore() === max : undefined;
    }

    /** The result of the whole, as `report` takes it. */
    outcome() {
      const max = this.getMaxScore();
      return {
        score: max > 0 ? this.getScore() : undefined,
        max: max > 0 ? max : undefined,
        success: this.success(),
        definition: kit.interaction('compound', '')
      };
    }

    getXAPIData() {
      return {
        statement: this.statement('completed', this.outcome()).data.statement,
        children: this.children.filter((child) => child.getXAPIData).map((child) => child.getXAPIData())
      };
    }

    getCurrentState() {
      if (!this.touched) {
        return undefined;
      }
      const children = {};
      this.children.filter((child) => child.getCurrentState).forEach((child) => {
        const state = child.getCurrentState();
        if (state !== undefined) {
          children[child.subContentId] = state;
        }
      });
      return {children, ...this.ownState()};
    }
  };
})(window.JusticeKit);
