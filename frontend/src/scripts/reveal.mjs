// <input type="radio" data-reveals="id"> shows the element while it is chosen. The component of GOV.UK Frontend does the same with
// aria-expanded, which a radio button may not have; the revealed field follows its choice in reading order, which is enough.
export function reveal() {
  const choices = [...document.querySelectorAll("input[data-reveals]")];

  function show() {
    choices.forEach((choice) => {
      document.getElementById(choice.dataset.reveals)?.toggleAttribute("hidden", !choice.checked);
    });
  }

  if (choices.length === 0) return;
  document.addEventListener("change", show);
  window.addEventListener("pageshow", show);
  show();
}
