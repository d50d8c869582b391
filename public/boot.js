// The page's first script. It starts the embedded backend and loads the console, side by side:
// the service worker gets ready while the console's own wasm still travels.
//
// For the console's API client it leaves two names on `window`:
//   backend        a promise: settled when the first start is over. It rejects with an Error whose
//                  message is a reason: 'insecure' (this browser, mode or address forbids service
//                  workers), 'refused' (the worker could not be installed), 'late' (no answer
//                  within the limit). The console turns the reason into a sentence.
//   startBackend   does the same again. The client calls it when an answer did not come from the
//                  backend: the worker was unregistered, or the site's data was cleared. It takes
//                  the milliseconds that are left of the call's 10 seconds.
// A deployment with a server says so in config.json; then no worker is ever registered.

const LIMIT_MS = 10_000; // rule G1: nothing waits longer without saying so
const begun = performance.now();

function reason(code, cause) {
  return new Error(code, { cause });
}

/** Resolves when this page's requests go through the service worker. */
async function startBackend(limit = LIMIT_MS) {
  const workers = navigator.serviceWorker;
  if (!workers || !window.isSecureContext) throw reason('insecure');

  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(reason('late')), limit);
  });
  late.catch(() => {}); // when it loses the race nobody else listens
  // Listening starts before registering: the change may come while we still wait for something else.
  const controlled = new Promise(resolve => {
    workers.addEventListener('controllerchange', resolve, { once: true });
  });

  try {
    const registration = await Promise.race([register(workers), late]);
    if (workers.controller) return;
    await Promise.race([activated(registration), late]);
    if (workers.controller) return;
    // After a hard reload the worker runs but leaves this page alone, until it is asked to claim it.
    // `serviceWorker.ready` would not do: it resolves there, and the next request misses the worker.
    registration.active?.postMessage('claim');
    await Promise.race([controlled, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function register(workers) {
  try {
    return await workers.register('/sw.js', { updateViaCache: 'none' });
  } catch (cause) {
    // SecurityError: the browser's settings or a private mode forbid workers. Anything else: the
    // script is missing, damaged, or blocked.
    throw reason(cause.name === 'SecurityError' ? 'insecure' : 'refused', cause);
  }
}

function activated(registration) {
  const worker = registration.active ?? registration.waiting ?? registration.installing;
  return new Promise((resolve, reject) => {
    if (!worker) return reject(reason('refused'));
    const look = () => {
      if (worker.state === 'activated') resolve();
      if (worker.state === 'redundant') reject(reason('refused')); // its install step failed
    };
    worker.addEventListener('statechange', look);
    look();
  });
}

const settings = fetch('/config.json', { signal: AbortSignal.timeout(LIMIT_MS) }).then(answer => answer.json());
settings.catch(() => {}); // whoever needs them reads the outcome

async function needsEmbeddedBackend() {
  try {
    return ((await settings).backend ?? 'embedded') === 'embedded';
  } catch (cause) {
    if (cause.name === 'TimeoutError') throw reason('late', cause);
    return true; // a missing or broken config.json is the console's to report
  }
}

window.startBackend = startBackend;
// The time that the settings took is not given again.
window.backend = needsEmbeddedBackend().then(async needed => {
  if (needed) return startBackend(LIMIT_MS - (performance.now() - begun));
  // A worker from when this address had the embedded backend would go on answering in the server's place.
  const workers = navigator.serviceWorker;
  for (const old of await workers?.getRegistrations().catch(() => []) ?? []) await old.unregister();
  if (workers?.controller) location.reload();
});
window.backend.catch(() => {}); // the client reads the outcome; here it is not an unhandled one

// Trunk passes the hashed names on the script tag. The integrity of the wasm is checked here,
// because browsers ignore it on a preload link of kind `fetch`.
async function startConsole() {
  const { js, wasm } = document.querySelector('script[data-js]').dataset;
  const integrity = document.querySelector(`link[rel=preload][href="${wasm}"]`)?.integrity ?? '';
  // Nothing waits longer without saying so (rule G1); what still comes takes the notice's place.
  const slow = setTimeout(() => show(SLOW), LIMIT_MS - (performance.now() - begun));
  try {
    const console_ = await import(js);
    await console_.default({ module_or_path: fetch(wasm, { integrity }) });
  } finally {
    clearTimeout(slow);
  }
}

// Without the console there are no locale files, so these sentences stand here, in both languages.
const FAILED = {
  en: {
    title: 'The console could not be loaded',
    text: 'Part of it did not arrive, or this browser is too old for it. Check the connection and load the page again; '
      + 'if that does not help, update the browser. What you typed before is kept.',
    again: 'Load again',
  },
  nl: {
    title: 'De console kon niet worden geladen',
    text: 'Een deel kwam niet aan, of deze browser is er te oud voor. Controleer de verbinding en laad de pagina opnieuw; '
      + 'helpt dat niet, werk dan de browser bij. Wat u eerder typte, is bewaard.',
    again: 'Opnieuw laden',
  },
};

const SLOW = {
  en: {
    title: 'This takes longer than it should',
    text: 'Part of the console did not arrive within 10 seconds. It is still being loaded. Check the connection or '
      + 'load the page again. What you typed before is kept.',
    again: FAILED.en.again,
  },
  nl: {
    title: 'Dit duurt langer dan zou moeten',
    text: 'Een deel van de console kwam niet binnen 10 seconden aan. Het wordt nog geladen. Controleer de verbinding of '
      + 'laad de pagina opnieuw. Wat u eerder typte, is bewaard.',
    again: FAILED.nl.again,
  },
};

function show(words) {
  const order = document.documentElement.lang === 'nl' ? ['nl', 'en'] : ['en', 'nl'];
  const notice = document.createElement('main');
  notice.className = 'boot-failure';
  notice.setAttribute('role', 'alert');
  for (const lang of order) {
    const part = document.createElement('section');
    part.lang = lang;
    const title = document.createElement('h1');
    title.textContent = words[lang].title;
    const text = document.createElement('p');
    text.textContent = words[lang].text;
    const again = document.createElement('button');
    again.type = 'button';
    again.textContent = words[lang].again;
    again.addEventListener('click', () => location.reload());
    part.append(title, text, again);
    notice.append(part);
  }
  const place = document.querySelector('main');
  if (place) place.replaceWith(notice);
  else document.body.append(notice);
}

// Who asks, what and until when is told even without the console (rule X19): the backend writes a
// request out as a document. The secret of a link travels in a body, as it does in the console (X7).
async function plainRequest() {
  const secret = location.pathname === '/request' ? window.linkSecret ?? sessionStorage.getItem('link-secret') : null;
  let id = /^\/requests\/([^/]+)\/?$/.exec(location.pathname)?.[1];
  if (!id && !secret) return undefined;
  await window.backend;
  const api = (await settings.catch(() => ({}))).api ?? '/api/v1';
  const signal = AbortSignal.timeout(LIMIT_MS);
  if (secret) {
    const headers = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID(), 'proef-write': '1' };
    const body = JSON.stringify({ token: secret });
    const opened = await fetch(`${api}/requests/open`, { method: 'POST', headers, body, signal, credentials: 'include' });
    if (!opened.ok) return undefined;
    id = encodeURIComponent((await opened.json()).id);
  }
  const address = `${api}/requests/${id}/plain?language=${document.documentElement.lang}`;
  return (await fetch(address, { signal, credentials: 'include' })).ok ? address : undefined;
}

startConsole().catch(async cause => {
  console.error(cause);
  show(FAILED);
  const address = await plainRequest().catch(() => undefined);
  if (address) location.replace(address);
});
