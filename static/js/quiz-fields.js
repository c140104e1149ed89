// The fields of one question: what they hold, and putting back what they held.

const answering = (question) =>
  [...question.querySelectorAll("[name^='item-']")].filter(({ type }) => type !== "file");

const isChoice = ({ type }) => type === "checkbox" || type === "radio";

export const fieldsOf = (question) =>
  answering(question)
    .filter((field) => !isChoice(field) || field.checked)
    .map(({ name, value }) => [name, value]);

export const putBack = (question, fields) => {
  for (const field of answering(question)) {
    if (field.type === "hidden") continue;
    const values = fields.filter(([name]) => name === field.name).map(([, value]) => value);
    if (isChoice(field)) field.checked = values.includes(field.value);
    else field.value = values[0] ?? "";
  }
  question.dispatchEvent(new CustomEvent("quiz:put-back"));
};

export const isAnswered = (question) => {
  const fields = answering(question);
  if (question.querySelector("[data-ordering]")) return fields.every(({ value }) => value);
  return fields.some((field) => (isChoice(field) ? field.checked : field.value.trim() !== ""));
};
