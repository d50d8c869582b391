// How long a first visit takes until the customers list can be used, in Chromium, plain and with
// a slow network and processor. Prints numbers and judges none of them. `cargo xtask perf` runs it.
import { createRequire } from 'node:module';

const require = createRequire(new URL('../browser/package.json', import.meta.url));
const { chromium } = require('playwright-core');

const ROUNDS = 5;
// Far above what any round takes: a page that hangs ends the measuring and says where.
const HANGS_MS = 30_000;
const URL_ = process.env.PROEF_URL ?? 'http://127.0.0.1:8080';
const CONDITIONS = [
  { name: 'plain: nothing is slowed down' },
  {
    name: 'page slowed down to Slow 4G (1.6 Mbit/s, 150 ms) and a CPU 4 times slower; '
      + 'the service worker, its download and its work are not slowed down',
    network: { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 },
    slowdown: 4,
  },
];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});

/** Applies the conditions to a page. Its service worker is a target of its own, which they do not reach. */
async function slowDown(context, page, { network, slowdown }) {
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  if (network) await session.send('Network.emulateNetworkConditions', network);
  if (slowdown) await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
}

/** Milliseconds from navigation until what the selector finds is on the page and painted. */
async function until(page, path, find) {
  const started = performance.now();
  await page.goto(URL_ + path, { waitUntil: 'commit' });
  await find(page).first().waitFor({ state: 'visible', timeout: HANGS_MS });
  await page.evaluate(() => new Promise(painted => requestAnimationFrame(() => requestAnimationFrame(painted))));
  return performance.now() - started;
}

const persona = page => page.getByRole('main').getByRole('button');
const row = page => page.getByRole('main').getByRole('table').getByRole('row').nth(1);

async function firstVisit(conditions) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await slowDown(context, page, conditions);
  const signIn = await until(page, '/sign-in', persona);
  const paint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0);
  await persona(page).first().click();
  await row(page).waitFor({ timeout: HANGS_MS });
  // Signed in now. A cold visit to the list: no worker, nothing cached, only the session is kept.
  await page.evaluate(async () => {
    for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
    for (const name of await caches.keys()) await caches.delete(name);
  });
  const session = await context.newCDPSession(page);
  await session.send('Network.clearBrowserCache');
  // An unregistered worker lives on as long as a page of its site is open.
  await page.goto('about:blank');
  const list = await until(page, '/customers', row);
  await context.close();
  return { paint, signIn, list };
}

const median = values => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
for (const conditions of CONDITIONS) {
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await firstVisit(conditions));
  console.log(conditions.name);
  for (const [key, text] of [
    ['paint', 'first paint of the frame, first visit'],
    ['signIn', 'first visit until a person can be chosen (worker installed)'],
    ['list', 'no worker, no caches, session kept: until the list is usable'],
  ]) {
    const values = rounds.map(round => round[key]);
    console.log(`  ${text.padEnd(62)} ${Math.round(median(values))} ms (${values.map(Math.round).join(', ')})`);
  }
}
await browser.close();
