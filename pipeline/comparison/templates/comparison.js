(() => {
  const form = document.getElementById("filters");
  const rows = [...document.querySelectorAll("tr[data-kinds]")];
  const count = document.getElementById("count");
  const nothing = document.getElementById("nothing");
  const find = document.getElementById("text");
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

  for (const event of ["input", "change"]) form.addEventListener(event, filter);
  form.querySelector("[type=reset]").addEventListener("click", (event) => {
    event.preventDefault();
    form.reset();
    filter();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  filter();
})();
