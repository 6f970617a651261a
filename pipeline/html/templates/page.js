"use strict";
// Letters and digits without accents and capitals, as the pages' data-text holds them.
const fold = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/g, "d")
  .replace(/[^\p{L}\p{N}]+/gu, " ").trim();

// The language of all labels; what documents say stays as it is.
function speak(language) {
  document.documentElement.lang = language;
  for (const button of document.querySelectorAll("button[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === language));
  }
  for (const element of document.querySelectorAll("[data-vi]")) {
    const label = element.dataset[language];
    if (element.tagName === "INPUT") element.placeholder = label;
    else if (element.tagName === "TITLE" || element.tagName === "OPTION") element.textContent = label;
    else element.setAttribute("aria-label", label);
  }
}

for (const button of document.querySelectorAll("button[data-language]")) {
  button.addEventListener("click", () => speak(button.dataset.language));
}
speak(location.hash === "#en" ? "en" : "vi");
