// /search/: Pagefind's index behind the theme's own form. Nothing of it is loaded before there is something to find.
(() => {
  const digest = window.newsDigest;
  const form = document.querySelector(".search-form");
  const found = document.querySelector("[data-found]");
  const count = found.querySelector("[data-count]");
  const results = found.querySelector("[data-results]");
  const pages = found.querySelector("[data-pages]");
  const more = found.querySelector("[data-more]");
  const again = found.querySelector("[data-again]");
  const elsewhere = document.querySelector("[data-elsewhere]");
  const index = new URL(form.dataset.index, location.href);
  const FILTERS = ["topic", "source", "year", "type"];
  const AT_ONCE = 20;
  const TYPING_MS = 200;
  // A tab may stay open for days: after this long it asks whether its index is still the site's.
  const TRUSTED_MS = 60_000;
  let engine = null;
  let starts = 0;
  let turn = 0;
  let timer = 0;

  // The few words that name the files of the index, and the version of the program that reads them.
  async function readEntry() {
    const answer = await fetch(`${index.href}pagefind-entry.json?at=${Date.now()}`, { cache: "no-store" });
    if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
    return answer.text();
  }

  async function start() {
    const entry = await readEntry();
    // Some browsers remember that an address could not be had: another start, another address.
    const address = `${index.href}pagefind.js?v=${encodeURIComponent(JSON.parse(entry).version)}`;
    const pagefind = await import(starts++ ? `${address}&start=${starts}` : address);
    await pagefind.options({ ranking: { metaWeights: { title: 8, names: 8, words: 3 } } });
    await pagefind.init();
    return { pagefind, entry, checked: Date.now() };
  }

  function stop() {
    const last = engine;
    engine = null;
    last?.then(({ pagefind }) => pagefind.destroy()).catch(() => {});
  }

  // The engine of the index that the site has now.
  async function ready(trustedMs) {
    engine ??= start();
    const current = await engine;
    if (Date.now() - current.checked <= trustedMs) return current;
    const entry = await readEntry();
    current.checked = Date.now();
    if (entry === current.entry) return current;
    stop();
    engine = start();
    return engine;
  }

  async function ask(words, options) {
    const current = await ready(TRUSTED_MS);
    const answer = await current.pagefind.search(words, options);
    if (answer.results.length) return answer.results;
    // Parts of an index that a deployment took away are missing without a word: nothing found may be too little.
    const now = await ready(0);
    return now === current ? [] : (await now.pagefind.search(words, options)).results;
  }

  function fillForm() {
    const given = new URLSearchParams(location.search);
    for (const field of form.elements) {
      if (!field.name) continue;
      field.value = given.get(field.name) ?? "";
      // An address may name what is no longer there.
      if (field.selectedIndex === -1) field.value = "";
    }
  }

  function asked() {
    const values = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value.trim()) values.set(name, value.trim());
    return values;
  }

  // Browsers refuse an address that changes too often; the form has the words all the same.
  function nameSearch(values) {
    try {
      history.replaceState(null, "", String(values) ? `?${values}` : location.pathname);
    } catch (error) {
      console.warn(error);
    }
  }

  // What fails is tried once more from the start: a deployment may have put another index in the place of this one.
  // Names with signs stand in the index in letters too, C++ as cplusplus: output/search/signs.py has the same two.
  const SIGNS = {
    "+": "plus",
    "#": "sharp",
    "&": "and",
    "@": "at",
    ".": "dot",
    "/": "slash",
    "%": "percent",
    "٪": "percent",
    "‰": "permille",
    "°": "degree",
    "$": "dollar",
    "€": "euro",
    "£": "pound",
    "¥": "yen",
    "₹": "rupee",
    "₽": "rouble",
    "₩": "won",
    "₿": "bitcoin",
  };
  const NAME = /[#@$€£¥₹₽₩₿.]?(?:[A-Za-z0-9\u00c0-\u024f]+|[^\s\u0000-\u00bfA-Za-z0-9\u00c0-\u024f\u2000-\u206f\u20a0-\u20cf\u3000-\u303f\uff00-\uff20\u060c\u061b\u061f\u066a]+)(?:[&/.@](?:[A-Za-z0-9\u00c0-\u024f]+|[^\s\u0000-\u00bfA-Za-z0-9\u00c0-\u024f\u2000-\u206f\u20a0-\u20cf\u3000-\u303f\uff00-\uff20\u060c\u061b\u061f\u066a]+))*[+#%٪‰°]*/g;

  function spelledOut(words) {
    const letters = (name) => {
      const spelled = name.replace(/[^]/g, (sign) => SIGNS[sign] ?? sign);
      return spelled === name ? name : ` ${spelled} `;
    };
    return words.normalize("NFKC").toLowerCase().replace(NAME, letters);
  }

  // What has the very name; where nothing has, what is like its letters.
  async function askForNames(words, options) {
    const plain = words?.normalize("NFKC").toLowerCase();
    const named = plain && spelledOut(words) !== plain ? await ask(spelledOut(words), options) : [];
    return named.length ? named : ask(words, options);
  }

  async function search(atOnce = AT_ONCE) {
    const mine = ++turn;
    const values = asked();
    nameSearch(values);
    const filters = Object.fromEntries(FILTERS.filter((name) => values.has(name)).map((name) => [name, values.get(name)]));
    const words = values.get("q") || null;
    const isEmpty = !words && !Object.keys(filters).length;
    if (isEmpty) {
      found.hidden = true;
      elsewhere.hidden = false;
      return;
    }
    const sort = !words || values.get("order") ? { date: "desc" } : {};
    const attempt = async () => {
      const answers = await askForNames(words, { filters, sort });
      if (mine === turn) await show(answers, mine, atOnce);
    };
    try {
      await attempt().catch((error) => {
        if (mine !== turn) return null;
        console.warn(error);
        stop();
        return attempt();
      });
    } catch (error) {
      if (mine !== turn) return;
      stop();
      fail(error);
    }
  }

  function fail(error) {
    console.error(error);
    count.textContent = count.dataset.failed;
    again.hidden = false;
    elsewhere.hidden = false;
    found.hidden = false;
  }

  async function show(answers, mine, atOnce) {
    const first = await rowsOf(answers.slice(0, atOnce));
    if (mine !== turn) return;
    again.hidden = true;
    count.textContent = answers.length ? count.dataset.some.replace("{n}", answers.length) : count.dataset.none;
    results.replaceChildren(...first);
    digest.decorate(results);
    showPages();
    elsewhere.hidden = answers.length > 0;
    found.hidden = false;
    let shown = first.length;
    more.hidden = shown >= answers.length;
    more.onclick = async () => {
      let rows;
      try {
        rows = await rowsOf(answers.slice(shown, shown + AT_ONCE));
      } catch (error) {
        if (mine !== turn) return;
        console.warn(error);
        stop();
        search(shown + AT_ONCE);
        return;
      }
      if (mine !== turn) return;
      const place = document.createElement("div");
      place.append(...rows);
      digest.decorate(place);
      const next = place.querySelector(".story-title a");
      results.append(...place.children);
      shown += rows.length;
      more.hidden = shown >= answers.length;
      digest.refresh();
      next.focus();
    };
  }

  // A chosen topic or source is also a page.
  function showPages() {
    const links = [...form.querySelectorAll("option:checked[data-page]")].map((option) => {
      const link = document.createElement("a");
      link.href = option.dataset.page;
      link.textContent = option.textContent.trim().replace(/ \(\d+\)$/, "");
      return link;
    });
    const { comma } = pages.dataset;
    pages.hidden = !links.length;
    pages.replaceChildren(pages.firstChild, ...links.flatMap((link, index) => (index ? [comma, link] : [link])));
  }

  async function rowsOf(answers) {
    const all = await Promise.all(answers.map((answer) => answer.data()));
    return all.map(rowOf);
  }

  const addressOf = (href, isOut) => (isOut ? href : new URL(href, digest.base).href);

  function rowOf(answer) {
    const card = JSON.parse(answer.filters.card[0]);
    const row = found.querySelector("[data-result]").content.cloneNode(true).firstElementChild;
    const part = (selector) => row.querySelector(selector);
    if (card.slug) part(".story").dataset.slug = card.slug;
    const link = part(".story-title a");
    link.textContent = answer.meta.title;
    link.href = addressOf(card.href, card.out);
    if (card.out) {
      link.rel = "external noopener";
      link.referrerPolicy = "strict-origin-when-cross-origin";
    }
    fillExcerpt(part(".story-excerpt"), answer.excerpt, answer.meta.title);
    if (card.lang) for (const text of [part(".story-title"), part(".story-excerpt")]) text.lang = card.lang;
    fillTopic(part(".kicker"), card.topic);
    fillPicture(part("img"), card.picture);
    fillSource(part(".source"), card.source);
    if (card.kind !== "video") part("[data-video]").remove();
    if (card.iso) {
      part("time").dateTime = card.iso;
      part("time").textContent = card.time;
    } else part(".meta").remove();
    return row;
  }

  // The excerpt is HTML: words, and <mark> around those that were looked for. Nothing else of it is taken.
  function fillExcerpt(place, html, title) {
    const parsed = new DOMParser().parseFromString(html, "text/html").body;
    const nodes = [...parsed.childNodes].map((node) => {
      if (node.nodeName !== "MARK") return node.textContent;
      const mark = document.createElement("mark");
      mark.textContent = node.textContent;
      return mark;
    });
    // A story without a text is indexed by its headline.
    if (parsed.textContent.replace(/[\s.]+/g, "") === title.replace(/[\s.]+/g, "")) place.remove();
    else place.append(...nodes);
  }

  function fillTopic(place, topic) {
    if (!topic) return place.remove();
    const link = place.firstElementChild;
    [link.textContent] = topic;
    link.href = addressOf(topic[1]);
  }

  function fillPicture(image, picture) {
    if (!picture) return image.remove();
    image.alt = picture.alt || "";
    image.width = picture.width_px;
    image.height = picture.height_px;
    if (picture.fit === "contain") image.dataset.fit = "contain";
    image.src = addressOf(picture.src, picture.is_external);
  }

  function fillSource(link, source) {
    if (!source) return link.remove();
    const icon = document.createElement(source.icon ? "img" : "span");
    icon.className = "icon";
    if (source.icon) {
      icon.alt = "";
      icon.width = icon.height = 16;
      icon.src = addressOf(source.icon);
    } else {
      icon.dataset.tint = source.tint;
      icon.setAttribute("aria-hidden", "true");
      icon.dataset.letter = source.letter;
    }
    link.append(icon, source.name);
    if (source.href) link.href = addressOf(source.href);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    search();
  });
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => search(), TYPING_MS);
  });
  form.q.addEventListener("keydown", (event) => {
    const first = results.querySelector(".story-title a");
    if (event.key !== "ArrowDown" || found.hidden || !first) return;
    event.preventDefault();
    first.focus();
  });
  again.addEventListener("click", () => location.reload());
  addEventListener("popstate", () => {
    fillForm();
    search();
  });
  fillForm();
  search();
  // On a touch screen focus would bring up the keyboard, over half of the page.
  if (!location.search && matchMedia("(hover: hover)").matches) form.q.focus({ preventScroll: true });
})();
