// Says how many questions a draw could choose from while it is being set up.

for (const form of document.querySelectorAll("[data-draw]")) {
  const said = form.querySelector("[data-pool]");
  form.addEventListener("change", async () => {
    const chosen = new URLSearchParams(new FormData(form));
    chosen.delete("csrfmiddlewaretoken");
    const response = await fetch(`${form.dataset.draw}?${chosen}`);
    if (response.ok) said.textContent = await response.text();
  });
}
