// Makes the backend inside Chromium's service worker reachable from outside: opens the served
// product, listens on a free local port, and passes every request that comes in to the page's
// `fetch`, so that the service worker answers it. `cargo xtask conform` runs it.
import { createServer } from 'node:http';
import { chromium } from 'playwright-core';

const PRODUCT = process.env.PROEF_URL ?? 'http://127.0.0.1:8080';
// A first visit makes the demonstration data; a slow machine takes its time for it.
const READY_MS = 120_000;
// Headers that a browser sets itself and lets nobody else set.
const THE_BROWSERS = new Set([
  'host', 'connection', 'content-length', 'accept-encoding', 'accept', 'user-agent', 'origin', 'transfer-encoding',
]);

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});
const page = await (await browser.newContext()).newPage();
page.on('crash', () => console.error('the page crashed'));
// The console's own page starts the service worker; a plain file in its scope is then enough, and
// does not go anywhere by itself.
await page.goto(`${PRODUCT}/`);
await page.waitForFunction(() => navigator.serviceWorker.controller !== null, null, { timeout: READY_MS });
await page.goto(`${PRODUCT}/config.json`);
await page.waitForFunction(
  async () => (await fetch('/api/v1/session')).headers.has('proef-backend'), null, { timeout: READY_MS },
);

/** Runs in the page. */
async function inThePage({ method, path, headers, body }) {
  const answer = await fetch(path, { method, headers, body: body === '' ? undefined : body, cache: 'no-store' });
  return { status: answer.status, headers: [...answer.headers], body: await answer.text() };
}

async function textOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

const server = createServer(async (request, response) => {
  try {
    const headers = Object.entries(request.headers).filter(([name]) => !THE_BROWSERS.has(name));
    const asked = { method: request.method, path: request.url, headers, body: await textOf(request) };
    const answer = await page.evaluate(inThePage, asked);
    // The length is that of the text as it is passed on; HEAD has none.
    const passed = answer.headers.filter(([name]) => name !== 'content-length' && name !== 'content-encoding');
    response.writeHead(answer.status, passed.flat());
    response.end(answer.body);
  } catch (why) {
    // No status of the backend's: whoever asks is told that there was no answer.
    console.error(`${request.method} ${request.url}: ${why}`);
    response.destroy();
  }
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));

// Whoever started this ends it by closing its input, also when that program itself was ended.
process.stdin.on('end', async () => {
  await browser.close();
  process.exit(0);
}).resume();
