// Served as /sw.js where DIGEST_OFFLINE is off: what an earlier one kept goes, and then this one. Asked for by nobody else.
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => {
  const kept = `digest${new URL(registration.scope).pathname}offline`;
  event.waitUntil(Promise.all([caches.delete(kept), registration.unregister()]));
});
