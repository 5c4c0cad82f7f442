// <form data-autosave-url="..."> sends what is typed there a few seconds after a change, and when the page is put away.
// <p data-autosave-status data-saved="Draft saved at" data-failed="..."> in the form tells the reader.
import { token, typed } from "./fields.mjs";

const WAIT = 4000;

export function autosave() {
  document.querySelectorAll("form[data-autosave-url]").forEach(keep);
}

function keep(form) {
  const status = form.querySelector("[data-autosave-status]");
  let sent = typed(form).toString();
  let timer;
  let finished = false;

  async function save() {
    clearTimeout(timer);
    const fields = typed(form);
    const now = fields.toString();
    if (finished || now === sent) return;
    try {
      const answer = await fetch(form.dataset.autosaveUrl, {
        body: fields,
        headers: { "X-CSRFToken": token(form) },
        keepalive: now.length < 60000,
        method: "POST",
        redirect: "error",
      });
      if (!answer.ok) throw new Error(String(answer.status));
      sent = now;
      form.dataset.draftSaved = now;
      const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
      if (status) status.textContent = `${status.dataset.saved} ${time}`;
    } catch {
      if (status) status.textContent = status.dataset.failed;
    }
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, WAIT);
  });
  form.addEventListener("submit", () => {
    finished = true;
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save();
  });
}
