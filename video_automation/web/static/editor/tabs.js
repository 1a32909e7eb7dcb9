// Tabs as the ARIA practices have them: arrows move, the chosen one alone is a stop of the Tab key. The panel of the chosen one gets
// the event "chosen".

export function mountTabs(list) {
  const tabs = [...list.querySelectorAll("[role=tab]")];
  const panel = (tab) => document.getElementById(tab.getAttribute("aria-controls"));
  const choose = (chosen) => {
    for (const tab of tabs) {
      tab.setAttribute("aria-selected", tab === chosen);
      tab.tabIndex = tab === chosen ? 0 : -1;
      panel(tab).classList.toggle("chosen", tab === chosen);
    }
    panel(chosen).dispatchEvent(new Event("chosen"));
  };
  for (const tab of tabs) tab.addEventListener("click", () => choose(tab));
  list.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const shown = tabs.filter((tab) => tab.offsetParent);
    const next = shown[(shown.indexOf(document.activeElement) + step + shown.length) % shown.length];
    choose(next);
    next.focus();
    event.preventDefault();
  });
  return { choose: (name) => choose(tabs.find((tab) => tab.getAttribute("aria-controls") === name)) };
}
