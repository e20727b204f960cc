// Has sw.js keep the saved stories, /saved/ and the front page. Nothing is registered before a story is saved.
(() => {
  const { kept } = document.documentElement.dataset;
  const { base, list, dateText } = window.newsDigest;
  const workers = navigator.serviceWorker;
  let told = "";

  async function stop() {
    const found = await workers.getRegistration(base);
    // That of a site above this one is not ours to end.
    if (found?.scope !== base.href) return;
    await found.unregister();
    await caches.delete(`digest${base.pathname}offline`);
  }

  async function keep(addresses) {
    const found = await workers.register(new URL("sw.js", base));
    (found.active || found.waiting || found.installing).postMessage(addresses);
  }

  function tell() {
    const saved = list("saved").map(({ href }) => href);
    const addresses = ["./", "saved/", ...saved]; // The newest come first.
    if (told === String(addresses)) return;
    told = String(addresses);
    // A browser may refuse, as some do in private windows: then there is no copy, and all else works.
    (saved.length ? keep(addresses) : stop()).catch(() => {});
  }

  if (kept) {
    const note = document.getElementById("story-tools").content.querySelector(".kept");
    note.textContent = note.textContent.replace("{date}", dateText(Number(kept), { timeStyle: "short" }));
    document.querySelector("main").prepend(note);
  }
  if (!workers) return;
  document.addEventListener("digest:change", tell);
  tell();
})();
