// /saved/: what stories.js keeps, as a list, as a file, and gone.
(() => {
  const digest = window.newsDigest;
  const NAMES = ["saved", "read", "hidden", "muted"];
  const saved = document.querySelector("[data-saved]");
  const hidden = document.querySelector("[data-hidden-sources]");
  const muted = document.querySelector("[data-muted-words]");
  const status = document.querySelector("[data-status]");
  const file = document.querySelector("[data-file]");

  // An imported file is somebody's text: only addresses of this site and of the web are links.
  function addressOf(href) {
    try {
      const url = new URL(href, digest.base);
      return /^https?:$/.test(url.protocol) ? url.href : digest.base.href;
    } catch {
      return digest.base.href;
    }
  }

  function rowOf(place) {
    return place.querySelector("[data-row]").content.cloneNode(true);
  }

  function showSaved() {
    const entries = digest.list("saved");
    const rows = entries.map((entry) => {
      const row = rowOf(saved);
      const link = row.querySelector("a");
      row.querySelector(".story").dataset.slug = entry.slug;
      link.textContent = entry.title;
      link.href = addressOf(entry.href);
      const source = row.querySelector("[data-source]");
      if (entry.source) source.textContent = entry.source;
      else source.remove();
      const time = row.querySelector("time");
      if (Number.isNaN(Date.parse(entry.date))) time.remove();
      else {
        time.dateTime = entry.date;
        time.textContent = digest.dateText(Date.parse(entry.date));
      }
      return row;
    });
    const list = saved.querySelector("[data-list]");
    list.replaceChildren(...rows);
    saved.querySelector("[data-none]").hidden = rows.length > 0;
    saved.querySelector("[data-count]").textContent = rows.length || "";
    digest.decorate(list);
  }

  function showHidden() {
    const entries = digest.list("hidden");
    const rows = entries.map(({ domain, name }) => {
      const row = rowOf(hidden);
      row.querySelector("span").textContent = name;
      row.querySelector("button").addEventListener("click", () => {
        digest.setHidden(domain, name, false, hidden.querySelector("[data-list]"));
        showHidden();
      });
      return row;
    });
    hidden.querySelector("[data-list]").replaceChildren(...rows);
    hidden.hidden = !rows.length;
  }

  // A word of the reader's, or all words of one of the site's presets, under one name.
  function setMuted(name, words, place) {
    const others = digest.list("muted").filter((entry) => entry.name !== name);
    digest.keepOrSay("muted", words.length ? [...others, { name, words }] : others, place);
    showMuted();
  }

  function showMuted() {
    const list = muted.querySelector("[data-list]");
    const rows = digest.list("muted").map(({ name, words }) => {
      const row = rowOf(muted);
      row.querySelector("span").textContent = words.join() === name ? name : `${name}: ${words.join(" · ")}`;
      row.querySelector("button").addEventListener("click", () => setMuted(name, [], list));
      return row;
    });
    list.replaceChildren(...rows);
  }

  function setUpMuting(form) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const word = form.elements.word.value.trim();
      if (word) setMuted(word, [word], form);
      form.reset();
    });
    for (const button of form.querySelectorAll("[data-preset]")) {
      button.addEventListener("click", () => setMuted(button.dataset.preset, button.dataset.words.split("\n"), form));
    }
  }

  function showAll() {
    showSaved();
    showHidden();
    showMuted();
  }

  function download() {
    const data = { format: "news-digest-reader", version: 1 };
    for (const name of NAMES) data[name] = digest.list(name);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(data, null, 2)], { type: "application/json" }));
    link.download = "news-digest-reader.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  const texts = (entry, ...names) => names.every((name) => typeof entry?.[name] === "string");
  const checks = {
    saved: (entry) => texts(entry, "slug", "title", "href", "source", "date"),
    read: (entry) => typeof entry === "string",
    hidden: (entry) => texts(entry, "domain", "name"),
    muted: (entry) =>
      texts(entry, "name") && Array.isArray(entry.words) && entry.words.every((word) => typeof word === "string"),
  };
  const keys = {
    saved: (entry) => entry.slug,
    read: (entry) => entry,
    hidden: (entry) => entry.domain,
    muted: (entry) => entry.name,
  };

  // What is here stays; what the file has beyond that is added, all of it or nothing.
  function merge(data) {
    if (data?.format !== "news-digest-reader") throw new TypeError("not an export");
    data = { muted: [], ...data }; // A file from before there were any.
    for (const name of NAMES) {
      if (!Array.isArray(data[name]) || !data[name].every(checks[name])) throw new TypeError(name);
    }
    const before = NAMES.map((name) => [name, digest.list(name)]);
    const after = before.map(([name, here]) => {
      const known = new Set(here.map(keys[name]));
      return [name, [...here, ...data[name].filter((entry) => !known.has(keys[name](entry)))]];
    });
    return keepAll(after) || (keepAll(before), false);
  }

  const keepAll = (lists) => lists.every(([name, entries]) => digest.keep(name, entries));

  async function upload() {
    try {
      const isKept = merge(JSON.parse(await file.files[0].text()));
      status.textContent = isKept ? status.dataset.imported : status.dataset.unkept;
      if (isKept) digest.askToStay();
    } catch {
      status.textContent = status.dataset.refused;
    }
    file.value = "";
    showAll();
  }

  // Twice, because nothing brings it back.
  function setUpClear(button) {
    const label = button.textContent;
    button.addEventListener("click", () => {
      if (button.textContent === label) {
        button.textContent = button.dataset.sure;
        return;
      }
      const isCleared = keepAll(NAMES.map((name) => [name, []]));
      button.textContent = label;
      status.textContent = isCleared ? status.dataset.cleared : status.dataset.unkept;
      showAll();
    });
    button.addEventListener("blur", () => {
      button.textContent = label;
    });
  }

  document.addEventListener("digest:change", () => {
    document.querySelector("[data-read-count]").textContent = digest.list("read").length;
  });
  document.querySelector("[data-export]").addEventListener("click", download);
  document.querySelector("[data-import]").addEventListener("click", () => file.click());
  file.addEventListener("change", upload);
  setUpMuting(muted.querySelector("[data-mute]"));
  setUpClear(document.querySelector("[data-clear]"));
  showAll();
  try {
    localStorage.getItem("theme");
  } catch {
    // Switched off: that nothing is saved yet is then not the whole truth.
    status.textContent = status.dataset.off;
  }
})();
