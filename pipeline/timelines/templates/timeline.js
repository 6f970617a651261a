(() => {
  const form = document.getElementById("filters");
  const rows = [...document.querySelectorAll(".task")];
  const count = document.getElementById("count");
  const find = document.getElementById("text");
  const visible = (holder) => [...holder.querySelectorAll(".task")].filter((row) => !row.hidden).length;
  const chosen = (name) => (form.elements[name] ? form.elements[name].value : "");

  function filter() {
    const kinds = new Set([...form.querySelectorAll("[name=kind]:checked")].map((box) => box.value));
    const words = fold(find.value).split(" ").filter(Boolean);
    const [body, heading, plan] = ["body", "heading", "plan"].map(chosen);
    let shown = 0;
    for (const row of rows) {
      const facts = row.dataset;
      row.hidden = !(kinds.has(facts.kind)
        && (!body || facts.bodies.split(" ").includes(body))
        && (!heading || facts.heading === heading)
        && (!plan || facts.plan === plan)
        && words.every((word) => facts.text.includes(word)));
      shown += row.hidden ? 0 : 1;
    }
    count.textContent = `${shown} / ${rows.length}`;
    document.getElementById("nothing").hidden = shown > 0;
    for (const lane of document.querySelectorAll(".lane")) {
      const held = visible(lane);
      const number = lane.querySelector(".number");
      lane.hidden = held === 0;
      if (number) number.textContent = held;
    }
    for (const holder of document.querySelectorAll("[data-holds]")) {
      const held = visible(holder);
      holder.hidden = held === 0;
      document.querySelector(`[data-place=${holder.dataset.holds}]`).textContent = held;
    }
  }

  // Arrow keys go from task to task; Escape closes an open one.
  function onKey(event) {
    const row = event.target.closest && event.target.closest(".task");
    if (!row) return;
    const shown = rows.filter((each) => !each.hidden);
    const to = { ArrowDown: shown.indexOf(row) + 1, ArrowUp: shown.indexOf(row) - 1, Home: 0, End: shown.length - 1 };
    if (event.key === "Escape") row.open = false;
    else if (!(event.key in to)) return;
    const target = event.key === "Escape" ? row : shown[to[event.key]];
    if (!target) return;
    event.preventDefault();
    target.querySelector("summary").focus();
  }

  for (const name of ["input", "change"]) form.addEventListener(name, filter);
  form.querySelector("[type=reset]").addEventListener("click", (event) => {
    event.preventDefault();
    form.reset();
    filter();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("keydown", onKey);
  filter();
})();
