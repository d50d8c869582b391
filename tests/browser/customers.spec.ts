import { axe, expect, signIn, test } from './support';
import type { Page } from '@playwright/test';

const ANNA = 'Anna de Vries';
const search = (page: Page) => page.getByRole('searchbox', { name: 'Search' });
const totals = (page: Page) => page.getByRole('group', { name: 'Customers by status' });
const total = (page: Page, status: string) => totals(page).getByRole('button', { name: new RegExp(`^${status} \\d+$`) });
const rows = (page: Page) => page.getByRole('row').filter({ has: page.getByRole('cell') });
const found = (page: Page) => page.locator('.customers-found');

/** The number that a total shows. */
async function count(page: Page, status: string): Promise<number> {
  return Number((await total(page, status).innerText()).replace(/\D/g, ''));
}

async function openCustomers(page: Page, name = ANNA): Promise<void> {
  await signIn(page, name);
  await expect(total(page, 'All')).toBeVisible();
  await expect(rows(page).first()).toBeVisible();
}

test('the list has a column for everything that it promises, and each customer a row [Q1]', async ({ page }) => {
  await page.setViewportSize({ width: 2200, height: 1000 });
  await openCustomers(page);
  const columns = ['Company', 'Status', 'Services', 'Life', 'Ends', 'Days left', 'Licences', 'Region', 'Administrator', 'In charge', 'Last change'];
  await expect(page.getByRole('columnheader')).toHaveText(['', ...columns]);
  await expect(rows(page)).toHaveCount(await count(page, 'All'));
  const heights = await rows(page).evaluateAll(all => [...new Set(all.map(row => row.getBoundingClientRect().height))]);
  expect(Math.max(...heights) - Math.min(...heights), 'rows of one height').toBeLessThan(2);
});

test('columns can be chosen, and the choice is kept [Q1]', async ({ page }) => {
  await page.setViewportSize({ width: 2200, height: 1000 });
  await openCustomers(page);
  const region = page.getByRole('columnheader', { name: 'Region' });
  const choose = async () => {
    await page.getByText('Columns', { exact: true }).click();
    return page.getByRole('checkbox', { name: 'Region' });
  };
  await expect(region).toBeVisible();
  await (await choose()).uncheck();
  await expect(region).toBeHidden();
  await expect(page.locator('td.c-region').first()).toBeHidden();
  await page.reload();
  await expect(rows(page).first()).toBeVisible();
  await expect(region).toBeHidden();
  const box = await choose();
  await expect(box).not.toBeChecked();
  await box.check();
  await expect(region).toBeVisible();
});

test('totals count every customer once, by the status that needs attention first, and each is a filter [Q4, Q9]', async ({ page }) => {
  await openCustomers(page);
  const labels = await totals(page).getByRole('button').allInnerTexts();
  const counts = labels.filter(label => !label.startsWith('All')).map(label => Number(label.replace(/\D/g, '')));
  expect(counts.reduce((sum, each) => sum + each, 0)).toBe(await count(page, 'All'));

  const expired = await count(page, 'Expired');
  await total(page, 'Expired').click();
  await expect(page).toHaveURL(/\/customers\?status=expired$/);
  await expect(total(page, 'Expired')).toHaveAttribute('aria-pressed', 'true');
  await expect(total(page, 'All')).toHaveAttribute('aria-pressed', 'false');
  await expect(rows(page)).toHaveCount(expired);
  for (const row of await rows(page).all()) await expect(row.getByText('Expired', { exact: true })).toBeVisible();
  await expect(found(page)).toHaveText(`${expired} customers`);
  await total(page, 'Expired').click();
  await expect(page).toHaveURL(/\/customers$/);
});

test('a customer with more trials shows how many more [Q9]', async ({ page }) => {
  await openCustomers(page);
  await expect(page.getByText(/^\d+ more trials?$/).first()).toBeAttached();
});

test('a customer with two trials shows the services of both, each with its days left [Q1]', async ({ page }) => {
  await openCustomers(page);
  const row = rows(page).filter({ hasText: 'Twin Peaks Outdoors' });
  await expect(row.getByRole('listitem')).toHaveText([/^Calling · 0, \d+ days of grace left$/, /^Messaging · (\d+), \1 days left$/, /^Meetings · (\d+), \1 days left$/]);
  const one = rows(page).filter({ hasText: 'Dutch Orchard Export' });
  await expect(one.getByRole('listitem')).toHaveText(['Messaging', 'Meetings']);
});

test('search looks through name, address, domain and id, and an exact id opens the record [Q2]', async ({ page }) => {
  await openCustomers(page);
  const link = page.getByRole('link', { name: 'Cobalt Analytics' });
  const id = (await link.getAttribute('href'))!.split('/').pop()!;
  for (const text of ['cobalt ana', 'ADMIN@COBALT', 'cobaltanalytics.example']) {
    await search(page).fill(text);
    await expect(rows(page)).toHaveCount(1);
    await expect(link).toBeVisible();
    await search(page).fill('');
    await expect(found(page)).not.toHaveText('1 customer');
  }
  await search(page).fill(id);
  await expect(page.getByRole('heading', { level: 1, name: 'Cobalt Analytics' })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1, name: 'Customers' })).toBeVisible();
});

test('search and filter stand in the address without defaults; Back and a pasted link restore them [Q3]', async ({ page, context }) => {
  await openCustomers(page);
  await expect(page).toHaveURL(/\/customers$/);
  await total(page, 'Active').click();
  await expect(page).toHaveURL(/\/customers\?status=active$/);
  await search(page).pressSequentially('gro');
  await expect(page).toHaveURL(/\/customers\?q=gro&status=active$/);
  const few = await page.evaluate(async () => (await (await fetch('/api/v1/customers?q=gro&status=active')).json()).found as number);
  await expect(rows(page)).toHaveCount(few);

  const other = await context.newPage();
  await other.goto(page.url());
  await expect(search(other)).toHaveValue('gro');
  await expect(total(other, 'Active')).toHaveAttribute('aria-pressed', 'true');
  await expect(rows(other)).toHaveCount(few);

  await page.goBack();
  await expect(page).toHaveURL(/\/customers\?status=active$/);
  await expect(search(page)).toHaveValue('');
  await page.goBack();
  await expect(page).toHaveURL(/\/customers$/);
  await expect(total(page, 'All')).toHaveAttribute('aria-pressed', 'true');
  await page.goForward();
  await expect(total(page, 'Active')).toHaveAttribute('aria-pressed', 'true');

  await page.goto('/customers?q=&status=nonsense&page=7');
  await expect(page).toHaveURL(/\/customers$/);
});

test('the status filter takes several at once, and shows what has left the list [Q3, Q11]', async ({ page }) => {
  await openCustomers(page);
  const all = await count(page, 'All');
  await page.getByRole('button', { name: /^Filters\s*\d*$/ }).click();
  await page.getByRole('checkbox', { name: 'Declined' }).check();
  await page.getByRole('checkbox', { name: 'Lapsed' }).check();
  await expect(page).toHaveURL(/\/customers\?status=declined,lapsed$/);
  await expect(rows(page).filter({ hasNotText: /Declined|Lapsed/ })).toHaveCount(0);
  await expect(rows(page).first()).toBeVisible();
  expect(await count(page, 'All')).toBe(all);
});

test('a sales administrator sees their own customers only, and that is what is counted [P2]', async ({ page }) => {
  await openCustomers(page, 'Mehmet Bakker');
  const mine = await count(page, 'All');
  await expect(rows(page)).toHaveCount(mine);
  await expect(page.getByRole('link', { name: 'Cobalt Analytics' })).toHaveCount(0);
  await page.goto('/sign-in');
  await page.getByRole('button', { name: /^Anna de Vries/ }).click();
  await expect.poll(() => count(page, 'All')).toBeGreaterThan(mine);
});

for (const name of ['Lena Krause', 'Piet Janssen']) {
  test(`${name} may not start a trial: the button says why and does nothing [P3, P7]`, async ({ page }) => {
    await openCustomers(page, name);
    const button = page.getByRole('button', { name: 'Start trial' });
    await expect(button).toHaveAttribute('aria-disabled', 'true');
    await expect(button).toHaveAccessibleDescription(/one cannot start a trial.*Ask a sales administrator/);
    await button.focus();
    await expect(button).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/customers$/);
    const status = await page.evaluate(async () => {
      const headers = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID(), 'proef-write': '1' };
      const body = JSON.stringify({ 'administrator-email': 'it@new.example' });
      return (await fetch('/api/v1/organisation-lookups', { method: 'POST', headers, body })).status;
    });
    expect(status, 'the backend refuses the same act').toBe(403);
  });
}

test('names with markup, combining and right-to-left characters are shown as text [G3]', async ({ page }) => {
  await openCustomers(page);
  await expect(page.getByRole('link', { name: '<b>Harbour</b> & Sons' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Cafe\u0301 Zoe\u0308 & Nin\u0303o' })).toBeVisible();
  await expect(page.locator('.customers-table b')).toHaveCount(0);
  await page.getByRole('link', { name: '<b>Harbour</b> & Sons' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('<b>Harbour</b> & Sons');
  await expect(page).toHaveTitle('<b>Harbour</b> & Sons · Proef');
});

test('nothing found says so and leads back to all customers [G1, G4]', async ({ page }) => {
  await openCustomers(page);
  await search(page).fill('nobody has this name');
  await expect(page.getByRole('heading', { name: 'No customer matches' })).toBeVisible();
  await expect(found(page)).toHaveText('No customer matches');
  await page.getByRole('button', { name: 'Show all customers' }).click();
  await expect(page).toHaveURL(/\/customers$/);
  await expect(search(page)).toHaveValue('');
  await expect(search(page)).toBeFocused();
  await expect(rows(page).first()).toBeVisible();
});

/** Lets calls for customers fail while `window.down` is true, as a lost network does. */
async function withBrokenNetwork(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const real = window.fetch;
    window.fetch = (input, init) => {
      const address = input instanceof Request ? input.url : String(input);
      const down = (window as unknown as { down?: boolean }).down && address.includes('/api/v1/customers');
      return down ? Promise.reject(new TypeError('Failed to fetch')) : real(input, init);
    };
  });
}

test('a backend that cannot be reached is said within ten seconds, and trying again helps [G1]', async ({ page }) => {
  await withBrokenNetwork(page);
  await openCustomers(page);
  await page.evaluate(() => { (window as unknown as { down: boolean }).down = true; });
  await total(page, 'Active').click();
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('The customers could not be loaded.', { timeout: 12_000 });
  await page.evaluate(() => { (window as unknown as { down: boolean }).down = false; });
  await alert.getByRole('button', { name: 'Try again' }).click();
  await expect(rows(page)).toHaveCount(await count(page, 'Active'));
});

test('an answer that gets lost is asked for again without a word [G2]', async ({ page }) => {
  await withBrokenNetwork(page);
  await openCustomers(page);
  await page.evaluate(() => {
    (window as unknown as { down: boolean }).down = true;
    setTimeout(() => { (window as unknown as { down: boolean }).down = false; }, 500);
  });
  await total(page, 'Active').click();
  await expect(rows(page)).toHaveCount(await count(page, 'Active'));
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('days are counted by the backend in UTC, whatever clock the reader has [L1, G5]', async ({ page }) => {
  await openCustomers(page);
  const [year, month, day] = new Date().toISOString().slice(0, 10).split('-').map(Number);
  const name = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'][month - 1];
  await expect(page.getByRole('button', { name: `Demonstration · ${day} ${name} ${year}` })).toBeVisible();
  await expect(page.getByText('Dates are UTC.', { exact: true })).toBeVisible();
});

test('the keyboard alone searches, filters, and opens a customer [G4]', async ({ page }) => {
  await openCustomers(page);
  const tabTo = async (reached: () => Promise<boolean>) => {
    for (let presses = 0; presses < 40; presses += 1) {
      if (await reached()) return;
      await page.keyboard.press('Tab');
    }
    throw new Error('not reached within 40 presses of Tab');
  };
  const focused = (text: string) => () => page.evaluate(text => document.activeElement?.textContent?.includes(text) ?? false, text);
  await tabTo(focused('Expiring soon'));
  await page.keyboard.press('Space');
  await expect(page).toHaveURL(/status=expiring-soon$/);
  await tabTo(() => page.evaluate(() => document.activeElement?.getAttribute('type') === 'search'));
  await page.keyboard.type('e');
  await expect(page).toHaveURL(/\?q=e&status=expiring-soon$/);
  await tabTo(() => page.evaluate(() => document.activeElement?.classList.contains('customer-link') ?? false));
  const name = await page.evaluate(() => document.activeElement!.textContent!);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name })).toBeFocused();
});

test('at 320 pixels rows are cards, nothing is wider than the window, and a card leads to its customer [G4]', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 700 });
  await openCustomers(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await expect(page.getByRole('columnheader')).toHaveCount(0);
  const card = rows(page).filter({ hasText: 'Cobalt Analytics' });
  const box = (await card.boundingBox())!;
  await card.scrollIntoViewIfNeeded();
  await card.click({ position: { x: box.width / 2, y: box.height - 20 } });
  await expect(page.getByRole('heading', { level: 1, name: 'Cobalt Analytics' })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
});

for (const language of ['en', 'nl']) {
  for (const theme of ['light', 'dark']) {
    test(`the customers have no accessibility violations, ${language}, ${theme} [G4, W1]`, async ({ page }) => {
      await page.addInitScript(([language, theme]) => {
        localStorage.setItem('proef.language', language);
        localStorage.setItem('proef.theme', theme);
      }, [language, theme]);
      await signIn(page, 'Lena Krause');
      await expect(rows(page).first()).toBeVisible();
      const columns = page.locator('[aria-controls="column-boxes"]');
      await columns.click();
      await axe(page, 'customers, with the choice of columns');
      await columns.click();
      // As tall as the list, so that the bar at the bottom halves no link.
      await page.setViewportSize({ width: 390, height: 9000 });
      await axe(page, 'customers as cards');
      await page.goto('/customers?q=nobody%20has%20this%20name');
      await expect(page.locator('.state')).toBeVisible();
      await axe(page, 'no customer matches');
    });
  }
}
