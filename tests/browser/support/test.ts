// The `test` that every browser test uses: it fails when the browser reports an error, whatever
// the test itself looked at.
import { test as base, expect, type BrowserContext, type ConsoleMessage, type Page } from '@playwright/test';
import { signIn } from './demonstration';

/** Answers of the API that are part of normal life; Chromium writes them to its console as errors. */
const EXPECTED_STATUSES = [401, 403, 404, 409, 410, 412, 422, 428, 429, 503];

function isExpectedAnswer(message: ConsoleMessage): boolean {
  const status = /^Failed to load resource: the server responded with a status of (\d+)/.exec(message.text());
  if (!status || !EXPECTED_STATUSES.includes(Number(status[1]))) return false;
  return URL.canParse(message.location().url) && new URL(message.location().url).pathname.startsWith('/api/');
}

interface Options {
  /** Console errors that this test provokes on purpose: `test.use({ expectedErrors: [/…/] })`. */
  expectedErrors: RegExp[];
}

interface People {
  /** A page in which somebody is signed in, whoever is in the other ones: two people at once. A person alone needs none of it, see `signIn`. */
  pageOf: (name: string) => Promise<Page>;
}

interface Watch {
  /** Watches for console errors, uncaught errors and Content-Security-Policy violations of every page of a context. */
  watch: (context: BrowserContext) => Promise<void>;
}

/** Consoles before a server each, one for every worker; none where the embedded backend is tried. */
const SERVERS = process.env.PROEF_SERVERS?.split(' ');

/** A browser in which nobody is signed in, whoever is in another: the embedded backend lives in each, a server's visit is told by a cookie. */
export async function ofItsOwn(context: BrowserContext, baseURL?: string): Promise<BrowserContext> {
  if (SERVERS) await context.addCookies([{ name: 'proef-visit', value: crypto.randomUUID(), url: baseURL }]);
  return context;
}

/** Gives a page a visit of its own at the one backend that this browser has. */
async function withVisit(page: Page, visit: string): Promise<Page> {
  await page.addInitScript(visit => {
    const plain = window.fetch.bind(window);
    window.fetch = (input: RequestInfo | URL, init?: RequestInit) => {
      const request = new Request(input, init);
      if (new URL(request.url).pathname.startsWith('/api/')) request.headers.set('proef-visit', visit);
      return plain(request);
    };
  }, visit);
  return page;
}

export const test = base.extend<Options & People & Watch>({
  // A server is shared by the tests that follow one another, so each begins with data made anew, as a
  // browser's storage of its own brings it for the embedded backend.
  baseURL: async ({ baseURL }, use, { parallelIndex }) => {
    if (!SERVERS) return use(baseURL);
    const url = SERVERS[parallelIndex];
    const headers = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID(), 'proef-write': '1' };
    const answer = await fetch(`${url}/api/v1/reset`, { method: 'POST', headers, body: 'null' });
    if (!answer.ok) throw new Error(`the data could not be made anew: ${answer.status} ${await answer.text()}`);
    return use(url);
  },

  context: async ({ context, baseURL, watch }, use) => {
    await watch(context);
    await use(await ofItsOwn(context, baseURL));
  },

  pageOf: async ({ browser, context, baseURL, watch }, use) => {
    const others: BrowserContext[] = [];
    await use(async name => {
      let page: Page;
      if (SERVERS) {
        const other = await ofItsOwn(await browser.newContext({ baseURL }), baseURL);
        others.push(other);
        await watch(other);
        page = await other.newPage();
      } else {
        page = await withVisit(await context.newPage(), name.replaceAll(' ', '-'));
      }
      await signIn(page, name);
      return page;
    });
    for (const other of others) await other.close();
  },

  expectedErrors: [[], { option: true }],

  watch: [async ({ expectedErrors }, use) => {
    const errors: string[] = [];
    const add = (error: string) => {
      if (!expectedErrors.some(expected => expected.test(error))) errors.push(error);
    };
    await use(async context => {
      context.on('console', message => {
        if (message.type() === 'error' && !isExpectedAnswer(message)) add(`console: ${message.text()}`);
      });
      context.on('weberror', error => add(`uncaught: ${error.error().stack ?? error.error().message}`));
      // Chromium writes most violations to the console; the event covers all of them.
      await context.addInitScript(() => {
        document.addEventListener('securitypolicyviolation', event => {
          console.error(`Content-Security-Policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
        });
      });
    });
    expect(errors, 'errors that the browser reported').toEqual([]);
  }, { auto: true }],
});

export { expect };
