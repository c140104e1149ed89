/**
 * What is right about the marks of an evidence file, without a page.
 *
 *   const file = kit.evidence.read(params, ['Relevant', 'Not relevant']);   {marks: [{name, meaning}], items: […]}
 *   kit.evidence.points(item, answer)       0 … item.points: one for the mark and, if it is right, one for the reason
 *   kit.evidence.missing(file, answers)     {marks: [numbers], reasons: [numbers]} still to be given
 *   kit.evidence.problems(file, params)     [{code, values, isSerious}] for the author
 *
 * An answer is {mark, reason, note}: numbers from 0, and words; what was not given is left out.
 */
(function (kit) {
  'use strict';

  function same(name) {
    return kit.plain(name).trim().replace(/\s+/g, ' ').toLowerCase();
  }

  /** The author's marks, or without at least two of them the words for relevant and not relevant. */
  function readMarks(params, words) {
    const own = (params.categories || []).map((category) => ({
      name: kit.plain(category.name).trim(), meaning: kit.plain(category.meaning)
    })).filter((mark) => mark.name);
    return own.length > 1 ? {isOwn: true, marks: own} : {isOwn: false, marks: words.map((name) => ({name}))};
  }

  function rightMark(raw, {isOwn, marks}) {
    const relevance = raw.relevant === true ? 0 : 1;
    return isOwn ? marks.findIndex((one) => same(one.name) === same(raw.category)) : relevance;
  }

  function readItem(raw, index, marking) {
    const reasons = (raw.reasons || []).map(({text, right}) => ({text: kit.plain(text), isRight: right === true}));
    const asksReason = reasons.some((reason) => reason.isRight);
    const mark = rightMark(raw, marking);
    const {region} = raw;
    return {
      number: index + 1,
      html: raw.text,
      explanation: raw.explanation,
      region: region && region.width > 0 && region.height > 0 ? region : null,
      category: kit.plain(raw.category),
      reasons,
      asksReason,
      mark,
      points: mark < 0 ? 0 : asksReason ? 2 : 1
    };
  }

  function read(params, words) {
    const marking = readMarks(params, words);
    return {...marking, items: (params.items || []).map((raw, index) => readItem(raw, index, marking))};
  }

  function points(item, answer) {
    if (item.mark < 0 || !answer || answer.mark !== item.mark) {
      return 0;
    }
    const reason = item.reasons[answer.reason];
    return 1 + (item.asksReason && reason && reason.isRight ? 1 : 0);
  }

  function missing(file, answers) {
    const without = (test) => file.items.filter(test).map((item) => item.number);
    const given = (item) => answers[item.number - 1] || {};
    return {
      marks: without((item) => given(item).mark === undefined),
      reasons: without((item) => item.reasons.length && 'mark' in given(item) && given(item).reason === undefined)
    };
  }

  function problems(file, params) {
    const own = (params.categories || []).map((category) => kit.plain(category.name).trim()).filter(Boolean);
    const repeated = own.filter((name, index) => own.findIndex((other) => same(other) === same(name)) < index);
    const picture = params.exhibit && params.exhibit.picture;
    return [
      !file.items.length && {code: 'noItems', values: {}, isSerious: true},
      own.length === 1 && {code: 'oneMark', values: {}, isSerious: true},
      ...repeated.map((name) => ({code: 'sameMark', values: {name}, isSerious: true})),
      ...file.items.filter((item) => item.mark < 0)
        .map((item) => ({code: 'unknownMark', values: {n: item.number, name: item.category}, isSerious: true})),
      ...file.items.filter((item) => item.reasons.length && !item.asksReason)
        .map((item) => ({code: 'noRightReason', values: {n: item.number}, isSerious: true})),
      picture && picture.file && !kit.plain(picture.alt).trim() && {code: 'noDescription', values: {}}
    ].filter(Boolean);
  }

  kit.evidence = {read, points, missing, problems};
})(window.JusticeKit);
