// <table data-select-all="Select all rows on this page"> gets one check box in its head that ticks those of its rows.
export function selectAll() {
  document.querySelectorAll("table[data-select-all]").forEach((table) => {
    const place = table.tHead?.querySelector(".os-pick");
    const ticks = [...table.tBodies[0].querySelectorAll("input.os-tick")];
    if (!place || ticks.length === 0) return;
    const all = document.createElement("input");
    all.type = "checkbox";
    all.className = "os-tick";
    all.setAttribute("aria-label", table.dataset.selectAll);
    place.replaceChildren(all);

    function show() {
      const count = ticks.filter((tick) => tick.checked).length;
      all.checked = count === ticks.length;
      all.indeterminate = count > 0 && count < ticks.length;
      const words = document.getElementById(table.dataset.countIn);
      if (words) words.textContent = String(count);
    }

    all.addEventListener("change", () => {
      ticks.forEach((tick) => {
        tick.checked = all.checked;
      });
      show();
    });
    table.addEventListener("change", show);
    show();
  });
}
