// Comforts only: every page reads well without this file.

const root = document.documentElement;

const HOUR_MS = 3_600_000;

// A tag that is none would end this script; the reader's own language is better than that.
function knownLanguage() {
  try {
    return Intl.getCanonicalLocales(root.lang)[0];
  } catch {
    return undefined;
  }
}

// Narrower than "short" some languages write what looks like a negative number: "-4 min" in French.
function setUpRelativeTimes(now) {
  const format = new Intl.RelativeTimeFormat(knownLanguage(), { style: "short", numberingSystem: "latn" });
  for (const time of document.querySelectorAll(".meta time")) {
    const ageMs = now - Date.parse(time.dateTime);
    if (!(ageMs >= 0 && ageMs < 48 * HOUR_MS)) continue;
    time.title = time.textContent;
    time.textContent =
      ageMs < HOUR_MS
        ? format.format(-Math.max(1, Math.floor(ageMs / 60_000)), "minute")
        : format.format(-Math.floor(ageMs / HOUR_MS), "hour");
  }
}

function pageAddress() {
  return document.querySelector('link[rel="canonical"]')?.href || location.href;
}

// A button may name another address than the page's own: that of a feed.
function copiedAddress(button) {
  const named = button.dataset.copyLink;
  return named ? new URL(named, location.href).href : pageAddress();
}

function setUpCopyLink(button) {
  const label = button.textContent;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(copiedAddress(button));
    } catch {
      // Browsers may refuse; then the reader can copy it from here.
      prompt(label, copiedAddress(button));
      return;
    }
    const status = document.querySelector("[data-copy-status]");
    button.textContent = button.dataset.done;
    status.textContent = button.dataset.done;
    setTimeout(() => {
      button.textContent = label;
      status.textContent = "";
    }, 2000);
  });
  // Browsers offer the clipboard on secure pages only.
  button.hidden = !navigator.clipboard;
}

function setUpShare(button) {
  if (!navigator.share) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    // Closing the share sheet rejects the promise, which is not an error.
    navigator.share({ title: document.title, url: pageAddress() }).catch(() => {});
  });
}

// A picture that cannot be had leaves no hole. Errors of pictures do not bubble, hence the capture.
function setUpBrokenPictures() {
  const drop = (image) => {
    if (image.matches(".logo")) image.replaceWith(image.alt);
    else (image.closest("figure:not(.video)") || image).remove();
  };
  document.addEventListener("error", ({ target }) => target.tagName === "IMG" && drop(target), true);
  for (const image of document.images) {
    if (image.complete && image.currentSrc && !image.naturalWidth) drop(image);
  }
}

// The player is built from the video's id alone, and only when the reader asks for it.
function setUpVideo(button) {
  button.addEventListener("click", () => {
    const player = document.createElement("iframe");
    player.src = `https://www.youtube-nocookie.com/embed/${encodeURIComponent(button.dataset.video)}?autoplay=1`;
    player.title = button.dataset.title;
    player.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
    player.referrerPolicy = "strict-origin-when-cross-origin";
    player.setAttribute("sandbox", "allow-scripts allow-same-origin allow-presentation");
    button.parentElement.replaceChildren(player);
    player.focus();
  });
}

function setUpMenu(menu) {
  document.addEventListener("click", ({ target }) => {
    if (!menu.contains(target)) menu.open = false;
  });
  menu.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

for (const button of document.querySelectorAll("[data-copy-link]")) setUpCopyLink(button);
for (const button of document.querySelectorAll("[data-share]")) setUpShare(button);
for (const button of document.querySelectorAll("[data-video]")) setUpVideo(button);
for (const menu of document.querySelectorAll(".menu")) setUpMenu(menu);
setUpBrokenPictures();
setUpRelativeTimes(Date.now());
// Escape takes away the word over a button; the next key brings it back.
addEventListener("keydown", ({ key }) => root.toggleAttribute("data-no-tips", key === "Escape"));
