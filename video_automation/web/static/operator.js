// The operators' page: what it shows is looked at anew every few seconds, but where somebody reads or marks it.

const EVERY_MS = 5000;

const isInUse = (part) => part.contains(document.activeElement) || part.matches(":hover") || (getSelection().type === "Range" && getSelection().containsNode(part, true));

async function refresh() {
  if (document.hidden) return;
  const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
  if (!answer.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of document.querySelectorAll("[data-live]")) {
    const now = fresh.querySelector(`[data-live="${part.dataset.live}"]`);
    if (now && now.innerHTML !== part.innerHTML && !isInUse(part)) part.replaceChildren(...now.childNodes);
  }
}

async function goOn() {
  try {
    await refresh();
  } catch { // what was known stays, and is asked for again
    document.querySelector("[data-live=state]").textContent = "The service does not answer.";
  }
  setTimeout(goOn, EVERY_MS);
}

setTimeout(goOn, EVERY_MS);
