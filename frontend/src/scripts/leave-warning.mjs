// <form data-leave-warning> asks before the page is left with changes that neither the form nor a draft has sent.
import { typed } from "./fields.mjs";

export function leaveWarning() {
  document.querySelectorAll("form[data-leave-warning]").forEach((form) => {
    const before = typed(form).toString();
    let sending = false;
    form.addEventListener("submit", () => {
      sending = true;
    });
    window.addEventListener("beforeunload", (event) => {
      const now = typed(form).toString();
      if (!sending && now !== before && now !== form.dataset.draftSaved) event.preventDefault();
    });
    window.addEventListener("pageshow", () => {
      sending = false;
    });
  });
}
