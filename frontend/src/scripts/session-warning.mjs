// Warns before the session ends for want of use, and extends it with one press. The page may be open in several tabs:
// the time of the last answer from the server is shared through local storage, so that no tab warns while another works.
//
// <div id="session-warning" hidden data-idle-seconds="900" data-extend-url="/..." data-csrf="..."> holds
// [data-warning] with a button [data-extend] and [data-time] for the minutes left, and [data-ended] with a link to sign in.
const AHEAD = 150;
const KEY = "opensponsor-last-answer";

export function sessionWarning() {
  const bar = document.getElementById("session-warning");
  const idle = Number(bar?.dataset.idleSeconds);
  if (!bar || !idle) return;
  const warning = bar.querySelector("[data-warning]");
  const ended = bar.querySelector("[data-ended]");
  const time = bar.querySelector("[data-time]");
  let mine = Date.now();
  let shown = "";
  share();

  function share() {
    mine = Date.now();
    try {
      localStorage.setItem(KEY, String(mine));
    } catch {
      // Storage may be switched off: each tab then counts for itself.
    }
  }

  function last() {
    try {
      return Math.max(mine, Number(localStorage.getItem(KEY)) || 0);
    } catch {
      return mine;
    }
  }

  function show(state) {
    if (state === shown) return;
    shown = state;
    warning.hidden = state !== "warning";
    ended.hidden = state !== "ended";
    bar.hidden = state === "";
    document.body.classList.toggle("os-session-shown", state !== "");
  }

  function look() {
    const left = idle - (Date.now() - last()) / 1000;
    if (shown === "ended") return;
    if (left <= 0) show("ended");
    else if (left <= AHEAD) {
      const minutes = String(Math.max(1, Math.ceil(left / 60)));
      if (time.textContent !== minutes) time.textContent = minutes;
      show("warning");
    } else show("");
  }

  bar.querySelector("[data-extend]").addEventListener("click", async () => {
    const headers = { "X-CSRFToken": bar.dataset.csrf };
    const answer = await fetch(bar.dataset.extendUrl, { headers, method: "POST", redirect: "manual" }).catch(() => null);
    if (answer?.ok) {
      share();
      show("");
    } else if (answer) show("ended");
  });
  document.addEventListener("visibilitychange", look);
  setInterval(look, 1000);
}
