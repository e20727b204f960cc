/* What the preview adds to a page: it loads anew when its bytes changed, dresses anew when only style sheets did, and
   shows what has to be mended. Nothing of this is in the files of the site. */
(() => {
  "use strict";

  const tools = new URL(".", document.currentScript.src);
  const kept = `preview ${location.pathname}`;
  let prints = document.currentScript.dataset.prints;
  let events = null;
  let retry = 0;
  let panel = null;

  /* --- where the reader was, across a reload ------------------------------------------------ */

  const opened = () => [...document.querySelectorAll("details")].map((details) => details.open);

  function reload() {
    sessionStorage.setItem(kept, JSON.stringify({ x: scrollX, y: scrollY, opened: opened() }));
    location.reload();
  }

  function restore() {
    const state = JSON.parse(sessionStorage.getItem(kept) ?? "null");
    sessionStorage.removeItem(kept);
    if (!state) return;
    const all = document.querySelectorAll("details");
    if (all.length === state.opened.length) all.forEach((details, at) => { details.open = state.opened[at]; });
    const back = () => scrollTo({ left: state.x, top: state.y, behavior: "instant" });
    back();
    addEventListener("load", back, { once: true });
  }

  /* --- style sheets, without a reload -------------------------------------------------------- */

  function dress(addresses) {
    const links = [...document.querySelectorAll('link[rel~="stylesheet"]')].filter((link) => !link.href.startsWith(tools));
    if (links.length !== addresses.length) return reload();
    links.forEach((link, at) => {
      const fresh = link.cloneNode();
      const address = new URL(addresses[at], location);
      address.searchParams.set("preview", prints);
      fresh.href = address;
      fresh.addEventListener("load", () => link.remove(), { once: true });
      fresh.addEventListener("error", () => link.remove(), { once: true });
      link.after(fresh);
    });
  }

  /* --- what has to be mended ------------------------------------------------------------------ */

  function element(name, className, text) {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function problemItem({ path, line, name, message, hint, source }) {
    const item = element("li");
    const where = element("p", "where");
    where.append(element("code", "", line ? `${path}:${line}` : path), " ", element("span", "name", name));
    const said = element("p", "message", message);
    said.dir = "auto";
    item.append(where, said);
    if (source.length) {
      const text = element("pre");
      text.dir = "auto";
      for (const one of source) {
        const row = element("span", one.number === line ? "here" : "", `${one.text}\n`);
        row.dataset.line = one.number;
        text.append(row);
      }
      item.append(text);
    }
    if (hint) item.append(element("p", "hint", hint));
    return item;
  }

  function show(problems, isHeld) {
    panel?.remove();
    panel = null;
    if (!problems.length) return sessionStorage.removeItem("preview hidden");
    panel = element("news-digest-preview");
    panel.lang = "en";
    panel.dir = "ltr";
    const root = panel.attachShadow({ mode: "open" });
    const sheet = element("link");
    sheet.rel = "stylesheet";
    sheet.href = new URL("preview.css", tools);
    const box = element("details", "panel");
    const summary = element("summary");
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    summary.append(
      element("strong", "", count),
      " ",
      element("span", "note", isHeld ? "The site stays as it was until this is mended." : "The site was built without it."),
    );
    const list = element("ol", "problems");
    list.append(...problems.map(problemItem));
    box.append(summary, list);
    /* What was put aside stays so until there is something new to say. */
    const said = JSON.stringify(problems);
    box.open = sessionStorage.getItem("preview hidden") !== said;
    box.addEventListener("toggle", () => {
      if (box.open) sessionStorage.removeItem("preview hidden");
      else sessionStorage.setItem("preview hidden", said);
    });
    const region = element("section");
    region.setAttribute("role", "status");
    region.setAttribute("aria-label", "Preview");
    region.append(box);
    root.append(sheet, region);
    panel.hidden = true;
    const made = panel;
    const unveil = () => { made.hidden = false; };
    sheet.addEventListener("load", unveil, { once: true });
    sheet.addEventListener("error", unveil, { once: true });
    document.body.append(panel);
  }

  /* --- the line to the preview: only while somebody looks, for browsers allow six ------------- */

  function connect() {
    if (events || document.hidden) return;
    const address = new URL("events", tools);
    address.searchParams.set("page", location.pathname);
    address.searchParams.set("prints", prints);
    events = new EventSource(address);
    events.addEventListener("reload", reload);
    events.addEventListener("styles", (event) => {
      prints = event.lastEventId;
      dress(JSON.parse(event.data));
    });
    events.addEventListener("state", (event) => {
      const { problems, is_held: isHeld } = JSON.parse(event.data);
      if (!document.documentElement.classList.contains("placeholder")) show(problems, isHeld);
    });
    events.addEventListener("error", () => {
      if (events?.readyState !== EventSource.CLOSED) return;
      disconnect();
      retry = setTimeout(connect, 1000);
    });
  }

  function disconnect() {
    clearTimeout(retry);
    events?.close();
    events = null;
  }

  document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", connect);
  restore();
  connect();
})();
