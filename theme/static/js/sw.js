// Served as /sw.js where DIGEST_OFFLINE is on. Keeps the pages that offline.js names, and what they are styled with.
const SCOPE = registration.scope;
// Several sites may share one host, as project pages do.
const NAME = `digest${new URL(SCOPE).pathname}offline`;
const VERSIONED = /(?:href|src)="([^"]+\?v=\w+)"/g;
// More would take more room than a site should.
const MOST = 60;

const isOurs = ({ href }) => href.startsWith(SCOPE);

// What a page is kept under: /a/?utm_source=x and /a/index.html are /a/.
const addressOf = ({ origin, pathname }) => origin + pathname.replace(/index\.html$/, "");

// Pages are UTF-8. When one was sent goes into it: the browser's own cache may have had it for a while.
async function keepPage(cache, address, response) {
  const date = Date.parse(response.headers.get("date")) || Date.now();
  const html = (await response.text()).replace("<html ", `<html data-kept="${date}" `);
  await cache.put(address, new Response(html, { headers: { "content-type": "text/html; charset=utf-8" } }));
}

// Its address says which version it is, so it needs no asking, and one version is kept. Without network another one is
// better than none.
async function answerFile(request, address) {
  const cache = await caches.open(NAME);
  const kept = await cache.match(address);
  if (kept) return kept;
  const other = await cache.match(address, { ignoreSearch: true });
  const response = await fetch(request).catch((error) => other || Promise.reject(error));
  if (response.ok && response !== other) {
    await cache.delete(address, { ignoreSearch: true });
    await cache.put(address, response.clone());
  }
  return response;
}

// A page is kept when everything that it is styled with is: so it can say that it is a kept one.
async function fetchPage(cache, address) {
  const response = await fetch(address, { cache: "no-cache" });
  if (!response.ok || response.redirected) return;
  for (const [, link] of (await response.clone().text()).matchAll(VERSIONED)) {
    const url = new URL(link, address);
    if (isOurs(url) && !(await answerFile(url, url.href)).ok) return;
  }
  await keepPage(cache, address, response);
}

// An imported list is somebody's text: what is no address of this site costs no other its place.
function pageOf(text) {
  try {
    const url = new URL(text, SCOPE);
    return isOurs(url) ? [addressOf(url)] : [];
  } catch {
    return [];
  }
}

async function keepOnly(addresses) {
  const cache = await caches.open(NAME);
  const wanted = new Set([...new Set(addresses.flatMap(pageOf))].slice(0, MOST));
  for (const { url } of await cache.keys()) {
    if (!url.includes("?v=") && !wanted.delete(url)) await cache.delete(url);
  }
  // One that cannot be had costs no other; the next page that is opened asks again.
  for (const address of wanted) await fetchPage(cache, address).catch(() => {});
}

// The network's answer renews what is kept, even if it comes too late to be shown; what was withdrawn goes.
async function renew(address, response) {
  const cache = await caches.open(NAME);
  if (!(await cache.match(address))) return;
  if ([404, 410].includes(response.status)) await cache.delete(address);
  else if (response.ok) await keepPage(cache, address, response);
}

// The network first. A copy only if it fails, or says nothing for six seconds; a page that is not kept has all the time.
function answerPage(event, address) {
  const network = fetch(event.request);
  event.waitUntil(network.then((response) => renew(address, response.clone())));
  const patience = new Promise((done) => setTimeout(done, 6000));
  const kept = async () => (await caches.match(address, { cacheName: NAME }).catch(() => {})) || network;
  event.respondWith(Promise.race([network, patience]).then((response) => response || kept(), kept));
}

addEventListener("install", () => skipWaiting());
// One list after the other, or a page that is no longer wanted could be kept after it was removed.
let work = Promise.resolve();
addEventListener("message", (event) => event.waitUntil((work = work.then(() => keepOnly(event.data)).catch(() => {}))));
addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (!isOurs(url)) return;
  if (request.mode === "navigate") answerPage(event, addressOf(url));
  else if (/^\?v=\w+$/.test(url.search)) event.respondWith(answerFile(request, url.href).catch(() => fetch(request)));
});
