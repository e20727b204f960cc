// What a reader wants to hear nothing of: hidden sources and muted words. Lists say how much is missing, and show it.
(() => {
  const digest = window.newsDigest;
  const root = document.documentElement;
  const main = document.getElementById("main");
  const UNITS = ".story[data-slug], .ranking > li, .member, .story-row, .timeline-report";
  const TEXTS = ":is(.kicker, .story-excerpt, [class$='title'])";
  // Scripts that are written without spaces: a word may begin anywhere in them.
  const DENSE = "Han Hiragana Katakana Thai Lao Khmer Myanmar".replace(/\w+ ?/g, (name) => `\\p{Script=${name.trim()}}`);
  // Accents, and the vowel signs and stretches of Hebrew and Arabic; in other scripts such signs make other letters.
  const MARKS = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]/g;
  let note = null;

  const plain = (text) => text.normalize("NFKD").replace(MARKS, "").normalize("NFC").toLowerCase();

  // Finds where one of the words begins; before an Arabic word its article may stand.
  function finder(words) {
    const parts = words.map((word) => {
      const text = word.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&").replace(/\s+/g, "\\s+");
      const isDense = new RegExp(`^[${DENSE}]`, "u").test(word);
      return isDense ? text : `(?:^|[^\\p{L}\\p{M}\\p{N}]|[${DENSE}])(?:و?ال|لل)?${text}`;
    });
    return parts.length ? new RegExp(parts.join("|"), "u") : null;
  }

  const mutedWords = () =>
    digest.list("muted").flatMap(({ words }) => words.map((word) => plain(word).trim()).filter(Boolean));

  function isFrom(unit, sources) {
    const source = unit.querySelector("a.source")?.pathname.split("/").slice(-2)[0];
    return sources.has(source) && !location.pathname.includes(`/providers/${source}/`);
  }

  const textOf = (unit) => [...unit.querySelectorAll(TEXTS)].map((part) => part.textContent).join("\n");

  function apply() {
    const sources = new Set(digest.list("hidden").map(({ domain }) => domain));
    const words = finder(mutedWords());
    const missing = new Set();
    for (const unit of main.querySelectorAll(UNITS)) {
      if (unit.closest("[data-saved]")) continue;
      const isMuted = isFrom(unit, sources) || Boolean(words?.test(plain(textOf(unit))));
      (unit.closest("li, .lead") || unit).toggleAttribute("data-muted", isMuted);
      // A story may stand on a page more than once.
      if (isMuted) missing.add(unit.querySelector("[class$='title'] a, a[class$='title']")?.href);
    }
    for (const group of main.querySelectorAll(".day, section.column, .members")) {
      const items = [...group.querySelectorAll("li")];
      group.toggleAttribute("data-muted", items.length > 0 && items.every((item) => item.matches("[data-muted]")));
    }
    say(missing.size);
  }

  function say(count) {
    if (!note) {
      if (!count) return;
      note = document.getElementById("story-tools").content.querySelector(".muted-note").cloneNode(true);
      note.querySelector("a").href = new URL("saved/#muted", digest.base);
      const button = note.querySelector("button");
      const show = button.textContent;
      button.addEventListener("click", () => {
        button.textContent = root.toggleAttribute("data-shows-muted") ? button.dataset.hide : show;
      });
      const head = main.querySelector(".page-head, .dateline");
      if (head) head.after(note);
      else main.querySelector("[data-muted]").before(note);
    }
    note.hidden = !count;
    note.querySelector("span").textContent = note.dataset.text.replace("{n}", count);
  }

  document.addEventListener("digest:change", apply);
  apply();
})();
