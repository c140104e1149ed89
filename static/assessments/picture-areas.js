// Shows the areas of a picture over it. They are drawn with the mouse, moved with the arrow keys, and say what the
// number fields of their rows say. Without it the numbers are typed.

const SIDES = ["x", "y", "width", "height"];
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const LEAST = 2;

const hold = (value, least, most) => Math.min(Math.max(value, least), most);
const rounded = (value) => String(Math.round(value * 10) / 10);

for (const desk of document.querySelectorAll("[data-picture-areas]")) {
  const form = desk.closest("form");
  const frame = desk.querySelector("[data-frame]");
  const picture = desk.querySelector("[data-picture]");
  const chosen = document.getElementById(desk.dataset.pictureField);
  const rows = [...form.querySelectorAll("[data-option-rows]")].find((one) => one.querySelector('[name^="areas-"]'));
  const boxes = new Map();

  const side = (row, name) => row.querySelector(`[name$="-${name}"]`);
  const shapeOf = (row) => {
    const values = SIDES.map((name) => Number.parseFloat(side(row, name).value.replace(",", ".")));
    return values.some(Number.isNaN) ? null : Object.fromEntries(SIDES.map((name, place) => [name, values[place]]));
  };
  const write = (row, shape) => {
    const width = hold(shape.width, LEAST, 100);
    const height = hold(shape.height, LEAST, 100);
    const kept = { x: hold(shape.x, 0, 100 - width), y: hold(shape.y, 0, 100 - height), width, height };
    for (const name of SIDES) side(row, name).value = rounded(kept[name]);
    draw();
    form.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const added = () => {
    rows.querySelector("[data-add]").click();
    return rows.querySelector("[data-list]").lastElementChild;
  };

  const boxOf = (row) => {
    if (boxes.has(row)) return boxes.get(row);
    const box = document.createElement("button");
    box.type = "button";
    box.className = "picture-areas__area";
    box.setAttribute("aria-describedby", "areas-help");
    box.addEventListener("keydown", (event) => {
      const step = STEPS[event.key];
      const shape = step && shapeOf(row);
      if (!shape) return;
      event.preventDefault();
      const [across, down] = step;
      const grown = { ...shape, width: shape.width + across, height: shape.height + down };
      write(row, event.shiftKey ? grown : { ...shape, x: shape.x + across, y: shape.y + down });
    });
    box.addEventListener("click", () => row.querySelector('[name$="-text"]').focus());
    frame.append(box);
    boxes.set(row, box);
    return box;
  };

  const draw = () => {
    const list = [...rows.querySelectorAll("[data-row]:not([hidden])")];
    for (const [row, box] of boxes) if (!list.includes(row)) box.remove();
    list.forEach((row, index) => {
      const shape = shapeOf(row);
      const box = boxOf(row);
      box.hidden = !shape;
      if (!shape) return;
      const name = row.querySelector('[name$="-text"]').value;
      box.textContent = index + 1;
      box.setAttribute("aria-label", `${desk.dataset.areaName} ${index + 1} ${name}`.trim());
      box.classList.toggle("picture-areas__area--right", row.querySelector('[name$="-correct"]').checked);
      box.style.left = `${shape.x}%`;
      box.style.top = `${shape.y}%`;
      box.style.width = `${shape.width}%`;
      box.style.height = `${shape.height}%`;
    });
  };

  const show = () => {
    desk.hidden = !chosen.value;
    if (chosen.value) picture.src = desk.dataset.pictureAreas.replace(/\/0\/$/, `/${chosen.value}/`);
  };

  const at = (event) => {
    const around = frame.getBoundingClientRect();
    return {
      x: hold(((event.clientX - around.left) / around.width) * 100, 0, 100),
      y: hold(((event.clientY - around.top) / around.height) * 100, 0, 100),
    };
  };

  frame.addEventListener("pointerdown", (event) => {
    if (event.target.closest("button")) return;
    event.preventDefault();
    frame.setPointerCapture(event.pointerId);
    const from = at(event);
    const empty = [...rows.querySelectorAll("[data-row]:not([hidden])")].find((row) => !shapeOf(row));
    let row;
    const drag = (move) => {
      const to = at(move);
      const shape = { x: Math.min(from.x, to.x), y: Math.min(from.y, to.y) };
      shape.width = Math.abs(from.x - to.x);
      shape.height = Math.abs(from.y - to.y);
      if (!row && (shape.width < LEAST || shape.height < LEAST)) return;
      row ??= empty ?? added();
      write(row, shape);
    };
    frame.addEventListener("pointermove", drag);
    const end = () => {
      frame.removeEventListener("pointermove", drag);
      row?.querySelector('[name$="-text"]').focus();
    };
    frame.addEventListener("pointerup", end, { once: true });
  });

  form.addEventListener("input", draw);
  form.addEventListener("change", () => {
    show();
    draw();
  });
  show();
  draw();
}
