/**
 * JusticeKit.DecisionScenario: a branching case. Scenes with choices lead to an ending and a debrief of every decision.
 *
 * The state is the decisions and where somebody stands: "start", "scene", "follows" (what a decision led to) or "end".
 */
(function (kit) {
  'use strict';

  const ICONS = {sound: 'right', defensible: 'partly', unsound: 'wrong', good: 'right', mixed: 'partly', poor: 'wrong'};
  const STANDS = ['start', 'scene', 'follows', 'end'];

  class DecisionScenario extends kit.Content {
    constructor(params, contentId, extras) {
      super(params, contentId, extras, DecisionScenario.defaults);
      this.graph = kit.scenario.read(this.params);
      this.best = kit.scenario.best(this.graph);
      this.begin();
      if (this.previousState) {
        this.restore(this.previousState);
      }
    }

    begin() {
      this.decisions = [];
      this.wentBack = 0;
      this.stands = kit.words(this.params.introduction) ? 'start' : 'scene';
      this.touched = false;
    }

    /** Takes up a saved state as far as it fits the scenario as it is now. */
    restore(saved) {
      const {steps, isOver} = kit.scenario.follow(this.graph, saved.decisions);
      this.decisions = steps.map(({scene, choice}) => ({scene: scene.key, choice: choice.index}));
      this.wentBack = saved.wentBack || 0;
      this.touched = true;
      const fits = Array.isArray(saved.decisions) && saved.decisions.length === steps.length;
      if (fits && STANDS.includes(saved.stands)) {
        this.stands = saved.stands;
      } else {
        this.stands = steps.length ? (isOver ? 'follows' : 'scene') : this.stands;
      }
      if (this.stands === 'end' && !isOver) {
        this.stands = 'scene';
      }
      if (this.stands === 'follows' && !steps.length) {
        this.stands = 'scene';
      }
    }

    path() {
      return kit.scenario.follow(this.graph, this.decisions);
    }

    // --- drawing ---

    build(root) {
      const remarks = kit.scenario.problems(this.graph);
      this.stage = kit.el('div', {class: 'jk-stage'});
      root.append(...[
        kit.remarks(this.text('remarks', {n: remarks.length}), remarks.map(({code, values}) => this.text(code, values)),
          remarks.some((remark) => remark.isSerious)),
        this.stage
      ].filter(Boolean));
      this.show();
    }

    /** Draws where somebody stands; after a step the focus goes to the heading. */
    show({isStep = false} = {}) {
      const views = {
        start: () => this.startView(), scene: () => this.sceneView(), follows: () => this.followsView(),
        end: () => this.endView()
      };
      const parts = this.graph.first ? views[this.stands]() : [kit.el('p', {text: this.text('noScenes')})];
      this.stage.replaceChildren(...parts.flat(Infinity).filter(Boolean));
      if (isStep) {
        (this.stage.querySelector('[tabindex="-1"]') || this.stage).focus();
      }
      this.resized();
    }

    heading(words, eyebrow) {
      return [
        eyebrow && kit.el('p', {class: 'jk-eyebrow', text: eyebrow}),
        kit.el('h2', {tabindex: '-1', dir: 'auto', text: words})
      ];
    }

    buttons(...buttons) {
      return kit.el('div', {class: 'jk-buttons'}, buttons);
    }

    startView() {
      return [
        kit.html(this.params.introduction, {class: 'jk-prose', tabindex: '-1'}),
        this.buttons(kit.button({label: this.text('begin'), kind: 'main', onClick: () => this.goTo('scene')}))
      ];
    }

    goTo(stands) {
      this.touched = true;
      this.stands = stands;
      this.show({isStep: true});
      this.trigger('jkChanged');
    }

    sceneView() {
      const {at, steps} = this.path();
      const {raw} = at;
      const number = this.text('decision', {n: steps.length + 1});
      const body = kit.html(raw.text, {class: 'jk-prose'});
      const speaker = kit.plain(raw.speaker);
      const hasBeenHere = steps.some((step) => step.scene === at);
      return [
        this.heading(at.heading || number, at.heading && number),
        hasBeenHere && kit.el('p', {class: 'jk-hint', text: this.text('cameBack')}),
        kit.picture(raw.picture, this.contentId),
        speaker
          ? kit.el('div', {class: 'jk-speech'}, kit.el('p', {class: 'jk-speaker', dir: 'auto', text: speaker}), body)
          : body,
        this.recording(raw),
        at.choices.length ? this.choicesForm(at)
          : this.buttons(this.goOnButton()),
        this.soFar(steps)
      ];
    }

    recording({audio, transcript}) {
      if (!audio || !audio.length) {
        return null;
      }
      return [
        kit.el('audio', {class: 'jk-recording', controls: true, preload: 'none'}, audio.map(
          (source) => kit.el('source', {src: H5P.getPath(source.path, this.contentId), type: source.mime}))),
        kit.words(transcript) && this.details(this.text('transcript'), kit.html(transcript))
      ];
    }

    details(label, ...content) {
      return kit.el('details', {class: 'jk-details', on: {toggle: () => this.resized()}},
        kit.el('summary', {text: label}), content);
    }

    choicesForm(scene) {
      const name = kit.uid('choices');
      const question = kit.plain(scene.raw.question) || this.text('question');
      const note = kit.el('p', {class: 'jk-note', role: 'status'});
      const rows = scene.choices.map((choice) => kit.el('label', {class: 'jk-option'},
        kit.el('input', {type: 'radio', name, value: choice.index, on: {change: () => { note.textContent = ''; }}}),
        kit.el('span', {dir: 'auto', text: choice.text})));
      const decide = (event) => {
        event.preventDefault();
        const chosen = form.querySelector('input:checked');
        if (chosen) {
          this.decide(scene, scene.choices[Number(chosen.value)]);
        } else {
          note.textContent = this.text('chooseFirst');
          form.querySelector('input').focus();
          this.resized();
        }
      };
      const form = kit.el('form', {class: 'jk-choices', on: {submit: decide}},
        kit.el('p', {class: 'jk-question', id: `${name}-question`, dir: 'auto', text: question}),
        kit.el('div', {class: 'jk-options', role: 'radiogroup', 'aria-labelledby': `${name}-question`}, rows),
        note,
        this.buttons(
          kit.el('button', {type: 'submit', class: 'jk-button jk-button-main'},
            kit.el('span', {text: this.text('decide')})),
          this.backButton()));
      return form;
    }

    goOnButton() {
      return kit.button({label: this.text('goOn'), kind: 'main', onClick: () => this.goOn()});
    }

    backButton() {
      return this.params.behaviour.allowBack && this.decisions.length > 0
        ? kit.button({label: this.text('back'), icon: 'back', kind: 'quiet', onClick: () => this.back()}) : null;
    }

    soFar(steps) {
      const line = ({scene, choice}) => kit.el('li', {},
        scene.heading && kit.el('span', {class: 'jk-place', dir: 'auto', text: scene.heading}),
        kit.el('span', {class: 'jk-place-choice', dir: 'auto', text: choice.text}));
      return steps.length > 0
        && this.details(this.text('soFar', {n: steps.length}), kit.el('ol', {}, steps.map(line)));
    }

    // --- what somebody does ---

    decide(scene, choice) {
      this.touched = true;
      this.decisions.push({scene: scene.key, choice: choice.index});
      this.interacted();
      if (kit.words(choice.consequence) || this.judges(choice)) {
        this.goTo('follows');
      } else {
        this.goOn();
      }
    }

    judges(choice) {
      return this.params.behaviour.judgeAtOnce && choice.quality !== 'none';
    }

    goOn() {
      if (!this.path().isOver) {
        this.goTo('scene');
        return;
      }
      this.goTo('end');
      this.trigger(this.completed());
    }

    back() {
      this.decisions.pop();
      this.wentBack += 1;
      this.goTo('scene');
    }

    restart() {
      this.resetTask();
      this.show({isStep: true});
    }

    followsView() {
      const {steps} = this.path();
      const {choice} = steps[steps.length - 1];
      return [
        this.heading(this.text('whatFollows'), this.text('decision', {n: steps.length})),
        this.labelled('youDecided', choice.text),
        kit.words(choice.consequence) && kit.html(choice.consequence, {class: 'jk-prose'}),
        this.judges(choice) && kit.el('div', {class: 'jk-judged'}, this.standing(choice.quality), this.why(choice)),
        this.buttons(this.goOnButton(), this.backButton())
      ];
    }

    // --- the end ---

    endView() {
      const {at, steps} = this.path();
      const ending = at && at.kind === 'ending' ? at : null;
      const outcome = ending && ICONS[ending.raw.outcome] ? ending.raw.outcome : null;
      return [
        kit.el('section', {class: ['jk-ending', outcome && `jk-outcome-${outcome}`]},
          outcome && this.standing(outcome),
          this.heading((ending || at || {}).heading || this.text('endsHere')),
          (ending || at) && kit.picture((ending || at).raw.picture, this.contentId),
          (ending || at) && kit.html((ending || at).raw.text, {class: 'jk-prose'})),
        kit.el('section', {class: 'jk-debrief'},
          kit.el('h2', {text: this.text('debrief')}),
          kit.words(this.params.closing) && kit.html(this.params.closing, {class: 'jk-prose'}),
          this.getMaxScore() > 0 && kit.el('p', {class: 'jk-score', text: this.text('score', {
            score: this.getScore(), max: this.getMaxScore()
          })}),
          this.wentBack > 0 && kit.el('p', {class: 'jk-hint', text: this.text('wentBack', {n: this.wentBack})}),
          kit.el('ol', {class: 'jk-decisions'}, steps.map((step, index) => this.reviewed(step, index)))),
        this.params.behaviour.allowRestart && this.host.retry !== false
          && this.buttons(kit.button({label: this.text('restart'), onClick: () => this.restart()}))
      ];
    }

    /** One decision in the debrief: what was chosen, why it stands so, and what would have been sounder. */
    reviewed({scene, choice, counts}, index) {
      const number = this.text('decision', {n: index + 1});
      const sounder = scene.choices.reduce((best, other) => other.points > best.points ? other : best, choice);
      const others = scene.choices.filter((other) => other !== choice && other !== sounder);
      return kit.el('li', {class: ['jk-reviewed', `jk-reviewed-${choice.quality}`]},
        kit.el('p', {class: 'jk-eyebrow', text: number}),
        kit.el('h3', {dir: 'auto', text: scene.heading || kit.plain(scene.raw.question) || this.text('question')}),
        this.labelled('yourChoice', choice.text),
        this.standing(choice.quality),
        this.why(choice),
        !counts && kit.el('p', {class: 'jk-hint', text: this.text('cameBack')}),
        sounder !== choice
          && kit.el('div', {class: 'jk-sounder'}, this.labelled('sounder', sounder.text), this.why(sounder)),
        others.length > 0
          && this.details(this.text('others'), kit.el('ul', {class: 'jk-others'}, others.map((one) => this.other(one)))));
    }

    other(choice) {
      return kit.el('li', {},
        kit.el('p', {dir: 'auto', class: 'jk-other', text: choice.text}),
        this.standing(choice.quality),
        this.why(choice));
    }

    labelled(label, words) {
      return kit.el('p', {class: 'jk-decided'},
        kit.el('span', {class: 'jk-label', text: this.text(label)}), kit.el('span', {dir: 'auto', text: words}));
    }

    standing(kind) {
      return ICONS[kind] ? kit.el('p', {class: ['jk-standing', 'jk-mark', `jk-${ICONS[kind]}`]}, kit.icon(ICONS[kind]),
        kit.el('span', {text: this.text(kind)})) : null;
    }

    why({reason, source, sourceAddress}) {
      const words = source || sourceAddress;
      const text = sourceAddress
        ? kit.el('a', {href: sourceAddress, target: '_blank', rel: 'noopener noreferrer', text: words},
          kit.el('span', {class: 'jk-hidden', text: ` (${this.text('newWindow')})`}))
        : kit.el('span', {dir: 'auto', text: words});
      return [
        kit.words(reason) && kit.html(reason, {class: 'jk-why'}),
        words && kit.el('p', {class: 'jk-source'}, kit.el('span', {class: 'jk-label', text: this.text('source')}), text)
      ].filter(Boolean);
    }

    // --- the contract with H5P hosts ---

    getScore() {
      return Math.min(kit.scenario.points(this.path().steps), this.best.points);
    }

    getMaxScore() {
      return this.best.points;
    }

    getAnswerGiven() {
      return this.decisions.length > 0;
    }

    /** Ends the scenario where it is, so that a container can show the debrief. */
    showSolutions() {
      if (this.decisions.length) {
        this.stands = 'end';
        if (this.root) {
          this.show();
        }
      }
    }

    resetTask() {
      this.activityStartTime = this.activityStartTime && Date.now();
      this.begin();
      if (this.root) {
        this.show();
      }
      this.trigger('jkChanged');
    }

    completed() {
      const max = this.getMaxScore();
      return this.statement('completed', {
        score: max > 0 ? this.getScore() : undefined,
        max: max > 0 ? max : undefined,
        success: max > 0 ? this.getScore() === max : undefined,
        definition: kit.interaction('compound', kit.words(this.params.introduction))
      });
    }

    /** What a report reads of one decision. */
    decisionPart({scene, choice, counts}, index) {
      const most = Math.max(...scene.choices.map((other) => other.points));
      const soundest = scene.choices.filter((other) => most > 0 && other.points === most);
      const question = kit.plain(scene.raw.question) || this.text('question');
      return this.part(`decision/${index}`, {
        score: counts && most > 0 ? choice.points : undefined,
        max: counts && most > 0 ? most : undefined,
        success: most > 0 ? choice.points === most : undefined,
        response: String(choice.index),
        definition: kit.interaction('choice', [scene.heading, question].filter(Boolean).join(' — '), {
          choices: scene.choices.map((other) => ({id: String(other.index), description: {'en-US': other.text}})),
          correctResponsesPattern: soundest.map((other) => String(other.index))
        })
      });
    }

    getXAPIData() {
      return {
        statement: this.completed().data.statement,
        children: this.path().steps.map((step, index) => this.decisionPart(step, index))
      };
    }

    getCurrentState() {
      if (!this.touched) {
        return undefined;
      }
      return {decisions: this.decisions, stands: this.stands, wentBack: this.wentBack};
    }
  }

  DecisionScenario.kind = 'decision-scenario';
  DecisionScenario.title = 'Decision scenario';
  DecisionScenario.defaults = {
    behaviour: {allowBack: false, allowRestart: true, judgeAtOnce: false},
    texts: {
      begin: 'Begin',
      decision: 'Decision :n',
      question: 'What do you do?',
      decide: 'Decide',
      chooseFirst: 'Choose one of the options, then decide.',
      youDecided: 'You decided',
      whatFollows: 'What follows',
      goOn: 'Continue',
      back: 'Back to the decision before',
      restart: 'Start again',
      soFar: 'Your decisions so far: :n',
      transcript: 'Transcript',
      sound: 'Sound',
      defensible: 'Defensible',
      unsound: 'Unsound',
      good: 'Good outcome',
      mixed: 'Mixed outcome',
      poor: 'Poor outcome',
      debrief: 'Debrief',
      score: 'Your path earned :score of :max points.',
      yourChoice: 'Your decision',
      why: 'Why',
      sounder: 'A sounder decision',
      others: 'The other options',
      source: 'Rule',
      newWindow: 'opens in a new window',
      cameBack: 'You had decided here before. Only the first decision counts.',
      wentBack: 'Times you went back: :n',
      endsHere: 'The scenario ends here.',
      noScenes: 'There is no scene to begin with.',
      remarks: 'Remarks for the author: :n',
      unnamed: 'Scene number :n has no short name, so no choice can lead to it.',
      twice: 'The short name “:name” is used more than once.',
      noChoices: 'The scene “:scene” offers no choice: the scenario ends there.',
      missing: 'In the scene “:scene”, the choice “:choice” leads to “:name”, which does not exist.',
      noNext: 'In the scene “:scene”, the choice “:choice” leads nowhere: the scenario ends there.',
      unreachable: 'No choice leads to “:name”.',
      noEnding: 'From the scene “:scene” no ending can be reached.',
      loops: 'Choices that lead back to an earlier scene: :n. Only the first decision in a scene counts.',
      noPoints: 'No choice earns points: the scenario reports that it was finished, without a score.',
      detour: 'The path with the most points goes through a decision that is not sound, in “:scene”. Give decisions that put a mistake right fewer points.',
      noDescription: 'The picture in “:name” has no description.',
      noTranscript: 'The recording in “:name” has no transcript.'
    }
  };
  kit.DecisionScenario = DecisionScenario;
})(window.JusticeKit);
