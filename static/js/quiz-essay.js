// Counts words as they are typed, the way the server does.

const WIDE = /[\u2e80-\u9fff]/g;

export const countWords = (text) => {
  const wide = (text.match(WIDE) ?? []).length;
  const spaced = text.split(/\s+/).filter((part) => part && part.replace(WIDE, "") !== "").length;
  return spaced + Math.ceil(wide / 2);
};

export const equipEssays = (root) => {
  for (const essay of root.querySelectorAll("[data-essay]")) {
    const text = essay.querySelector("textarea");
    const line = essay.querySelector("[data-count]");
    if (!text || !line) continue;
    const { min, max } = essay.dataset;
    const number = new Intl.NumberFormat(document.documentElement.lang);
    const count = () => {
      const words = countWords(text.value);
      line.textContent = `${line.dataset.word} ${number.format(words)}${Number(max) ? ` / ${number.format(max)}` : ""}`;
      line.classList.toggle("warn", (Number(max) && words > Number(max)) || (words > 0 && words < Number(min)));
    };
    text.addEventListener("input", count);
    essay.closest("[data-question]")?.addEventListener("quiz:put-back", count);
    count();
  }
};
