// What comes between a page and the backend. It is done in the page itself: requests that a service worker
// answers never come to the network, where Playwright would meet them.
import type { Page } from '@playwright/test';

interface Wire {
  letGo: () => void;
}

/** In the page: holds its requests to a path until it is told to let them go. */
function gate(path: string): void {
  const real = window.fetch.bind(window);
  const open = new Promise<void>(go => { (window as unknown as Wire).letGo = go; });
  window.fetch = async (asked, how) => {
    if ((asked instanceof Request ? asked.url : `${asked}`).includes(path)) await open;
    return real(asked, how);
  };
}

const letGo = (page: Page) => () => page.evaluate(() => (window as unknown as Wire).letGo());

/** Holds the page's requests to a path, from its next load on, until what is returned is called. */
export async function hold(page: Page, path: string): Promise<() => Promise<void>> {
  await page.addInitScript(gate, path);
  return letGo(page);
}

/** The same from now on. */
export async function holdNow(page: Page, path: string): Promise<() => Promise<void>> {
  await page.evaluate(gate, path);
  return letGo(page);
}

/** Sets the backend's clock forward once, after it has answered the page's next request to a path and before the page knows. */
export async function forwardBefore(page: Page, path: string, days: number): Promise<void> {
  await page.evaluate(([path, days]) => {
    const real = window.fetch.bind(window);
    window.fetch = async (asked, how) => {
      const answer = await real(asked, how);
      if (!(asked instanceof Request ? asked.url : `${asked}`).endsWith(path)) return answer;
      window.fetch = real;
      const headers = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID(), 'proef-write': '1' };
      await real('/api/v1/clock', { method: 'POST', headers, body: JSON.stringify({ days }) });
      return answer;
    };
  }, [path, days] as const);
}

/** Changes what the page reads of the answer to its next request to a path. */
export async function answerOtherwise(page: Page, path: string, field: string, value: string): Promise<void> {
  await page.evaluate(([path, field, value]) => {
    const real = window.fetch.bind(window);
    window.fetch = async (asked, how) => {
      const answer = await real(asked, how);
      if (!(asked instanceof Request ? asked.url : `${asked}`).endsWith(path)) return answer;
      window.fetch = real;
      const body = await answer.json();
      const names = field.split('.');
      const last = names.pop()!;
      names.reduce((inner, name) => inner[name], body)[last] = value;
      return new Response(JSON.stringify(body), { status: answer.status, headers: answer.headers });
    };
  }, [path, field, value] as const);
}
