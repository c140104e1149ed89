/**
 * JusticeKit.FillBlanks, part 1 of 2: gaps in a text, and whether what was typed will do.
 *
 *   The seal is broken by the *magistrate/judge:who may order it?* only.
 *
 * A gap stands between asterisks: one or several right answers with slashes between them, then perhaps a colon and a hint.
 * A backslash before *, / or : makes it an ordinary sign.
 */
(function (kit) {
  'use strict';

  const ESCAPED_OR_GAP = /\\.|\*((?:\\.|[^*\\])+)\*/g;
  const MARKS = /\p{M}/gu;
  // Letters that many people write for one another.
  const VARIANTS = {
    'ى': 'ي', 'ی': 'ي', 'ې': 'ي', 'ة': 'ه', 'ک': 'ك', 'ٱ': 'ا', 'ـ': '', 'œ': 'oe', 'æ': 'ae', 'ß': 'ss', 'ø': 'o', 'ł': 'l', 'ı': 'i'
  };
  const VARIANT = new RegExp(`[${Object.keys(VARIANTS).join('')}]`, 'g');

  function unescaped(text) {
    return text.replace(/\\(.)/g, '$1').trim();
  }

  /** Splits at a sign that has no backslash before it. */
  function split(text, sign) {
    const parts = [''];
    for (let index = 0; index < text.length; index += 1) {
      if (text[index] === '\\') {
        parts[parts.length - 1] += text.slice(index, index + 2);
        index += 1;
      } else if (text[index] === sign) {
        parts.push('');
      } else {
        parts[parts.length - 1] += text[index];
      }
    }
    return parts;
  }

  function readGap(inside) {
    const [answers, ...hint] = split(inside, ':');
    return {answers: split(answers, '/').map(unescaped).filter(Boolean), hint: unescaped(hint.join(':'))};
  }

  /** The text as nodes, an empty <span data-gap="0"> where a gap is, and the gaps themselves. */
  kit.readGaps = function (html) {
    const body = new DOMParser().parseFromString(html || '', 'text/html').body;
    const gaps = [];
    const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) {
      texts.push(walker.currentNode);
    }
    texts.forEach((node) => {
      const parts = [];
      let from = 0;
      for (const found of node.data.matchAll(ESCAPED_OR_GAP)) {
        const gap = found[1] && readGap(found[1]);
        if (gap && gap.answers.length) {
          parts.push(node.data.slice(from, found.index).replace(/\\(\*)/g, '$1'));
          parts.push(kit.el('span', {data: {gap: gaps.length}}));
          gaps.push(gap);
          from = found.index + found[0].length;
        }
      }
      parts.push(node.data.slice(from).replace(/\\(\*)/g, '$1'));
      node.replaceWith(...parts.filter((part) => part !== ''));
    });
    return {body, gaps};
  };

  /** What two answers have in common when they are as good as equal. */
  kit.comparable = function (text, {caseSensitive, tolerant}) {
    let known = String(text).normalize('NFKC').replace(/[\u2018\u2019\u02BC]/g, '\'').replace(/[\u201C\u201D«»]/g, '"')
      .replace(/[\u2010-\u2015]/g, '-').replace(/[\u200B-\u200F\u202A-\u202E\u2066-\u2069]/g, '').replace(/\s+/g, ' ').trim()
      .replace(/[\u0660-\u0669]/g, (digit) => digit.charCodeAt(0) - 0x0660)
      .replace(/[\u06F0-\u06F9]/g, (digit) => digit.charCodeAt(0) - 0x06F0);
    if (!caseSensitive) {
      known = known.toLowerCase();
    }
    if (tolerant) {
      known = known.normalize('NFD').replace(MARKS, '').normalize('NFC').replace(VARIANT, (letter) => VARIANTS[letter]);
    }
    return known;
  };
})(window.JusticeKit);
