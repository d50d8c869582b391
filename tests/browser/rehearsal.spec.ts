// The rehearsal: what time will bring, and that it is what time brings (rule L14).
import type { Locator, Page } from '@playwright/test';
import { axe, expect, signIn, test } from './support';
import { customer, forward } from './support/backend';
import { box, button, row, text } from './support/wizard';

const ANNA = 'Anna de Vries';

const ticked = (page: Page) => page.getByRole('group', { name: 'Chosen' });
const days = (page: Page) => page.getByRole('region', { name: 'Day by day' });
const afterwards = (page: Page) => page.getByRole('region', { name: 'Afterwards', exact: true });

async function toRehearsal(page: Page): Promise<void> {
  await page.goto('/activity/rehearsal');
  await expect(button(page, 'Rehearse')).toBeVisible();
}

async function tick(page: Page, company: string): Promise<void> {
  await page.getByRole('searchbox', { name: 'Search customers' }).fill(company);
  await box(page, company).check();
  await expect(button(page, `Take ${company} away`)).toBeVisible();
}

/** What is rehearsed for a customer: each deed and each mail to each address, with its day. */
async function rehearsed(page: Page, company: string): Promise<{ deeds: string[]; mails: string[] }> {
  const told = await days(page).locator('.events > li').evaluateAll((list, company) => list.flatMap(day => {
    const on = day.querySelector('h3')!.firstChild!.textContent!.trim();
    const steps = [...day.querySelectorAll('.rehearsed-steps > li')].filter(step => step.querySelector('a')!.textContent === company);
    return steps.map(step => ({
      deed: `${on}: ${step.querySelector(':scope > span')!.textContent}`,
      mails: [...step.querySelectorAll('.under')].flatMap(mail => {
        const kind = mail.querySelector('span')!.textContent;
        return mail.querySelector('bdi')!.textContent!.split(', ').map(address => `${on}: ${kind} to ${address}`);
      }),
    }));
  }), company);
  return { deeds: told.map(step => step.deed).sort(), mails: told.flatMap(step => step.mails).sort() };
}

/** The entries of the journal that are shown: the day and what was done. */
const done = (entries: Locator) => entries.evaluateAll(list => list.map(line => {
  const [when, what] = line.children;
  return `${when.textContent!.split(',')[0]}: ${what.firstChild!.textContent!.trim()}`;
}));

/** The mails of the ledger that are shown: the day, about what, and to whom. */
const mailed = (mails: Locator) => mails.evaluateAll(list => list.map(line => {
  const [when, what, whom] = line.children;
  return `${when.textContent!.split(',')[0]}: ${what.querySelector('.under')!.textContent} to ${whom.querySelector('.under')!.textContent}`;
}));

test('what is rehearsed is what the days then bring: the same mails to the same people, the same steps, the same statuses [L14, L4, L5, L3, G6]', async ({ page }) => {
  const companies = ['Brouwerij de Zon', 'Helsinki Game Works', 'Hafen Hamburg Logistik'];
  await signIn(page, ANNA);
  const ids = new Map<string, string>();
  for (const company of companies) ids.set(company, (await customer(page, 'anna-de-vries', company)).id);
  await toRehearsal(page);
  await page.getByRole('radio', { name: 'Some customers' }).check();
  for (const company of companies) await tick(page, company);
  await text(page, 'Days').fill('30');
  await button(page, 'Rehearse').dblclick();
  await expect(page.getByText('Nothing was changed and nothing was sent.', { exact: false })).toBeVisible();
  await expect(page).toHaveURL(/\/activity\/rehearsal\?customer=.*%2C.*%2C.*&days=30$/);
  const foreseen = new Map<string, { deeds: string[]; mails: string[] }>();
  for (const company of companies) foreseen.set(company, await rehearsed(page, company));
  expect(foreseen.get('Brouwerij de Zon')!.mails.length, 'both notices to both sides').toBeGreaterThanOrEqual(4);
  const statuses = new Map<string, string>();
  for (const company of companies) {
    statuses.set(company, await afterwards(page).getByRole('row', { name: company }).getByRole('cell').last().innerText());
  }
  expect(statuses.get('Helsinki Game Works')).toBe('Closed');

  const before = new Map<string, number[]>();
  const count = async (address: string, list: Locator) => {
    await page.goto(address);
    await expect(list.first()).toBeVisible();
    return list.count();
  };
  const journal = page.getByRole('region', { name: 'Journal' }).locator('.events > li');
  const ledger = page.locator('.ledger > li');
  for (const [company, id] of ids) {
    before.set(company, [await count(`/activity?customer=${id}`, journal), await count(`/activity/mails?customer=${id}`, ledger)]);
  }
  await forward(page, 30);
  for (const [company, id] of ids) {
    const { deeds, mails } = foreseen.get(company)!;
    const [entries, sent] = before.get(company)!;
    await count(`/activity?customer=${id}`, journal);
    await expect(journal, `entries of ${company}`).toHaveCount(entries + deeds.length);
    expect((await done(journal)).slice(0, deeds.length).sort(), `what was done at ${company}`).toEqual(deeds);
    await count(`/activity/mails?customer=${id}`, ledger);
    await expect(ledger, `mails of ${company}`).toHaveCount(sent + mails.length);
    expect((await mailed(ledger)).slice(0, mails.length).sort(), `who got what at ${company}`).toEqual(mails);
    await page.goto(`/customers/${id}`);
    await expect(page.locator('.customer-title'), company).toContainText(statuses.get(company)!);
  }
});

test('bad input is told under its field and nothing is lost; the same again, Back and a pasted link work [L14, G3, Q3]', async ({ page }) => {
  await signIn(page, ANNA);
  await toRehearsal(page);
  await page.getByRole('radio', { name: 'Some customers' }).check();
  await button(page, 'Rehearse').click();
  await expect(page.getByText('Tick at least one customer, or choose all.')).toBeVisible();
  await expect(page.getByRole('radio', { name: 'Some customers' })).toBeFocused();
  await tick(page, 'Brouwerij de Zon');
  for (const wrong of ['0', '91', '1.5', 'ten', '']) {
    await text(page, 'Days').fill(wrong);
    await page.keyboard.press('Enter');
    await expect(text(page, 'Days')).toHaveAccessibleDescription(/Type a whole number from 1 to 90\./);
    await expect(text(page, 'Days')).toBeFocused();
    await expect(page).toHaveURL(/\/activity\/rehearsal$/);
    await expect(days(page)).toHaveCount(0);
  }
  await text(page, 'Days').fill('1');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Nothing happens' })).toBeVisible();
  await text(page, 'Days').fill('90');
  await page.keyboard.press('Enter');
  await expect(days(page).getByRole('link', { name: 'Brouwerij de Zon' }).first()).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'Nothing happens' })).toBeVisible();
  await expect(text(page, 'Days')).toHaveValue('1');
  await page.goForward();
  await page.reload();
  await expect(days(page).getByRole('link', { name: 'Brouwerij de Zon' }).first()).toBeVisible();
  await expect(button(page, 'Take Brouwerij de Zon away'), 'the address tells ids, the page names').toBeVisible();
  await button(page, 'Take Brouwerij de Zon away').click();
  await expect(box(page, 'Brouwerij de Zon')).not.toBeChecked();

  await page.goto('/activity/rehearsal?days=91');
  await expect(text(page, 'Days')).toHaveAccessibleDescription(/Type a whole number from 1 to 90\./);
  await page.goto('/activity/rehearsal?customer=customer-065&days=5');
  await expect(page.getByText('One of these customers is not there, or not yours to see.', { exact: false })).toBeVisible();
});

test('customers that are selected in the list are rehearsed, and then all, also by those who change nothing [L14, Q6, P2]', async ({ page }) => {
  await signIn(page, 'Piet Janssen');
  await page.goto('/customers?q=Brouwerij%20de%20Zon');
  await row(page, 'Brouwerij de Zon').getByRole('checkbox').check();
  await page.getByRole('group', { name: 'Selected customers' }).getByRole('button', { name: 'Rehearse' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Rehearsal' })).toBeFocused();
  await expect(ticked(page).getByRole('button')).toHaveText(['Brouwerij de Zon']);
  await button(page, 'Rehearse').click();
  await expect(days(page).getByRole('link', { name: 'Brouwerij de Zon' }).first()).toBeVisible();
  await expect(afterwards(page).getByRole('row')).toHaveCount(2);
  await page.getByRole('radio', { name: 'All customers' }).check();
  await button(page, 'Rehearse').click();
  await expect(page).toHaveURL(/\/activity\/rehearsal\?days=30$/);
  await expect(days(page).getByRole('link', { name: 'Helsinki Game Works' }).first()).toBeVisible();
  await page.getByRole('radio', { name: 'Some customers' }).check();
  await expect(ticked(page).getByRole('button'), 'what was ticked stays').toHaveText(['Brouwerij de Zon']);
});

for (const [colorScheme, locale] of [['light', 'en-GB'], ['dark', 'nl-NL']] as const) {
  test.describe(`${colorScheme}, ${locale}`, () => {
    test.use({ colorScheme, locale });

    test(`a rehearsal keeps to WCAG, wide and narrow, ${colorScheme}, ${locale} [L14, G4]`, async ({ page }) => {
      await signIn(page, ANNA);
      await page.goto('/activity/rehearsal?customer=customer-001,customer-005&days=30');
      await expect(page.locator('.rehearsed-steps').first()).toBeVisible();
      await expect(page.getByRole('checkbox').first()).toBeVisible();
      await axe(page, 'a rehearsal, wide');
      await page.setViewportSize({ width: 320, height: 640 });
      await axe(page, 'a rehearsal, narrow');
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(wide, 'the rehearsal scrolls sideways').toBeLessThanOrEqual(0);
    });
  });
}
