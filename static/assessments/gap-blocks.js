// Gives each [[mark]] in the text of a question with gaps its block of answers, and adds a mark with a button. Without
// it the blocks of new marks come once the question was saved.

const MARK = /\[\[([A-Za-z0-9_-]{1,36})\]\]/g;

for (const gaps of document.querySelectorAll("[data-gaps]")) {
  const form = gaps.closest("form");
  const list = gaps.querySelector("[data-gap-list]");
  const spare = gaps.querySelector("[data-spare-gap]");
  const known = gaps.querySelector('[name="gaps"]');
  const add = gaps.querySelector("[data-add-gap]");
  const keys = () => known.value.split(",").filter(Boolean);

  const addBlock = (key) => {
    list.insertAdjacentHTML("beforeend", spare.innerHTML.replaceAll("__gap__", key));
    known.value = [...keys(), key].join(",");
    list.lastElementChild.dispatchEvent(new Event("rows-arrived", { bubbles: true }));
  };

  const follow = () => {
    const text = form.querySelector('[name="stem"]').value;
    for (const [, key] of text.matchAll(MARK)) if (!keys().includes(key)) addBlock(key);
  };

  // The editor takes in what is pasted where its cursor stands.
  const write = (mark) => {
    const editor = form.querySelector(".public-DraftEditor-content");
    editor.focus();
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", mark);
    editor.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  };

  add.hidden = false;
  add.addEventListener("click", () => {
    const numbers = keys().map(Number).filter(Number.isInteger);
    const key = String(Math.max(0, ...numbers) + 1);
    addBlock(key);
    write(`[[${key}]]`);
    form.dispatchEvent(new Event("change", { bubbles: true }));
  });
  for (const kind of ["input", "change", "keyup"]) form.addEventListener(kind, () => setTimeout(follow, 400));
}
