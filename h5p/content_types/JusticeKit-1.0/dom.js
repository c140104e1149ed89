/**
 * JusticeKit, part 1 of 4: building the page. Everything hangs off `window.JusticeKit`, called `kit` below.
 *
 *   kit.el('p', {class: 'jk-note', text: 'Words'}, child, …)   an element; see `el` for the keys that mean something
 *   kit.button({label, icon, kind, onClick, describedBy})       a button; kind: 'main', 'plain' (usual) or 'quiet'
 *   kit.html(html, {tag, class})       HTML of a parameter, with its own direction; links open outside
 *   kit.withLinksOutside(element)      the same for an element that was made otherwise
 *   kit.plain(text)                    plain text of a parameter as it is meant: H5P hosts escape it
 *   kit.words(html)                    what somebody reads of HTML
 *   kit.picture(picture, contentId)    a figure of {file, alt, caption}, or null
 *   kit.optionRow({type, name, checked, html, onChange})   a radio button or box with its words: {label, input, extra}
 *   kit.mark('right' or 'wrong', word) a sign beside an answer: an icon and a word
 *   kit.icon(name)                     right, wrong, partly, up, down, next, back, chevron, info
 *   kit.fill(':score of :max', {score: 1, max: 2})
 *   kit.uid('option')                  an id that nothing else has
 *   kit.shuffled(count)                0 … count-1 in an order by chance
 *   kit.merge(defaults, params)        parameters with what is missing filled in
 *   kit.direction(words), kit.wordsOf(params)    'rtl', 'ltr' or '' by the letters of most words
 */
(function (kit) {
  'use strict';

  const SVG = 'http://www.w3.org/2000/svg';
  const ICONS = {
    right: 'M4 12.5l5 5L20 6.5',
    wrong: 'M6 6l12 12M18 6L6 18',
    partly: 'M5 12h14',
    up: 'M12 19V5M5 12l7-7 7 7',
    down: 'M12 5v14M5 12l7 7 7-7',
    next: 'M5 12h14M13 5l7 7-7 7',
    back: 'M19 12H5M11 5l-7 7 7 7',
    chevron: 'M6 9l6 6 6-6',
    info: 'M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M12 11.5v5M12 7.5v.25'
  };
  const MIRRORED = ['next', 'back'];
  const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/gu;
  const LETTER = /\p{L}/gu;
  let lastId = 0;

  /**
   * Makes an element. `text` and `html` fill it, `on` holds listeners by event, `class` may be a list, `data` sets
   * data- attributes; null, undefined and false leave an attribute out. Children: elements, text, lists, or nothing.
   */
  kit.el = function (tag, attributes, ...children) {
    const element = document.createElement(tag);
    Object.entries(attributes || {}).forEach(([key, value]) => {
      if (value === null || value === undefined || value === false) {
        return;
      }
      if (key === 'text') {
        element.textContent = value;
      } else if (key === 'html') {
        element.innerHTML = value;
      } else if (key === 'on') {
        Object.entries(value).forEach(([event, listener]) => element.addEventListener(event, listener));
      } else if (key === 'data') {
        Object.assign(element.dataset, value);
      } else if (key === 'class') {
        element.className = [].concat(value).filter(Boolean).join(' ');
      } else {
        element.setAttribute(key, value === true ? '' : value);
      }
    });
    element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
    return element;
  };

  kit.icon = function (name) {
    const svg = document.createElementNS(SVG, 'svg');
    svg.setAttribute('viewBox', '0 0 24 24');
    svg.setAttribute('aria-hidden', 'true');
    svg.setAttribute('focusable', 'false');
    svg.setAttribute('class', 'jk-icon' + (MIRRORED.includes(name) ? ' jk-mirrored' : ''));
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', ICONS[name]);
    svg.append(path);
    return svg;
  };

  kit.button = function ({label, icon, kind, onClick, describedBy, hiddenLabel}) {
    const sign = icon && kit.icon(icon);
    return kit.el('button', {
      type: 'button',
      class: ['jk-button', `jk-button-${kind || 'plain'}`, hiddenLabel && 'jk-button-icon'],
      'aria-describedby': describedBy,
      on: {click: onClick}
    }, icon !== 'next' && sign, kit.el('span', {class: hiddenLabel && 'jk-hidden', text: label}), icon === 'next' && sign);
  };

  kit.html = function (html, {tag = 'div', ...attributes} = {}) {
    return kit.withLinksOutside(kit.el(tag, {dir: 'auto', ...attributes, html: html || ''}));
  };

  /** A link must not replace the exercise: it opens a window of its own. */
  kit.withLinksOutside = function (element) {
    element.querySelectorAll('a[href]').forEach((link) => {
      link.target = '_blank';
      link.rel = 'noopener noreferrer';
    });
    return element;
  };

  kit.plain = function (text) {
    const area = document.createElement('textarea');
    area.innerHTML = text === undefined || text === null ? '' : String(text);
    return area.value;
  };

  kit.words = function (html) {
    const parsed = new DOMParser().parseFromString(String(html || ''), 'text/html');
    return parsed.body.textContent.replace(/\s+/g, ' ').trim();
  };

  kit.picture = function (picture, contentId) {
    const file = picture && picture.file;
    if (!file || !file.path) {
      return null;
    }
    const image = kit.el('img', {
      src: H5P.getPath(file.path, contentId),
      alt: kit.plain(picture.alt),
      width: file.width,
      height: file.height,
      class: 'jk-picture-image'
    });
    const caption = kit.plain(picture.caption);
    return kit.el('figure', {class: 'jk-picture'}, image,
      caption && kit.el('figcaption', {dir: 'auto', text: caption}));
  };

  kit.optionRow = function ({type, name, checked, html, onChange}) {
    const id = kit.uid('option');
    const input = kit.el('input', {type, name, checked, 'aria-describedby': id, on: {change: onChange}});
    const extra = kit.el('span', {class: 'jk-option-extra', id});
    const words = kit.html(html, {tag: 'span', class: 'jk-option-words'});
    return {input, extra, label: kit.el('label', {class: 'jk-option'}, input, words, extra)};
  };

  kit.mark = function (kind, word) {
    return kit.el('span', {class: ['jk-mark', `jk-${kind}`]}, kit.icon(kind), word);
  };

  kit.fill = function (sentence, values) {
    return kit.plain(sentence).replace(/:([a-zA-Z]+)/g, (whole, name) => name in values ? values[name] : whole);
  };

  kit.uid = function (prefix) {
    lastId += 1;
    return `jk-${prefix}-${lastId}`;
  };

  kit.shuffled = function (count) {
    const order = Array.from({length: count}, (_, index) => index);
    for (let last = count - 1; last > 0; last -= 1) {
      const other = Math.floor(Math.random() * (last + 1));
      [order[last], order[other]] = [order[other], order[last]];
    }
    return order;
  };

  function isGroup(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  }

  kit.merge = function (defaults, params) {
    const merged = {...defaults};
    Object.entries(params || {}).forEach(([key, value]) => {
      if (value !== undefined && value !== null) {
        merged[key] = isGroup(value) && isGroup(defaults[key]) ? kit.merge(defaults[key], value) : value;
      }
    });
    return merged;
  };

  /** All that an author wrote, without the words of the interface. */
  kit.wordsOf = function (params) {
    if (typeof params === 'string') {
      return kit.words(params);
    }
    if (typeof params !== 'object' || params === null || (params.path && params.mime)) {
      return '';
    }
    return Object.entries(params)
      .filter(([key]) => !['texts', 'behaviour', 'library', 'subContentId', 'metadata'].includes(key))
      .map(([, value]) => kit.wordsOf(value))
      .join(' ');
  };

  kit.direction = function (words) {
    const letters = (words.match(LETTER) || []).length;
    if (!letters) {
      return '';
    }
    return (words.match(RIGHT_TO_LEFT) || []).length * 2 > letters ? 'rtl' : 'ltr';
  };
})(window.JusticeKit = window.JusticeKit || {});
