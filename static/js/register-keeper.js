// Runs beside registers of attendance and lets them open without a connection: the network comes first, always; what it
// last gave is shown when it gives nothing, for three days. Forgotten as soon as the site no longer shows it.

const KEPT = "registers";
const KEPT_MS = 3 * 24 * 60 * 60 * 1000;
const REGISTER = /\/timetable\/sessions\/[0-9a-f-]{36}\/register\/$/;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

const remember = async (request, response) => {
  const cache = await caches.open(KEPT);
  if (response.ok && !response.redirected) await cache.put(request, response.clone());
  else if (request.mode === "navigate") await cache.delete(request);
  return response;
};

const isFresh = (response) => Date.now() - Date.parse(response.headers.get("Date") ?? 0) < KEPT_MS;

const fromNetworkFirst = async (request) => {
  try {
    return await remember(request, await fetch(request));
  } catch (problem) {
    const kept = await caches.match(request, { ignoreSearch: true, ignoreVary: true });
    if (kept && (request.mode !== "navigate" || isFresh(kept))) return kept;
    throw problem;
  }
};

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  const isPage = request.mode === "navigate" && REGISTER.test(url.pathname);
  if (isPage || url.pathname.startsWith("/static/")) event.respondWith(fromNetworkFirst(request));
});
