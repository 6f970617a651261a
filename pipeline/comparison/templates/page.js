"use strict";
(() => {
  const form = document.getElementById("filters");
  const rows = [...document.querySelectorAll("tr[data-kinds]")];
  const count = document.getElementById("count");
  const nothing = document.getElementById("nothing");
  const find = document.getElementById("text");
  const fold = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/g, "d")
    .replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  const has = (row, name, value) => row.dataset[name].split(" ").includes(value);

  function filter() {
    const kinds = [...form.elements.kind].filter((box) => box.checked).map((box) => box.value);
    const words = fold(find.value).split(" ").filter(Boolean);
    const body = form.elements.body.value;
    const month = form.elements.month.value;
    let shown = 0;
    for (const row of rows) {
      row.hidden = !(kinds.some((kind) => has(row, "kinds", kind))
        && (!body || has(row, "bodies", body))
        && (!month || has(row, "months", month))
        && words.every((word) => row.dataset.text.includes(word)));
      shown += row.hidden ? 0 : 1;
    }
    count.textContent = `${shown} / ${rows.length}`;
    nothing.hidden = shown > 0;
  }

  function speak(language) {
    document.documentElement.lang = language;
    for (const button of document.querySelectorAll("button[data-language]")) {
      button.setAttribute("aria-pressed", String(button.dataset.language === language));
    }
    for (const element of document.querySelectorAll("[data-vi]")) {
      const label = element.dataset[language];
      if (element === find) element.placeholder = label;
      else if (element.tagName === "TITLE" || element.tagName === "OPTION") element.textContent = label;
      else element.setAttribute("aria-label", label);
    }
  }

  for (const event of ["input", "change"]) form.addEventListener(event, filter);
  form.addEventListener("reset", () => setTimeout(filter));
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const button of document.querySelectorAll("button[data-language]")) {
    button.addEventListener("click", () => speak(button.dataset.language));
  }
  filter();
  speak(location.hash === "#en" ? "en" : "vi");
})();
