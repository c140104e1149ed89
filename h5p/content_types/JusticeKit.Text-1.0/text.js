/** JusticeKit.Text: something to read, perhaps with a picture. Told as read once its end has been seen. */
(function (kit) {
  'use strict';

  class Text extends kit.Content {
    constructor(params, contentId, extras) {
      super(params, contentId, extras, Text.defaults);
    }

    build(root) {
      const end = kit.el('span', {'aria-hidden': 'true'});
      root.append(...[
        kit.html(this.params.text, {class: 'jk-prose'}), kit.picture(this.params.picture, this.contentId), end
      ].filter(Boolean));
      this.whenSeen(end, () => this.consumed());
    }
  }

  Text.kind = 'text';
  Text.title = 'Text and picture';
  Text.defaults = {};
  kit.Text = Text;
})(window.JusticeKit);
