// <div data-refresh="4" aria-live="polite" id="..."> is fetched again every so many seconds, until the answer says no more.
// Only its content changes: the focus stays where it is. Without this script the page has a link to look again.
export function refresh() {
  const region = document.querySelector("[data-refresh]");
  const seconds = Number(region?.dataset.refresh);
  if (!seconds) return;

  async function look() {
    const answer = await fetch(window.location.href).catch(() => null);
    const fresh = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(region.id);
    if (fresh) region.replaceChildren(...fresh.childNodes);
    if (!fresh || fresh.dataset.refresh) setTimeout(look, seconds * 1000);
  }

  setTimeout(look, seconds * 1000);
}
