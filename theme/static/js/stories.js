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

  function keep(name, value) {
    try {
      localStorage.setItem(prefix + name, JSON.stringify(value));
    } catch {
      // Storage may be full or switched off; the page reads on.
    }
  }

  function list(name) {
    const found = load(name, []);
    return Array.isArray(found) ? found : [];
  }

  const isSaved = (slug) => list("saved").some((entry) => entry.slug === slug);
  const isRead = (slug) => list("read").includes(slug);

  function setRead(slug, state) {
    const others = list("read").filter((other) => other !== slug);
    keep("read", state ? [...others, slug].slice(-MOST_READ) : others);
    refresh();
  }

  function toggleSaved(story) {
    const { slug } = story.dataset;
    const others = list("saved").filter((entry) => entry.slug !== slug);
    keep("saved", isSaved(slug) ? others : [entryOf(story), ...others]);
    refresh();
  }

  function setHidden(domain, name, state) {
    const others = list("hidden").filter((entry) => entry.domain !== domain);
    keep("hidden", state ? [...others, { domain, name }] : others);
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

  function hideSources() {
    const hidden = new Set(list("hidden").map((entry) => entry.domain));
    for (const story of document.querySelectorAll("main .story[data-slug]")) {
      const source = story.querySelector("a.source")?.pathname.split("/").at(-2);
      if (!hidden.has(source) || location.pathname.includes(`/providers/${source}/`)) continue;
      (story.closest("li, .lead") || story).hidden = true;
    }
  }

  function setUpSourceSwitch(button) {
    const { hideSource: domain, name } = button.dataset;
    const isHidden = () => list("hidden").some((entry) => entry.domain === domain);
    const show = () => button.setAttribute("aria-pressed", isHidden());
    button.addEventListener("click", () => {
      setHidden(domain, name, !isHidden());
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
      keep("hide-read", load("hide-read", false) !== true);
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

  window.newsDigest = { base, load, keep, list, isRead, setRead, setHidden, toggleSaved, decorate, refresh };

  const report = document.querySelector(".report-main[data-slug]");
  if (report) setRead(report.dataset.slug, true);
  decorate(document);
  hideSources();
  markNew();
  for (const button of document.querySelectorAll("[data-hide-read]")) setUpReadSwitch(button);
  for (const button of document.querySelectorAll("[data-hide-source]")) setUpSourceSwitch(button);
  document.addEventListener("click", noteReading);
  document.addEventListener("auxclick", noteReading);
  // Another tab, or a page that comes back as it was left.
  addEventListener("storage", refresh);
  addEventListener("pageshow", ({ persisted }) => persisted && refresh());
})();
