// How a page looks, as its reader wants it: colours, size and width of texts, pictures. head.js puts the choices into
// effect before a page is painted; here they are made, on /saved/ and in a panel over any page.
(() => {
  const digest = window.newsDigest;
  const root = document.documentElement;
  const THEMES = ["", "light", "dark"];

  const chosen = () => ({ size: "", width: "", pictures: "", ...digest.load("display", {}) });

  function keepTheme(theme, place) {
    root.dataset.theme = theme;
    if (!theme) delete root.dataset.theme;
    try {
      if (theme) localStorage.setItem("theme", theme);
      else localStorage.removeItem("theme");
    } catch {
      // The choice then lasts for this page only.
      digest.sayUnkept(place);
    }
  }

  function keepDisplay(name, value, place) {
    const isKept = digest.keepOrSay("display", { ...chosen(), [name]: value }, place);
    root.dataset[name] = value;
    if (name === "pictures" && isKept && !value) location.reload(); // A policy that forbids them cannot be taken back.
  }

  function setUp(form) {
    const now = { ...chosen(), theme: root.dataset.theme || "" };
    for (const field of form.elements) {
      const { name, type, value } = field;
      if (type === "radio") field.checked = value === now[name];
      if (type === "checkbox") field.checked = now[name] !== value;
    }
    form.addEventListener("change", ({ target }) => {
      const place = target.closest("fieldset");
      if (target.name === "theme") keepTheme(target.value, place);
      else keepDisplay(target.name, target.type === "checkbox" && target.checked ? "" : target.value, place);
    });
  }

  // Only some pages have the sheet that panels are styled with.
  async function bringStyle(link, address) {
    const { href } = new URL(link.getAttribute("href"), address);
    if ([...document.styleSheets].some((sheet) => sheet.href === href)) return;
    await new Promise((onload, onerror) => {
      document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href, onload, onerror }));
    });
  }

  // A part of /saved/ as a panel over this page. Fetched when it is asked for; where that fails, the page itself is shown.
  async function openPanel(id, prepare) {
    let panel = document.querySelector(`.panel[data-panel="${id}"]`);
    const address = new URL("saved/", digest.base);
    try {
      if (!window.HTMLDialogElement) throw new TypeError("no dialogs");
      if (!panel) {
        const page = await fetch(address);
        const whole = new DOMParser().parseFromString(await page.text(), "text/html");
        for (const link of whole.querySelectorAll("link[rel=stylesheet]")) await bringStyle(link, address);
        const found = whole.getElementById(id);
        panel = document.createElement("dialog");
        panel.className = "panel";
        panel.dataset.panel = id;
        panel.setAttribute("aria-label", found.querySelector("h2").textContent);
        panel.append(...found.children);
        const close = panel.querySelector("[data-close]");
        close.hidden = false;
        close.addEventListener("click", () => panel.close());
        document.body.append(panel);
        prepare(panel);
      }
      panel.showModal();
    } catch {
      location.assign(`${address}#${id}`);
    }
  }

  const setUpAll = (place) => place.querySelectorAll("[data-display]").forEach(setUp);

  // The next of system, light and dark.
  function turnColours() {
    const next = THEMES[(THEMES.indexOf(root.dataset.theme || "") + 1) % THEMES.length];
    keepTheme(next, document.querySelector(".masthead-row"));
    for (const box of document.querySelectorAll(`[data-display] [name=theme][value="${next}"]`)) box.checked = true;
  }

  Object.assign(digest, { openPanel, turnColours });
  setUpAll(document);
  for (const button of document.querySelectorAll("[data-open-display]")) {
    button.addEventListener("click", () => openPanel("display", setUpAll));
  }
})();
