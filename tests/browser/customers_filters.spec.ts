// Worklist, filters, order and download of the Customers tab (rules Q3 to Q5, Q12).
import { readFile } from 'node:fs/promises';
import { type Page } from '@playwright/test';
import { axe, expect, signIn, test } from './support';
import { fillCustomer, next, save, startTrial, button, box, text } from './support/wizard';

const rows = (page: Page) => page.getByRole('row').filter({ has: page.getByRole('cell') });
const found = (page: Page) => page.locator('.customers-found');
const worklist = (page: Page) => page.getByRole('group', { name: 'What wants doing' });
const filters = (page: Page) => page.getByRole('button', { name: /^Filters\s*\d*$/ });
const head = (page: Page, name: string) => page.getByRole('columnheader', { name });

async function openCustomers(page: Page, name = 'Anna de Vries', query = ''): Promise<void> {
  await signIn(page, name);
  if (query) await page.goto(`/customers?${query}`);
  await expect(filters(page)).toBeVisible();
}

/** What the backend finds for a query, as the signed-in person. */
async function asked(page: Page, query: string): Promise<{ found: number; companies: string[] }> {
  return page.evaluate(async query => {
    const answer = await (await fetch(`/api/v1/customers?${query}`)).json();
    return { found: answer.found, companies: answer.rows.map((row: { company: string }) => row.company) };
  }, query);
}

async function shows(page: Page, query: string): Promise<void> {
  const { found: count, companies } = await asked(page, query);
  await expect(page).toHaveURL(new RegExp(`/customers\\?${query.replaceAll('.', '\\.')}$`));
  await expect(rows(page)).toHaveCount(count);
  if (count > 0) await expect(page.locator('.customer-link')).toHaveText(companies);
}

test('leaving the list before its tools have come breaks nothing [G1]', async ({ page }) => {
  let arrive = () => {};
  const held = new Promise<void>(resolve => { arrive = resolve; });
  await page.goto('/sign-in');
  const anna = page.getByRole('button', { name: 'Anna de Vries' });
  await expect(anna).toBeVisible();
  await page.route('**/later-*.wasm', async route => { await held; await route.continue(); });
  await anna.click();
  await expect(rows(page).first()).toBeVisible();
  await expect(filters(page)).toHaveCount(0);
  await button(page, 'Start trial').click();
  await expect(page).toHaveURL(/\/start-trial/);
  arrive();
  await expect(text(page, 'Company name')).toBeVisible();
  await page.goBack();
  await expect(filters(page)).toBeVisible();
});

test('every filter stands in the address, holds together with the others, and can be taken away [Q3]', async ({ page }) => {
  await openCustomers(page);
  await filters(page).click();
  const panel = page.getByRole('group', { name: 'Filters', exact: true });
  await panel.getByRole('checkbox', { name: 'Meetings' }).check();
  await shows(page, 'service=meetings');
  await panel.getByRole('textbox', { name: 'Ends within' }).fill('30');
  await shows(page, 'service=meetings&ends_within=30');
  await panel.getByRole('combobox', { name: 'In charge' }).selectOption('Anna de Vries');
  await shows(page, 'service=meetings&ends_within=30&in_charge=anna-de-vries');
  await panel.getByRole('combobox', { name: 'Sort by' }).selectOption('Ends');
  await shows(page, 'service=meetings&ends_within=30&in_charge=anna-de-vries&sort=ends');

  const held = page.getByRole('group', { name: 'Filters that hold' });
  await expect(held.getByRole('button')).toHaveText(['Meetings', 'Ends within 30 days', 'In charge: Anna de Vries', 'Clear all filters']);
  await held.getByRole('button', { name: 'Without the filter Meetings' }).click();
  await shows(page, 'ends_within=30&in_charge=anna-de-vries&sort=ends');
  await page.goBack();
  await shows(page, 'service=meetings&ends_within=30&in_charge=anna-de-vries&sort=ends');
  await expect(panel.getByRole('checkbox', { name: 'Meetings' })).toBeChecked();
  await held.getByRole('button', { name: 'Clear all filters' }).click();
  await shows(page, 'sort=ends');
  await expect(filters(page)).toBeFocused();

  await panel.getByRole('textbox', { name: 'Ends within' }).fill('soon');
  await expect(panel.getByText('Choose 0 to 9999.')).toBeVisible();
  await expect(page).toHaveURL(/\/customers\?sort=ends$/);
});

test('region, devices, interest and failed mails filter, and a pasted link restores all of it [Q3]', async ({ page, context }) => {
  await openCustomers(page);
  await filters(page).click();
  const panel = page.getByRole('group', { name: 'Filters', exact: true });
  await panel.getByRole('checkbox', { name: 'EU', exact: true }).check();
  await expect(page).toHaveURL(/region=/);
  await panel.getByRole('combobox', { name: 'Devices' }).selectOption('Devices to come back');
  await panel.getByRole('checkbox', { name: 'Interested in purchasing' }).check();
  await panel.getByRole('checkbox', { name: 'Failed mails' }).check();
  await expect(page).toHaveURL(/region=EU&devices_due=due&interested=true&failed_mails=true$/);

  const other = await context.newPage();
  await other.goto(page.url());
  await filters(other).click();
  const there = other.getByRole('group', { name: 'Filters', exact: true });
  await expect(there.getByRole('combobox', { name: 'Devices' })).toHaveValue('due');
  await expect(there.getByRole('checkbox', { name: 'Interested in purchasing' })).toBeChecked();
  await expect(there.getByRole('checkbox', { name: 'Failed mails' })).toBeChecked();
  await expect(other.getByRole('group', { name: 'Filters that hold' }).getByRole('button')).toHaveCount(5);
});

test('a column’s head sorts by it, and pressed again the other way round [Q3]', async ({ page }) => {
  await openCustomers(page);
  await expect(head(page, 'Company')).not.toHaveAttribute('aria-sort');
  await head(page, 'Company').getByRole('button').click();
  await shows(page, 'sort=company');
  await expect(head(page, 'Company')).toHaveAttribute('aria-sort', 'ascending');
  await head(page, 'Company').getByRole('button').click();
  await shows(page, 'sort=-company');
  await expect(head(page, 'Company')).toHaveAttribute('aria-sort', 'descending');
  await expect(head(page, 'Company').getByRole('button')).toBeFocused();
  await head(page, 'Life').getByRole('button').click();
  await shows(page, 'sort=life');
  await page.goBack();
  await expect(head(page, 'Company')).toHaveAttribute('aria-sort', 'descending');
});

test('each count of the worklist is what its filter shows, and pressed again shows all [Q12]', async ({ page }) => {
  await openCustomers(page);
  const items = worklist(page).getByRole('button');
  await expect(items).toHaveCount(7);
  await expect(items.first()).toHaveText(/^\d+ Unassigned$/);
  for (const item of await items.all()) {
    const count = Number((await item.innerText()).replace(/\D*(\d+).*/s, '$1'));
    await item.click();
    await expect(item).toHaveAttribute('aria-pressed', 'true');
    await expect(rows(page)).toHaveCount(count);
    await item.click();
    await expect(page).toHaveURL(/\/customers$/);
  }
});

test('a filter that does not exist any more does no harm and is named [Q3]', async ({ page }) => {
  await openCustomers(page, 'Anna de Vries', 'status=expired,nonsense&service=fax&sort=-telex&page=7');
  await shows(page, 'status=expired');
  await expect(page.getByText(/does not exist any more and was left out: status=nonsense, service=fax, sort=-telex, page=7/)).toBeVisible();
  await page.getByRole('button', { name: /^Expired \d+$/ }).click();
  await expect(page.getByText(/was left out/)).toHaveCount(0);
});

test('a filter pasted from another role shows what the reader may see and says so [Q3, P2]', async ({ page }) => {
  await openCustomers(page, 'Mehmet Bakker', 'in_charge=anna-de-vries&status=active');
  const mine = await asked(page, 'in_charge=anna-de-vries&status=active');
  await expect(rows(page)).toHaveCount(mine.found);
  await page.goto('/customers?in_charge=anna-de-vries&q=nobody%20at%20all');
  await expect(page.getByText('You see the customers that you are in charge of or assigned to. Colleagues may find more with the same filter.')).toBeVisible();

  await page.goto('/customers?in_charge=ghost');
  await expect(page.getByText(/names a person in charge who is none of your organisation’s sales people/)).toBeVisible();
  await page.getByRole('button', { name: 'Show without it' }).click();
  await expect(page).toHaveURL(/\/customers$/);
  await expect(rows(page).first()).toBeVisible();
});

/** The records of a CSV file. */
function records(text: string): string[][] {
  const cell = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n|$)/gy;
  const all: string[][] = [[]];
  for (let match = cell.exec(text); match && cell.lastIndex <= text.length; match = cell.exec(text)) {
    all[all.length - 1].push(match[1].startsWith('"') ? match[1].slice(1, -1).replaceAll('""', '"') : match[1]);
    if (match[2] === '\r\n') all.push([]);
    if (match[2] === '' || cell.lastIndex === text.length) break;
  }
  return all.filter(record => record.length > 1 || record[0] !== undefined);
}

async function download(page: Page): Promise<string[][]> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export CSV' }).click()]);
  expect(file.suggestedFilename()).toMatch(/^customers-\d{4}-\d\d-\d\d\.csv$/);
  const text = await readFile(await file.path(), 'utf8');
  expect(text.startsWith('\ufeff'), 'the mark by which spreadsheets know UTF-8').toBe(true);
  return records(text.slice(1));
}

test('the download has exactly the rows, columns and order on screen, and names that a spreadsheet would run are harmless [Q5]', async ({ page }) => {
  await openCustomers(page);
  for (const [number, company] of ['=1+1 Ltd', '+31 Telecom', '-Minus', '@SUM(A1)'].entries()) {
    await startTrial(page);
    const anew = button(page, 'Start a new one');
    await expect(anew.or(text(page, 'Company name'))).toBeVisible();
    if (await anew.isVisible()) await anew.click();
    await fillCustomer(page, { company, email: `admin@formula${number}.example` });
    await next(page, 'Trial services');
    await box(page, 'Messaging').check();
    await text(page, 'Licences').fill('10');
    await next(page, 'Review');
    await save(page, 'No');
  }
  await page.goto('/customers?q=formula&sort=company');
  await expect(rows(page)).toHaveCount(4);
  await page.getByRole('button', { name: 'Columns' }).click();
  for (const name of ['Services', 'Life', 'Ends', 'Days left', 'Licences', 'Region', 'In charge', 'Last change']) {
    await page.getByRole('checkbox', { name, exact: true }).uncheck();
  }
  const shown = await page.locator('.customer-link').allInnerTexts();
  const table = await download(page);
  expect(table[0]).toEqual(['Company', 'Status', 'Administrator']);
  expect(table.slice(1).map(record => record[0])).toEqual(shown.map(name => (/^[=+\-@]/.test(name) ? `'${name}` : name)));
  await expect(page.getByText(/^customers-.*\.csv was saved\.$/)).toBeVisible();
});

test('a read-only administrator may download, help desk may not and is told why [P2, P7, Q5]', async ({ page }) => {
  await openCustomers(page, 'Lena Krause');
  const table = await download(page);
  expect(table.length).toBe((await asked(page, '')).found + 1);
  await openCustomers(page, 'Piet Janssen');
  const export_ = page.getByRole('button', { name: 'Export CSV' });
  await expect(export_).toHaveAttribute('aria-disabled', 'true');
  await expect(export_).toHaveAccessibleDescription(/cannot download/);
  expect(await page.evaluate(async () => (await fetch('/api/v1/customers.csv')).status)).toBe(403);
});

test('on a phone worklist and totals are one row each, within reach of the keyboard, and the first customers are seen [G4]', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openCustomers(page);
  await expect(worklist(page)).toBeVisible();
  for (const name of ['What wants doing', 'Customers by status']) {
    const box = (await page.getByRole('group', { name }).boundingBox())!;
    expect(box.height, name).toBeLessThan(56);
  }
  const second = (await rows(page).nth(1).boundingBox())!;
  expect(second.y + second.height, 'the second customer').toBeLessThan(844);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  const last = page.getByRole('group', { name: 'Customers by status' }).getByRole('button').last();
  await last.focus();
  const place = (await last.boundingBox())!;
  expect(place.x + place.width, 'the focus scrolls it into sight').toBeLessThanOrEqual(390);
  await filters(page).click();
  await page.getByRole('combobox', { name: 'Sort by' }).selectOption('Company');
  await expect(page).toHaveURL(/sort=company$/);
});

for (const language of ['en', 'nl']) {
  for (const theme of ['light', 'dark']) {
    test(`filters and worklist have no accessibility violations and fit 320 pixels, ${language}, ${theme} [G4]`, async ({ page }) => {
      await page.addInitScript(([language, theme]) => {
        localStorage.setItem('proef.language', language);
        localStorage.setItem('proef.theme', theme);
      }, [language, theme]);
      await signIn(page, 'Anna de Vries');
      await page.goto('/customers?service=calling&region=EU&in_charge=ghost&x=y');
      const open = page.locator('[aria-controls="filters"]');
      await open.click();
      await expect(page.locator('#filter-in-charge')).toBeVisible();
      await axe(page, 'filters');
      // As tall as the page, so that the bar at the bottom halves no box.
      await page.setViewportSize({ width: 320, height: 4000 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
      await axe(page, 'filters on a phone');
    });
  }
}
