// What a reader has read, saved and hidden. It lies in localStorage, on this device, and is never sent anywhere.
(() => {
  const html = document.documentElement;
  const base = new URL(html.dataset.root, location.href);
  // Several sites may share one host, as project pages do.
  const prefix = `digest${base.pathname}`;
  const parts = document.getElementById("story-tools").content;
  const MOST_READ = 3000;

  function load(name, fallback) {
    try {
      return JSON.parse(localStorage.getItem(prefix + name)) ?? fallback;
    } catch {
      return fallback;
    }
  }

  // Returns whether it was kept: storage may be full or switched off.
  function keep(name, value) {
    try {
      localStorage.setItem(prefix + name, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  }

  // What a reader asked to keep and could not be kept is said where it was asked for.
  function keepOrSay(name, value, place) {
    for (const note of document.querySelectorAll(".unkept")) note.remove();
    const isKept = keep(name, value);
    if (!isKept) sayUnkept(place);
    return isKept;
  }

  function sayUnkept(place) {
    if (place.nextElementSibling?.matches(".unkept")) return;
    place.after(parts.querySelector(".unkept").cloneNode(true));
  }

  // Browsers may throw away what a site keeps, unless it asks. Some of them ask the reader then: so not before there is
  // something to lose.
  function askToStay() {
    navigator.storage?.persist?.().catch(() => {});
  }

  function list(name) {
    const found = load(name, []);
    return Array.isArray(found) ? found : [];
  }

  const isSaved = (slug) => list("saved").some((entry) => entry.slug === slug);
  const isRead = (slug) => list("read").includes(slug);

  // Without a place it is a by-product of reading, and nothing is said if it could not be kept.
  function setRead(slug, state, place = null) {
    const others = list("read").filter((other) => other !== slug);
    const read = state ? [...others, slug].slice(-MOST_READ) : others;
    if (place) keepOrSay("read", read, place);
    else keep("read", read);
    refresh();
  }

  function toggleSaved(story) {
    const { slug } = story.dataset;
    const before = list("saved");
    const others = before.filter((entry) => entry.slug !== slug);
    const saved = isSaved(slug) ? others : [entryOf(story), ...others];
    const isKept = keepOrSay("saved", saved, story.querySelector("[data-save]").parentElement);
    if (isKept && !before.length) askToStay();
    refresh();
  }

  function setHidden(domain, name, state, place) {
    const others = list("hidden").filter((entry) => entry.domain !== domain);
    keepOrSay("hidden", state ? [...others, { domain, name }] : others, place);
    refresh();
  }

  function entryOf(story) {
    const link = story.querySelector(".story-title a") || location;
    const source = story.querySelector(".meta .source");
    return {
      slug: story.dataset.slug,
      title: story.querySelector(".story-title, .report-title").textContent.trim(),
      // Relative to the site, so that the list outlives a move to another domain.
      href: link.href.startsWith(base.href) ? link.href.slice(base.href.length) : link.href,
      source: source ? source.lastChild.textContent.trim() : "",
      date: timeOf(story),
    };
  }

  const timeOf = (story) => story.querySelector(".meta time")?.dateTime || "";

  // As the pages write dates: English without a country has the day before the month.
  function dateText(date, options) {
    const style = { dateStyle: "medium", calendar: "gregory", numberingSystem: "latn", ...options };
    const format = (lang) => new Intl.DateTimeFormat(lang, style).format(date);
    try {
      return format(html.lang === "en" ? "en-GB" : html.lang);
    } catch {
      // A tag that is none; the reader's own language is better than no date.
      return format();
    }
  }

  // Give the stories inside `place` their save buttons.
  function decorate(place) {
    for (const story of place.querySelectorAll("[data-slug]")) {
      let button = story.querySelector("[data-save]");
      if (!button) {
        button = parts.querySelector(".save").cloneNode(true);
        button.dataset.save = "";
        const label = button.firstElementChild;
        label.textContent += `: ${story.querySelector(".story-title").textContent.trim()}`;
        story.querySelector(".meta").append(button);
      }
      button.addEventListener("click", () => toggleSaved(story));
    }
    refresh();
  }

  function refresh() {
    const read = new Set(list("read"));
    const saved = new Set(list("saved").map((entry) => entry.slug));
    for (const story of document.querySelectorAll("[data-slug]")) {
      const { slug } = story.dataset;
      story.toggleAttribute("data-read", read.has(slug));
      story.querySelector("[data-save]")?.setAttribute("aria-pressed", saved.has(slug));
    }
    document.dispatchEvent(new Event("digest:change"));
  }

  // Following a headline, or the way out, is reading it. Opening in another tab is a click of another kind.
  function noteReading({ target, button = 0 }) {
    const story = target.closest?.(".story-title a, .read, .report-actions a")?.closest("[data-slug]");
    if (story && button < 2) setRead(story.dataset.slug, true);
  }

  function setUpSourceSwitch(button) {
    const { hideSource: domain, name } = button.dataset;
    const isHidden = () => list("hidden").some((entry) => entry.domain === domain);
    const show = () => button.setAttribute("aria-pressed", isHidden());
    button.addEventListener("click", () => {
      setHidden(domain, name, !isHidden(), button);
      show();
    });
    show();
  }

  function setUpReadSwitch(button) {
    const show = () => {
      const state = load("hide-read", false) === true;
      html.toggleAttribute("data-hides-read", state);
      button.setAttribute("aria-pressed", state);
    };
    button.addEventListener("click", () => {
      keepOrSay("hide-read", load("hide-read", false) !== true, button);
      show();
    });
    show();
  }

  // On /latest/: a mark between what is new and what already stood there at the last visit. A visit is a session,
  // so that loading the page again does not take the mark away.
  function markNew() {
    if (location.pathname !== `${base.pathname}latest/`) return;
    const stories = [...document.querySelectorAll(".day .story[data-slug]")];
    if (!stories.length) return;
    const seen = String(load("seen", ""));
    let before = seen;
    try {
      before = sessionStorage.getItem(`${prefix}before`) ?? seen;
      sessionStorage.setItem(`${prefix}before`, before);
    } catch {
      // Then the mark lasts for one look.
    }
    if (timeOf(stories[0]) > seen) keep("seen", timeOf(stories[0]));
    const first = before ? stories.findIndex((story) => timeOf(story) <= before) : 0;
    if (first < 1) return;
    const place = stories[first].closest("li");
    const mark = parts.querySelector(".since").cloneNode(true);
    (place.previousElementSibling ? place : place.closest(".day")).prepend(mark);
  }

  window.newsDigest = {
    base,
    load,
    keep,
    keepOrSay,
    sayUnkept,
    askToStay,
    list,
    isRead,
    setRead,
    setHidden,
    toggleSaved,
    dateText,
    decorate,
    refresh,
  };

  const report = document.querySelector(".report-main[data-slug]");
  if (report) setRead(report.dataset.slug, true);
  decorate(document);
  markNew();
  for (const button of document.querySelectorAll("[data-hide-read]")) setUpReadSwitch(button);
  for (const button of document.querySelectorAll("[data-hide-source]")) setUpSourceSwitch(button);
  document.addEventListener("click", noteReading);
  document.addEventListener("auxclick", noteReading);
  // Another tab, or a page that comes back as it was left.
  addEventListener("storage", refresh);
  addEventListener("pageshow", ({ persisted }) => persisted && refresh());
})();
