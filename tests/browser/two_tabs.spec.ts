// Two tabs that write at once over one IndexedDB: everything is stored exactly once (G2, N18).
import { expect, signIn, test } from './support';
import { button, row, shortestToReview, startTrial } from './support/wizard';
import type { BrowserContext, Page } from '@playwright/test';

/** Two tabs of one browser, both signed in as the same person. */
async function twoTabs(page: Page, context: BrowserContext): Promise<[Page, Page]> {
  await signIn(page, 'Anna de Vries');
  const other = await context.newPage();
  await other.goto('/customers');
  await expect(row(other, 'Cobalt Analytics')).toBeVisible();
  return [page, other];
}

/** What the backend counts: customers of the list, by their totals, and open drafts. */
const counted = (page: Page) => page.evaluate(async () => {
  const read = async (path: string) => (await fetch(`/api/v1/${path}`)).json();
  const { found } = await read('customers');
  const { counts } = await read('customers/totals');
  const { drafts } = await read('drafts');
  const byStatus = (counts as [string, number][]).reduce((sum, [, count]) => sum + count, 0);
  return { found: found as number, byStatus, drafts: drafts.length as number };
});

test('many drafts and saves fired at once, each of them twice, are stored exactly once [G2, N18]', async ({ page, context }) => {
  const tabs = await twoTabs(page, context);
  const before = await counted(page);
  const DRAFTS = 40;
  const SAVES = 9; // one person may look up 20 addresses within an hour (X1)

  const fire = (tab: Page, name: string) => tab.evaluate(async ([name, drafts, saves]) => {
    const send = async (method: string, path: string, key: string, body: unknown, more = {}) => {
      const headers = { 'content-type': 'application/json', 'idempotency-key': key, 'proef-write': '1', ...more };
      for (;;) {
        const answer = await fetch(`/api/v1/${path}`, { method, headers, body: JSON.stringify(body) });
        // Too many acts were in each other's way: the console sends the same again, and so does this.
        if (answer.status !== 503) return { status: answer.status, body: await answer.json() };
      }
    };
    /** The same request twice at the same time, as a retry that overtakes its lost answer. */
    const twice = async (...request: Parameters<typeof send>) => {
      const [first, second] = await Promise.all([send(...request), send(...request)]);
      return { same: JSON.stringify(first) === JSON.stringify(second), ...first };
    };
    const draft = (place: number) => ({
      'company-name': `Both ${name} ${place}`, 'administrator-email': `it@both-${name}-${place}.example`,
      vertical: 'retail', country: 'NL', 'supported-location': true, services: ['messaging'], licences: '5',
    });
    const keep = async (place: number) =>
      twice('PUT', `drafts/both-${name}-${place}`, `keep-both-${name}-${place}`, draft(place), { 'if-none-match': '*' });
    const start = async (place: number) => {
      const typed = draft(drafts + place);
      const preview = await send('POST', 'trials/preview', `preview-both-${name}-${place}`, { draft: typed });
      const saved = { 'draft-id': `saved-${name}-${place}`, draft: typed, digest: preview.body.digest, language: 'en' };
      return twice('POST', 'trials', `save-both-${name}-${place}`, saved);
    };
    const places = (count: number) => Array.from({ length: count }, (_, place) => place);
    return Promise.all([...places(drafts).map(keep), ...places(saves).map(start)]);
  }, [name, DRAFTS, SAVES] as const);

  const answers = (await Promise.all([fire(tabs[0], 'left'), fire(tabs[1], 'right')])).flat();
  expect(answers.filter(({ status, same }) => status !== 200 || !same)).toEqual([]);
  for (const tab of tabs) {
    const after = await counted(tab);
    expect(after).toEqual({
      found: before.found + 2 * SAVES, byStatus: before.byStatus + 2 * SAVES, drafts: before.drafts + 2 * DRAFTS,
    });
  }
  const versions = await page.evaluate(async drafts => Promise.all(
    ['left', 'right'].flatMap(name => Array.from({ length: drafts }, async (_, place) => {
      const kept = await (await fetch(`/api/v1/drafts/both-${name}-${place}`)).json();
      return kept.draft['company-name'] === `Both ${name} ${place}` ? kept.version as number : -1;
    })),
  ), DRAFTS);
  expect(new Set(versions), 'each draft was written once').toEqual(new Set([1]));
});

test('every write to one draft from both tabs counts once in its version [G2]', async ({ page, context }) => {
  const tabs = await twoTabs(page, context);
  const WRITES = 40;
  const write = (tab: Page, name: string) => tab.evaluate(async ([name, writes]) => {
    let refused = 0;
    const put = async (version: number, typed: string) => {
      const from = version === 0 ? { 'if-none-match': '*' } : { 'if-match': `"${version}"` };
      const headers = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID(), 'proef-write': '1', ...from };
      return fetch('/api/v1/drafts/one-for-both', { method: 'PUT', headers, body: JSON.stringify({ 'company-name': typed }) });
    };
    let version = 0;
    for (let number = 0; number < writes; number += 1) {
      // From the version that is there, which the other tab may change in the meantime.
      for (;;) {
        const answer = await put(version, `${name} ${number}`);
        if (answer.ok) {
          version = (await answer.json()).version;
          break;
        }
        if (answer.status !== 412) throw new Error(`status ${answer.status}`);
        refused += 1;
        version = (await (await fetch('/api/v1/drafts/one-for-both')).json()).version;
      }
    }
    return refused;
  }, [name, WRITES] as const);
  const refused = await Promise.all([write(tabs[0], 'left'), write(tabs[1], 'right')]);
  const kept = await page.evaluate(async () => (await fetch('/api/v1/drafts/one-for-both')).json());
  expect(kept.version).toBe(2 * WRITES);
  expect(kept.draft['company-name']).toMatch(new RegExp(`^(left|right) ${WRITES - 1}$`));
  expect(refused[0] + refused[1], 'they were in each other’s way').toBeGreaterThan(0);
});

test('two tabs save two customers in the same moment, and both lists show both [N18, Q4]', async ({ page, context }) => {
  const tabs = await twoTabs(page, context);
  const before = await counted(page);
  const names = ['Left Hand', 'Right Hand'];
  // A tab in the background paints once a second, and a click waits for what is painted.
  await tabs[0].bringToFront();
  await startTrial(tabs[0]);
  await shortestToReview(tabs[0], { company: names[0], email: 'it@left-hand.example' });
  await tabs[1].bringToFront();
  await tabs[1].goto('/start-trial');
  await button(tabs[1], 'Start a new one').click();
  await shortestToReview(tabs[1], { company: names[1], email: 'it@right-hand.example' });
  await Promise.all(tabs.map(tab => button(tab, 'Save').evaluate((button: HTMLElement) => button.click())));
  for (const tab of tabs) {
    await expect(tab.getByRole('dialog', { name: 'Set up services now?' })).toBeVisible();
  }
  for (const tab of tabs) {
    await tab.goto('/customers');
    for (const name of names) await expect(row(tab, name)).toHaveCount(1);
  }
  expect(await counted(page)).toEqual({ found: before.found + 2, byStatus: before.byStatus + 2, drafts: before.drafts });
});
