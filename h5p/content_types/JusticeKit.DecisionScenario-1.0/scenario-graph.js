/**
 * The graph of a decision scenario, without a page.
 *
 *   const graph = kit.scenario.read(params);   {scenes, endings, places, first}
 *   kit.scenario.follow(graph, decisions)      where decisions lead: {steps, at, isOver}; what fits no more is left out
 *   kit.scenario.points(steps)                 what a path earned: in a scene only the first decision counts
 *   kit.scenario.best(graph)                   {points, steps} of the path that earns most
 *   kit.scenario.problems(graph)               [{code, values, isSerious}] for the author
 *
 * A decision is {scene, choice}: the key of a scene, which is its short name in small letters, and a number from 0.
 */
(function (kit) {
  'use strict';

  const POINTS = {sound: 2, defensible: 1, unsound: 0, none: 0};
  // A scenario with loops has endless paths; so many are looked at.
  const MOST_PATHS = 20000;

  function keyOf(name) {
    return kit.plain(name).trim().replace(/\s+/g, ' ').toLowerCase();
  }

  function readChoice(raw, index) {
    const quality = raw.quality in POINTS ? raw.quality : 'none';
    return {
      index,
      quality,
      text: kit.plain(raw.text),
      points: Number.isFinite(raw.points) ? Math.max(0, raw.points) : POINTS[quality],
      next: keyOf(raw.next),
      nextName: kit.plain(raw.next).trim(),
      consequence: raw.consequence,
      reason: raw.reason,
      source: kit.plain(raw.source),
      sourceAddress: kit.plain(raw.sourceAddress)
    };
  }

  function readPlace(raw, kind, index) {
    const name = kit.plain(raw.name).trim();
    return {
      kind,
      number: index + 1,
      key: keyOf(raw.name) || `\n${kind} ${index + 1}`,
      isNamed: name !== '',
      name: name || kit.plain(raw.heading) || String(index + 1),
      heading: kit.plain(raw.heading),
      raw,
      choices: kind === 'scene' ? (raw.choices || []).map(readChoice) : []
    };
  }

  function read(params) {
    const scenes = (params.scenes || []).map((raw, index) => readPlace(raw, 'scene', index));
    const endings = (params.endings || []).map((raw, index) => readPlace(raw, 'ending', index));
    // Of several with one name the first counts.
    const places = new Map([...scenes, ...endings].reverse().map((place) => [place.key, place]));
    return {scenes, endings, places, first: scenes[0]};
  }

  function next(graph, choice) {
    return choice.next ? graph.places.get(choice.next) : undefined;
  }

  function follow(graph, decisions) {
    const steps = [];
    const seen = new Set();
    let at = graph.first;
    for (const decision of decisions || []) {
      const choice = at && at.key === decision.scene && at.choices[decision.choice];
      if (!choice) {
        break;
      }
      steps.push({scene: at, choice, counts: !seen.has(at.key)});
      seen.add(at.key);
      at = next(graph, choice);
    }
    return {steps, at, isOver: !at || !at.choices.length};
  }

  function points(steps) {
    return steps.filter((step) => step.counts).reduce((sum, step) => sum + step.choice.points, 0);
  }

  /** How many choices lead back to a scene that lies on the way to them. */
  function loops(graph) {
    const state = new Map();
    let count = 0;
    const visit = (place) => {
      state.set(place, 'open');
      place.choices.map((choice) => next(graph, choice)).filter(Boolean).forEach((target) => {
        if (state.get(target) === 'open') {
          count += 1;
        } else if (!state.has(target)) {
          visit(target);
        }
      });
      state.set(place, 'closed');
    };
    graph.scenes.forEach((scene) => state.has(scene) || visit(scene));
    return count;
  }

  function bestWithoutLoops(graph) {
    const known = new Map();
    const from = (place) => {
      if (!known.has(place)) {
        known.set(place, place.choices.reduce((best, choice) => {
          const target = next(graph, choice);
          const rest = target ? from(target) : {points: 0, steps: []};
          const total = choice.points + rest.points;
          return !best || total > best.points
            ? {points: total, steps: [{scene: place, choice, counts: true}, ...rest.steps]} : best;
        }, null) || {points: 0, steps: []});
      }
      return known.get(place);
    };
    return from(graph.first);
  }

  function bestWithLoops(graph) {
    let best = {points: 0, steps: []};
    const known = new Map();
    const waiting = [{place: graph.first, seen: [], points: 0, steps: []}];
    for (let looked = 0; waiting.length && looked < MOST_PATHS; looked += 1) {
      const path = waiting.shift();
      best = path.points > best.points ? path : best;
      const counts = path.place && !path.seen.includes(path.place.key);
      const seen = counts ? [...path.seen, path.place.key].sort() : path.seen;
      for (const choice of path.place ? path.place.choices : []) {
        const place = next(graph, choice);
        const total = path.points + (counts ? choice.points : 0);
        const id = JSON.stringify([place ? place.key : null, seen]);
        if (!(known.get(id) >= total)) {
          known.set(id, total);
          waiting.push({place, seen, points: total, steps: [...path.steps, {scene: path.place, choice, counts}]});
        }
      }
    }
    return {points: best.points, steps: best.steps};
  }

  function best(graph) {
    if (!graph.first) {
      return {points: 0, steps: []};
    }
    return loops(graph) ? bestWithLoops(graph) : bestWithoutLoops(graph);
  }

  function reachable(graph) {
    const found = new Set(graph.first ? [graph.first] : []);
    found.forEach((place) => {
      place.choices.map((choice) => next(graph, choice)).filter(Boolean).forEach((target) => found.add(target));
    });
    return found;
  }

  /** Scenes that lead on and on and never to an ending. */
  function endless(graph) {
    const ends = new Set(graph.endings);
    for (let before = -1; before !== ends.size;) {
      before = ends.size;
      graph.scenes.filter((scene) => scene.choices.some((choice) => ends.has(next(graph, choice))))
        .forEach((scene) => ends.add(scene));
    }
    return graph.scenes.filter((scene) => !ends.has(scene) && scene.choices.some((choice) => next(graph, choice)));
  }

  function sceneProblems(graph, scene) {
    const found = [];
    if (!scene.isNamed && scene !== graph.first) {
      found.push({code: 'unnamed', values: {n: scene.number}, isSerious: true});
    }
    if (!scene.choices.length) {
      found.push({code: 'noChoices', values: {scene: scene.name}, isSerious: true});
    }
    scene.choices.filter((choice) => !next(graph, choice)).forEach((choice) => {
      const values = {scene: scene.name, choice: choice.text, name: choice.nextName};
      found.push({code: choice.next ? 'missing' : 'noNext', values, isSerious: true});
    });
    return found;
  }

  function mediaProblems(place) {
    const {picture, audio, transcript} = place.raw;
    const values = {name: place.name};
    return [
      picture && picture.file && !kit.plain(picture.alt).trim() && {code: 'noDescription', values},
      audio && audio.length && !kit.words(transcript) && {code: 'noTranscript', values}
    ].filter(Boolean);
  }

  function twice(graph) {
    const named = [...graph.scenes, ...graph.endings].filter((place) => place.isNamed);
    return [...new Set(named.filter((place) => graph.places.get(place.key) !== place).map((place) => place.name))];
  }

  function pointProblems(graph) {
    const found = best(graph);
    if (!found.points) {
      return graph.first ? [{code: 'noPoints', values: {}}] : [];
    }
    const detour = found.steps.find(({scene, choice}) => choice.quality === 'unsound'
      || (choice.quality === 'defensible' && scene.choices.some((other) => other.quality === 'sound')));
    return detour ? [{code: 'detour', values: {scene: detour.scene.name}}] : [];
  }

  function problems(graph) {
    const reached = reachable(graph);
    const places = [...graph.scenes, ...graph.endings];
    const loopCount = loops(graph);
    return [
      ...(graph.first ? [] : [{code: 'noScenes', values: {}, isSerious: true}]),
      ...twice(graph).map((name) => ({code: 'twice', values: {name}, isSerious: true})),
      ...graph.scenes.flatMap((scene) => sceneProblems(graph, scene)),
      ...endless(graph).map((scene) => ({code: 'noEnding', values: {scene: scene.name}, isSerious: true})),
      ...places.filter((place) => place.isNamed && !reached.has(place) && graph.places.get(place.key) === place)
        .map((place) => ({code: 'unreachable', values: {name: place.name}})),
      ...(loopCount ? [{code: 'loops', values: {n: loopCount}}] : []),
      ...pointProblems(graph),
      ...places.flatMap(mediaProblems)
    ];
  }

  kit.scenario = {read, follow, points, best, problems};
})(window.JusticeKit);
