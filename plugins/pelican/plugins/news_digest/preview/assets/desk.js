/* The desk's keys, and the place where one was. Everything here can be done without it: each key presses a button or
   follows a link that is on the page. */
(() => {
  "use strict";

  const root = document.documentElement;
  root.dataset.js = "";

  const kept = {
    read(name) {
      try {
        return localStorage.getItem(name);
      } catch {
        return null; // storage may be switched off
      }
    },
    write(name, value) {
      try {
        localStorage.setItem(name, value);
      } catch {
        // then it holds for this page alone
      }
    },
  };

  const theme = kept.read("theme");
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;

  let areKeysOn = kept.read("desk keys") !== "off";

  /* What lies in a closed list of reports has a place for some browsers, and is not to be seen. */
  const isSeen = (row) => (row.checkVisibility ? row.checkVisibility() : row.getClientRects().length > 0);
  const rows = () => [...document.querySelectorAll("[data-row]")].filter(isSeen);
  const chosen = () => document.activeElement?.closest("[data-row]");
  const story = () => document.activeElement?.closest(".group");

  function choose(row) {
    if (!row) return;
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }

  function step(by) {
    const all = rows();
    const at = all.indexOf(chosen());
    const first = all.findIndex((row) => row.getBoundingClientRect().top >= 0);
    choose(all[at < 0 ? Math.max(first, 0) : at + by]);
  }

  /* The button of the chosen row itself, not of a report beneath it. */
  function press(key) {
    const row = chosen();
    const found = [...(row?.querySelectorAll(`[aria-keyshortcuts="${key}"]`) ?? [])];
    found.find((one) => one.closest("[data-row]") === row)?.click();
  }

  function toggle(selector, field) {
    const details = story()?.querySelector(selector);
    if (!details) return;
    details.open = !details.open;
    if (details.open && field) details.querySelector(field)?.focus();
  }

  /* Over the page, so that the chosen row stays chosen: the browser goes back to it. */
  function help() {
    let dialog = document.querySelector(".help");
    if (!dialog) {
      dialog = document.createElement("dialog");
      dialog.className = "help";
      const keys = document.querySelector(".keys");
      dialog.setAttribute("aria-label", keys.querySelector("summary").textContent);
      const close = document.createElement("form");
      close.method = "dialog";
      const button = document.createElement("button");
      button.className = "act";
      button.textContent = keys.dataset.close;
      close.append(button);
      dialog.append(keys.querySelector("table").cloneNode(true), close);
      document.body.append(dialog);
    }
    dialog.showModal();
  }

  const keys = {
    j: () => step(1),
    k: () => step(-1),
    p: () => press("p"),
    h: () => press("h"),
    l: () => press("l"),
    m: () => (chosen()?.matches(".candidate") ? chosen().querySelector("button").click() : press("m")),
    s: () => press("s"),
    e: () => toggle(".edit", "input:not([type=hidden])"),
    r: () => toggle(".reports"),
    o: () => chosen()?.querySelector(".out")?.click(),
    u: () => (document.querySelector(".notice .undo button") ?? document.querySelector(".last .undo button"))?.click(),
    "/": () => document.querySelector("#q")?.focus(),
    "?": help,
  };

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.repeat && event.key !== "j" && event.key !== "k") return;
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "Escape") {
      const row = event.target.closest?.("[data-row]");
      if (event.target.matches("input, select") && row) choose(row);
      else document.activeElement?.blur();
      return;
    }
    if (!areKeysOn || event.target.matches?.("input:not([type=checkbox]), select, textarea")) return;
    const act = Object.hasOwn(keys, event.key) ? keys[event.key] : null;
    if (!act) return;
    event.preventDefault();
    act();
  });

  /* --- the same place, to the pixel, after an act ------------------------------------------------ */

  const place = "desk place";

  addEventListener("submit", (event) => {
    if (event.target.method !== "post") return;
    const top = chosen()?.getBoundingClientRect().top;
    sessionStorage.setItem(place, JSON.stringify({ top: top ?? 0 }));
    /* A second press while the first is on its way would be about a page that is no more. */
    addEventListener("submit", (again) => again.preventDefault(), { capture: true });
  });

  function settle() {
    const row = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const was = JSON.parse(sessionStorage.getItem(place) ?? "null");
    sessionStorage.removeItem(place);
    if (!row || !was || !row.matches("[data-row]")) return;
    row.parentElement.closest("details")?.setAttribute("open", "");
    row.focus({ preventScroll: true });
    const back = () => scrollBy({ top: row.getBoundingClientRect().top - was.top, behavior: "instant" });
    back();
    /* The browser itself goes to the row when everything is loaded. */
    addEventListener("load", () => requestAnimationFrame(back), { once: true });
  }

  /* A page that the browser kept while one was elsewhere is about files as they were. */
  addEventListener("pageshow", (event) => event.persisted && location.reload());

  /* --- fields ------------------------------------------------------------------------------------- */

  /* After a comma the next topic is proposed: a list of the browser's own knows single words only. */
  function propose(field) {
    const names = [...document.querySelectorAll("#all-topics option")].map((option) => option.value);
    const list = document.createElement("datalist");
    list.id = `${field.id}-list`;
    field.after(list);
    field.setAttribute("list", list.id);
    const fill = () => {
      const at = field.value.lastIndexOf(",");
      const before = at < 0 ? "" : `${field.value.slice(0, at)}, `;
      const used = new Set(before.split(",").map((name) => name.trim().toLowerCase()));
      list.replaceChildren(
        ...names.filter((name) => !used.has(name.toLowerCase())).map((name) => {
          const option = document.createElement("option");
          option.value = before + name;
          return option;
        }),
      );
    };
    field.addEventListener("input", fill);
    field.addEventListener("focus", fill, { once: true });
  }

  addEventListener("DOMContentLoaded", () => {
    settle();
    document.querySelectorAll("[data-topics]").forEach(propose);
    for (const select of document.querySelectorAll(".side .find select")) {
      select.addEventListener("change", () => select.form.requestSubmit());
    }
    for (const box of document.querySelectorAll("[data-keys]")) {
      box.checked = areKeysOn;
      box.addEventListener("change", () => {
        areKeysOn = box.checked;
        kept.write("desk keys", areKeysOn ? "on" : "off");
      });
    }
  });
})();
