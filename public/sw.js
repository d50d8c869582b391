// The embedded backend's service worker: it answers this site's requests under /api/ and nothing
// else. The answers are made by the wasm of crates/embedded; this file is its lifetime.

// Stamped by the build: a hash over the two files below, which carry it in their names. With fixed
// names a restarted old worker would join its kept glue to a newer wasm and fail on every request.
const BUILD = '__BUILD__';
const GLUE = `/embedded-${BUILD}.js`;
const WASM = `/embedded-${BUILD}_bg.wasm`;
const CACHE = `embedded-${BUILD}`;
const SETTINGS = '/config.json';

importScripts(GLUE); // the browser stores it together with this file

// --- the wasm instance -------------------------------------------------------------------------

let instance; // a promise while loading and ever after; undefined before and after a failed load

function start() {
  self.deploymentSettings().catch(() => {}); // on its way already when the first request needs it
  instance ??= wasm_bindgen({ module_or_path: storedWasm() }).catch(cause => {
    instance = undefined; // so that the next request tries again
    throw cause;
  });
  return instance;
}

// The deployment's settings (rule G8), as config.json has them at this moment. The copy of an
// earlier start serves where the host cannot be reached, and whatever else there is no answer
// without them: a made-up setting would be shown as a true one.
let settings; // a promise, as `instance`
const SETTINGS_LIMIT_MS = 3_000;

self.deploymentSettings = () => {
  settings ??= readSettings().catch(cause => {
    settings = undefined;
    throw cause;
  });
  return settings;
};

async function readSettings() {
  const cache = await caches.open(CACHE);
  try {
    const signal = AbortSignal.timeout(SETTINGS_LIMIT_MS);
    const answer = await fetch(SETTINGS, { cache: 'no-cache', signal });
    if (answer.status === 404) return '{}'; // a deployment without settings
    if (answer.ok) {
      await cache.put(SETTINGS, answer.clone()).catch(() => {}); // without room for it there is no copy
      return await answer.text();
    }
    throw new Error(`${SETTINGS}: ${answer.status}`);
  } catch (cause) {
    const copy = await cache.match(SETTINGS);
    if (!copy) throw cause;
    return copy.text();
  }
}

// Taken from the cache first: an old worker must still start after its files have left the server.
async function storedWasm() {
  const cache = await caches.open(CACHE);
  return (await cache.match(WASM)) ?? fetch(WASM);
}

// --- panics ------------------------------------------------------------------------------------

// A panic leaves the promise of its request pending for ever, so every answer races against
// `panicked`. A panic between two puts must not leave half an act: dropping a transaction commits
// it, so the open writing ones are kept here and aborted.
const openWrites = new Set();
let panicked;
let reportPanic;

function armPanic() {
  panicked = new Promise((_, reject) => { reportPanic = reject; });
  panicked.catch(() => {}); // without a request in flight nobody listens
}
armPanic();

// The store calls this for every transaction that writes.
self.writing = transaction => {
  openWrites.add(transaction);
  for (const end of ['complete', 'abort']) {
    transaction.addEventListener(end, () => openWrites.delete(transaction));
  }
};

function giveUp(why) {
  for (const transaction of openWrites) {
    try {
      transaction.abort();
    } catch {
      // It ended in the meantime: nothing is left to undo.
    }
  }
  reportPanic(new Error(why));
  armPanic();
}

// The panic hook of the wasm calls this; it has asked for a fresh instance itself. The trap with
// which the panic ends is seen below within the same task, and says nothing new.
let byPanic = false;
self.workerPanicked = why => {
  byPanic = true;
  setTimeout(() => { byPanic = false; });
  giveUp(why);
};

// A trap that is not a panic (stack exhausted, out of memory) runs no hook: what it left behind
// cannot be trusted either, so the next call gets a fresh instance.
function trapped(cause) {
  const trap = cause instanceof WebAssembly.RuntimeError || cause instanceof RangeError;
  if (!trap || byPanic) return;
  giveUp(cause.message);
  wasm_bindgen.start_anew();
}

self.addEventListener('error', event => trapped(event.error));

// --- life of the worker ------------------------------------------------------------------------

// The database is not opened here: a new worker that raised its version now would lock out the
// old one, which still answers the open pages.
self.addEventListener('install', event => {
  event.waitUntil(
    caches.open(CACHE)
      .then(cache => cache.add(WASM))
      .then(start)
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', event => {
  event.waitUntil(
    self.clients.claim()
      .then(() => caches.keys())
      .then(names => names.filter(name => name.startsWith('embedded-') && name !== CACHE))
      .then(old => Promise.all(old.map(name => caches.delete(name)))),
  );
});

// A page that was hard reloaded runs without a worker until the worker claims it (see boot.js).
self.addEventListener('message', event => {
  if (event.data === 'claim') event.waitUntil(self.clients.claim());
});

// --- requests ----------------------------------------------------------------------------------

// What cannot be answered is a 503, which the client retries with the same idempotency key. The
// header tells the client that it was the backend that spoke, not the static host.
function unavailable(cause) {
  const problem = { type: 'unavailable', title: 'Unavailable', status: 503, detail: String(cause) };
  return new Response(JSON.stringify(problem), {
    status: 503,
    headers: { 'content-type': 'application/problem+json', 'proef-backend': BUILD },
  });
}

self.addEventListener('fetch', event => {
  const { origin, pathname } = new URL(event.request.url);
  if (origin !== self.location.origin || !pathname.startsWith('/api/')) return;
  const answer = start().then(() => wasm_bindgen.handle(event.request));
  answer.catch(trapped);
  event.respondWith(Promise.race([answer, panicked]).catch(unavailable));
});
