/**
 * JusticeKit, part 2 of 4: what every content type is.
 *
 *   class Exhibit extends kit.Content {
 *     constructor(params, contentId, extras) { super(params, contentId, extras, Exhibit.defaults); }
 *     build(root) { … }            draw it, once, into `root`; this.previousState is what was saved, or undefined
 *     getCurrentState() { … }      what to save: plain values; undefined while nothing was done
 *   }
 *   Exhibit.title = 'Exhibit';     used where an author gave no title
 *   Exhibit.defaults = {…};        the same values as in semantics.json
 *   kit.Exhibit = Exhibit;         the machine name is JusticeKit.Exhibit
 *
 * Given: this.params (defaults filled in), this.contentId, this.subContentId, this.parent, this.metadata, this.root,
 *   this.text('check', {…})        a word of params.texts, filled in
 *   this.announce(sentence)        for screen readers, politely
 *   this.resized()                 call when the height has changed
 *   this.interacted()              tell the host that somebody does something
 *   this.report(verb, {score, max, success, response, definition, extensions})   an xAPI statement of this content
 *   this.part(name, {score, …})    for getXAPIData: the statement of a part that is no content of its own
 *   this.whenSeen(element, callback)    once the element has been on the screen
 *   this.consumed()                tell the host that it was read or looked at to its end, once
 *   kit.remarks(label, sentences, isSerious)    what an author should know, shown in previews alone; or null
 * Hosts listen to `xAPI` and `resize` as ever. `attempted` is told on attaching, once.
 */
(function (kit) {
  'use strict';

  const RIGHT_TO_LEFT = ['ar', 'fa', 'he', 'ur', 'ps', 'ckb', 'dv', 'yi'];
  const CONSUMED = {id: 'http://activitystrea.ms/schema/1.0/consume', display: {'en-US': 'consumed'}};
  const SUB_CONTENT = 'http://h5p.org/x-api/h5p-subContentId';
  const ENDING_POINT = 'http://id.tincanapi.com/extension/ending-point';

  kit.Content = class extends H5P.EventDispatcher {
    constructor(params, contentId, extras, defaults) {
      super();
      this.given = params || {};
      this.params = kit.merge(defaults || {}, params);
      this.contentId = contentId;
      this.extras = extras || {};
      this.subContentId = this.extras.subContentId;
      this.parent = this.extras.parent;
      this.metadata = this.extras.metadata || {};
      const saved = this.extras.previousState;
      this.previousState = saved && typeof saved === 'object' && Object.keys(saved).length ? saved : undefined;
      // What a container of the kit asks for: {check: false} and the like.
      this.host = this.extras.justiceKit || {};
      this.hasConsumed = false;
    }

    /** Called by the host, perhaps more than once: the content moves, it is not drawn again. */
    attach($container) {
      const container = $container[0] || $container;
      // Before the children begin.
      this.setActivityStarted();
      if (!this.root) {
        this.draw();
      }
      container.classList.add('jk-host');
      container.append(this.root);
    }

    draw() {
      const {language, direction} = this.language();
      this.live = kit.el('div', {class: 'jk-hidden', role: 'status', 'aria-live': 'polite'});
      this.root = kit.el('div', {
        class: ['jk', `jk-${this.kind()}`, this.parent && 'jk-part'], lang: language, dir: direction
      });
      this.build(this.root);
      this.root.append(this.live);
      // A picture that arrives changes the height.
      this.root.addEventListener('load', () => this.resized(), true);
    }

    build() {}

    kind() {
      return this.constructor.kind || 'content';
    }

    /** The language that is known, and the direction in which most of the author's words run. */
    language() {
      const known = this.metadata.defaultLanguage || document.documentElement.lang || '';
      const inside = this.parent && this.parent.direction;
      const known_direction = known && (RIGHT_TO_LEFT.includes(known.split('-')[0].toLowerCase()) ? 'rtl' : 'ltr');
      const direction = kit.direction(kit.wordsOf(this.given)) || inside || known_direction || 'ltr';
      this.direction = direction;
      // A language that runs the other way than the words is not theirs.
      const language = known && known_direction === direction ? known : direction === 'rtl' ? 'ar' : null;
      return {language, direction};
    }

    getTitle() {
      return H5P.createTitle(this.metadata.title || this.constructor.title || 'Content');
    }

    text(name, values) {
      return kit.fill(this.params.texts[name], values || {});
    }

    announce(sentence) {
      this.live.textContent = '';
      window.setTimeout(() => { this.live.textContent = sentence; }, 50);
    }

    resized() {
      this.trigger('resize');
    }

    interacted() {
      this.triggerXAPI('interacted');
      this.trigger('jkChanged');
    }

    consumed() {
      if (!this.hasConsumed) {
        this.hasConsumed = true;
        this.triggerXAPI(CONSUMED);
      }
    }

    whenSeen(element, callback) {
      if (!window.IntersectionObserver) {
        callback();
        return;
      }
      const observer = new IntersectionObserver((entries) => {
        if (entries.some((entry) => entry.isIntersecting)) {
          observer.disconnect();
          callback();
        }
      });
      observer.observe(element);
    }

    /** How far somebody has come, from 1. */
    progressed(position) {
      const event = this.createXAPIEventTemplate('progressed');
      event.data.statement.context = {...event.data.statement.context, extensions: {[ENDING_POINT]: position}};
      this.trigger(event);
    }

    /** Makes a statement; it is not sent yet. */
    statement(verb, {score, max, success, response, definition} = {}) {
      const event = this.createXAPIEventTemplate(verb);
      const statement = event.data.statement;
      if (definition) {
        const known = (statement.object = statement.object || {}).definition || {};
        statement.object.definition = {
          ...known, ...definition, extensions: {...known.extensions, ...definition.extensions}
        };
      }
      event.setScoredResult(score, max, this, true, success);
      if (response !== undefined) {
        statement.result.response = response;
      }
      return event;
    }

    report(verb, result) {
      this.trigger(this.statement(verb, result));
    }

    /** What a report reads of a part that is no content of its own. The same name is always the same part. */
    part(name, result) {
      const {statement} = this.statement('answered', result).data;
      const whole = this.statement('answered').data.statement.object;
      const partId = kit.uuidOf(`${this.subContentId || this.contentId}/${name}`);
      const address = String(whole.id || '').replace(/[?&]subContentId=.*$/, '');
      statement.object.id = `${address}${address.includes('?') ? '&' : '?'}subContentId=${partId}`;
      statement.object.definition.extensions[SUB_CONTENT] = partId;
      statement.context = statement.context || {};
      statement.context.contextActivities = {
        ...statement.context.contextActivities, parent: [{id: whole.id, objectType: 'Activity'}]
      };
      delete statement.result.duration;
      return {statement};
    }
  };

  /** Where nothing is reported, somebody tries the content out: its author, as a rule. */
  kit.isPreview = function () {
    return !(window.H5PIntegration && window.H5PIntegration.postUserStatistics);
  };

  kit.remarks = function (label, sentences, isSerious) {
    return kit.isPreview() && sentences.length
      ? kit.el('details', {class: 'jk-remarks', open: isSerious}, kit.el('summary', {text: label}),
        kit.el('ul', {}, sentences.map((sentence) => kit.el('li', {dir: 'auto', text: sentence}))))
      : null;
  };

  /** A definition as xAPI wants it for something that can be answered. */
  kit.interaction = function (interactionType, description, more) {
    return {
      type: 'http://adlnet.gov/expapi/activities/cmi.interaction',
      interactionType,
      description: {'en-US': description},
      ...more
    };
  };
})(window.JusticeKit);
