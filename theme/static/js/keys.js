// Single keys, listed at /saved/#keyboard. Off while typing, and wherever the reader has switched them off.
(() => {
  const digest = window.newsDigest;
  const OTHER_SCRIPT = /^(?:(?!\p{Script=Latin})[\p{L}\p{M}])+$/u;
  const FULL_WIDTH = /^[！-～]$/;
  let awaitsPlace = false;

  const isOn = () => digest.load("keys", true) !== false;
  const go = (link) => link && location.assign(link.href);
  const shown = () =>
    [...document.querySelectorAll("main .story[data-slug]")].filter((story) => story.getClientRects().length);
  const chosen = () => document.activeElement?.closest("main [data-slug]") || document.querySelector(".report-main[data-slug]");

  function choose(step) {
    const stories = shown();
    const index = stories.indexOf(chosen());
    const visible = stories.findIndex((story) => story.getBoundingClientRect().top >= 0);
    const story = stories[index < 0 ? Math.max(visible, 0) : index + step];
    if (!story) return;
    story.tabIndex = -1;
    story.focus({ preventScroll: true });
    story.scrollIntoView({ block: "nearest" });
  }

  // What stands first in the story: its way out, the page's main button, the headline.
  function follow(...selectors) {
    for (const selector of selectors) {
      const link = chosen()?.querySelector(selector);
      if (link) return link.click();
    }
  }

  function setUpSwitch(place) {
    for (const box of place.querySelectorAll("[data-keys]")) {
      box.checked = isOn();
      box.addEventListener("change", () => {
        digest.keepOrSay("keys", box.checked, box.closest("label"));
        box.checked = isOn();
      });
    }
  }

  // What is written on the key says what it does, wherever it lies (Dvorak, AZERTY). Letters of another script name none
  // of ours: then it is the place of the key that counts.
  function nameOf({ key, code, shiftKey }) {
    if (FULL_WIDTH.test(key)) return key.normalize("NFKC");
    if (key === "؟") return "?";
    if (!OTHER_SCRIPT.test(key)) return key;
    if (code === "Slash") return shiftKey ? "?" : "/";
    return shiftKey ? "" : code.replace(/^Key/, "").toLowerCase();
  }

  const isModified = (event) =>
    event.ctrlKey || event.metaKey || event.altKey || event.getModifierState?.("AltGraph") === true;
  // While a word is put together, keys belong to the input method; 229 is all that some browsers say of it.
  const isComposing = (event) => event.isComposing || event.keyCode === 229;

  const actions = {
    __proto__: null,
    j: () => choose(1),
    k: () => choose(-1),
    o: () => follow(".read", ".report-actions a", ".story-title a"),
    p: () => follow(".story-title a"),
    s: () => chosen() && digest.toggleSaved(chosen()),
    m: () => {
      const story = chosen();
      if (!story) return;
      const { slug } = story.dataset;
      digest.setRead(slug, !digest.isRead(slug), story.querySelector("[data-save]").parentElement);
    },
    h: () => go(document.querySelector("main a[rel~=prev], link[rel~=prev]")),
    l: () => go(document.querySelector("main a[rel~=next], link[rel~=next]")),
    t: digest.turnColours,
    "/": () => {
      const box = document.getElementById("q");
      if (box) box.focus();
      else go(document.querySelector(".masthead a[href$='search/']"));
    },
    "?": () => digest.openPanel("keyboard", setUpSwitch),
  };

  document.addEventListener("keydown", (event) => {
    const { target } = event;
    if (event.defaultPrevented || isModified(event) || isComposing(event) || !isOn()) return;
    if (target.closest?.("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable], dialog")) return;
    const key = nameOf(event);
    let action = actions[key];
    // Enter belongs to the links and buttons inside a story; on the story itself it is free.
    if (key === "Enter" && target.matches?.(".story[data-slug]")) action = actions.o;
    if (awaitsPlace && key === "h") action = () => location.assign(digest.base);
    awaitsPlace = key === "g";
    if (!action) return;
    event.preventDefault();
    action();
  });

  setUpSwitch(document);
})();
