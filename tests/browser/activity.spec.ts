// Activity: the journal over all customers, and the ledger of mails (rules L8, L10).
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { axe, axeOfPage, expect, signIn, test } from './support';
import { act, customer, forward } from './support/backend';
import { button } from './support/wizard';

const ANNA = 'Anna de Vries';
const ANNA_ID = 'anna-de-vries';

const journal = (page: Page) => page.getByRole('region', { name: 'Journal' });
const ledger = (page: Page) => page.getByRole('region', { name: 'Mail ledger' });
const entries = (page: Page) => journal(page).getByRole('listitem');
const mails = (page: Page) => ledger(page).getByRole('listitem');
const whichCustomer = (page: Page) => page.getByRole('combobox', { name: 'Customer', exact: true });
const done = (page: Page) => page.getByRole('combobox', { name: 'What was done' });
const state = (page: Page) => page.getByRole('combobox', { name: 'State' });

async function toActivity(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Activity' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Journal' })).toBeFocused();
  await expect(entries(page).first()).toBeVisible();
}

async function toPart(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Activity' }).getByRole('link', { name }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeFocused();
}

/** Chooses a customer as a filter, by typing a part of its name and by keyboard. */
async function filterBy(page: Page, typed: string, company: string): Promise<void> {
  await whichCustomer(page).fill(typed);
  await expect(page.getByRole('option', { name: company })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(button(page, `Without the filter Customer: ${company}`)).toBeFocused();
}

/** Moves the end of a customer's trial. */
async function extend(page: Page, company: string): Promise<void> {
  const { trials: [{ trial }] } = await customer(page, ANNA_ID, company);
  await act(page, ANNA_ID, trial.id, { extend: { days: 60, confirmed: false } });
}

test('the journal of all customers comes page by page, is filtered in the address, and downloaded as it is filtered [L10, Q3, G4]', async ({ page }) => {
  await signIn(page, ANNA);
  await extend(page, 'Brouwerij de Zon');
  await toActivity(page);
  await expect(page).toHaveURL(/\/activity$/);
  await expect(entries(page).first()).toContainText('End of the trial moved: Brouwerij de Zon');
  await expect(entries(page).first()).toContainText('By Anna de Vries');
  await expect(entries(page).first()).toContainText(/The end moves from .* 36 days later\./);
  await expect(entries(page)).toHaveCount(50);
  await button(page, 'Show more').click();
  await expect(entries(page)).toHaveCount(100);
  await expect(entries(page).nth(50)).toBeFocused();
  await button(page, 'Show more').click();
  await expect(entries(page).nth(100)).toBeFocused();

  await filterBy(page, 'brouwerij de', 'Brouwerij de Zon');
  await expect(page).toHaveURL(/\/activity\?customer=[^&]+$/);
  await expect(entries(page).filter({ hasNotText: 'Brouwerij de Zon' })).toHaveCount(0);
  await expect(entries(page).filter({ hasText: 'Trial started' })).toHaveCount(1);
  await done(page).focus();
  await done(page).selectOption('End of the trial moved');
  await expect(page).toHaveURL(/\/activity\?customer=[^&]+&deed=extended$/);
  await expect(entries(page)).toHaveCount(1);
  await expect(done(page), 'what is chosen has the focus').toBeFocused();

  const saving = page.waitForEvent('download');
  await button(page, 'Download as CSV').click();
  const text = await readFile(await (await saving).path(), 'utf8');
  expect(text.trim().split('\n')).toHaveLength(2);
  expect(text).toContain('Brouwerij de Zon');

  await page.reload();
  await expect(entries(page)).toHaveCount(1);
  await expect(done(page)).toHaveValue('extended');
  await entries(page).getByRole('link', { name: 'Brouwerij de Zon' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Brouwerij de Zon' })).toBeFocused();
  await page.goBack();
  await expect(entries(page)).toHaveCount(1);
  await page.goBack();
  await expect(page).toHaveURL(/\/activity\?customer=[^&]+$/);
  await expect(entries(page).filter({ hasText: 'Trial started' })).toHaveCount(1);
  await button(page, 'Without the filter Customer: Brouwerij de Zon').click();
  await expect(whichCustomer(page)).toBeFocused();
  await expect(entries(page)).toHaveCount(50);
});

test('a filter that finds nothing, and one of a customer that is not there, lead out [G1, P8]', async ({ page }) => {
  await signIn(page, ANNA);
  await page.goto('/activity?deed=nonsense&customer=');
  await expect(page).toHaveURL(/\/activity$/);
  await page.goto('/activity?deed=lapsed&customer=customer-001');
  await expect(page.getByText('No such entry')).toBeVisible();
  await expect(done(page)).toHaveValue('lapsed');
  await page.getByRole('link', { name: 'Show all' }).click();
  await expect(page).toHaveURL(/\/activity$/);
  await expect(entries(page)).toHaveCount(50);
  // A customer of another partner.
  await page.goto('/activity/mails?customer=customer-065');
  await expect(page.getByRole('heading', { name: 'No such customer' })).toBeVisible();
  await page.getByRole('link', { name: 'Show all' }).click();
  await expect(mails(page)).toHaveCount(50);
  await page.goto('/activity/mails/customer-065/nothing');
  await expect(page.getByRole('heading', { level: 1, name: 'No such mail' })).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: 'Mail ledger' }).click();
  await expect(mails(page)).toHaveCount(50);
});

test('the ledger says where each mail stands and when it goes, and each opens as it was written [L8, G7, K2]', async ({ page }) => {
  await signIn(page, ANNA);
  const known = await customer(page, ANNA_ID, 'Brouwerij de Zon');
  await act(page, ANNA_ID, known.trials[0].trial.id, 'cancel');
  await toActivity(page);
  await toPart(page, 'Mail ledger');
  await expect(page).toHaveURL(/\/activity\/mails$/);
  await expect(mails(page)).toHaveCount(50);
  await state(page).selectOption('held');
  await expect(page).toHaveURL(/\/activity\/mails\?state=held$/);
  await expect(mails(page).first()).toContainText('held');
  await expect(mails(page).filter({ hasNotText: 'held' })).toHaveCount(0);
  await expect(mails(page).filter({ hasNotText: 'Brouwerij de Zon' })).toHaveCount(0);
  await expect(mails(page).first()).toContainText(/goes \d+ .*, \d\d:\d\d UTC/);
  await mails(page).first().getByRole('link').first().click();
  const facts = page.getByRole('region', { name: 'About' });
  await expect(facts).toContainText('The trial was cancelled');
  await expect(facts).toContainText('held');
  await expect(facts.getByRole('link', { name: 'Brouwerij de Zon' })).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await expect(page).toHaveURL(/\/activity\/mails\/[^/.]+\/[^/.]+$/);
  await page.reload();
  await expect(page.frameLocator('iframe').getByText('Brouwerij de Zon').first()).toBeVisible();
  await axeOfPage(page, 'a mail of the ledger');
  await page.goBack();
  await expect(state(page)).toHaveValue('held');

  // Undone, they will not go, and the ledger says why.
  await act(page, ANNA_ID, known.trials[0].trial.id, 'undo');
  await state(page).selectOption('dropped');
  await expect(mails(page).filter({ hasText: 'the cancelling was undone' }).first()).toBeVisible();
  await page.goto(`/customers/${known.id}`);
  await page.getByRole('region', { name: 'Mails' }).getByRole('link', { name: 'All mails in the ledger' }).click();
  await expect(page).toHaveURL(new RegExp(`/activity/mails\\?customer=${known.id}$`));
  await expect(mails(page).filter({ hasText: 'Welcome mail with sign-in directions' })).toHaveCount(1);
  await expect(mails(page).filter({ hasNotText: 'Brouwerij de Zon' })).toHaveCount(0);
});

test('who may read all downloads it, help desk is told why not [L10, P2, P7]', async ({ page }) => {
  await signIn(page, 'Lena Krause');
  await page.goto('/activity?deed=extended');
  const saving = page.waitForEvent('download');
  await button(page, 'Download as CSV').click();
  await saving;
  await signIn(page, 'Piet Janssen');
  await toActivity(page);
  await expect(button(page, 'Download as CSV')).toHaveAttribute('aria-disabled', 'true');
  await expect(button(page, 'Download as CSV')).toHaveAccessibleDescription(/cannot download/);
  await toPart(page, 'Mail ledger');
  await expect(mails(page)).toHaveCount(50);
  await toPart(page, 'Rehearsal');
  await expect(button(page, 'Rehearse')).not.toHaveAttribute('aria-disabled');
});

test('a customer’s administrator reads what was done and mailed in its own organisation, and nothing else [L10, L8, P5, P8]', async ({ page }) => {
  await signIn(page, 'Kim Jansen');
  await toActivity(page);
  await expect(entries(page).filter({ hasText: 'Trial request sent' }).first()).toBeVisible();
  await expect(entries(page).getByRole('link')).toHaveCount(0);
  await expect(whichCustomer(page)).toHaveCount(0);
  await expect(page.getByRole('navigation', { name: 'Activity' }).getByRole('link')).toHaveCount(2);
  const saving = page.waitForEvent('download');
  await button(page, 'Download as CSV').click();
  expect(await readFile(await (await saving).path(), 'utf8')).toContain('Rederij Storm');
  await toPart(page, 'Mail ledger');
  await expect(mails(page).first()).toBeVisible();
  await expect(mails(page).filter({ hasNotText: '@rederijstorm.example' })).toHaveCount(0);
  await mails(page).first().getByRole('link').click();
  await expect(page.getByRole('region', { name: 'About' })).toContainText('@rederijstorm.example');
  await page.goto('/activity/rehearsal');
  await expect(page.getByRole('heading', { level: 1, name: 'Page not found' })).toBeVisible();
});

test('what is not answered says so and can be asked for again [G1]', async ({ page }) => {
  await signIn(page, ANNA);
  await toActivity(page);
  await page.evaluate(() => {
    const plain = window.fetch.bind(window);
    let failing = true;
    (window as unknown as { mend: () => void }).mend = () => { failing = false; };
    window.fetch = (input, init) => {
      const url = input instanceof Request ? input.url : String(input);
      const down = failing && new URL(url, location.href).pathname === '/api/v1/mails';
      return down ? Promise.resolve(new Response('{}', { status: 400, headers: { 'content-type': 'application/problem+json' } })) : plain(input, init);
    };
  });
  await page.getByRole('navigation', { name: 'Activity' }).getByRole('link', { name: 'Mail ledger' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await page.evaluate(() => (window as unknown as { mend: () => void }).mend());
  await button(page, 'Try again').click();
  await expect(mails(page)).toHaveCount(50);
});

for (const [colorScheme, locale] of [['light', 'en-GB'], ['dark', 'nl-NL']] as const) {
  test.describe(`${colorScheme}, ${locale}`, () => {
    test.use({ colorScheme, locale });

    test(`journal and ledger keep to WCAG, wide and narrow, ${colorScheme}, ${locale} [G4]`, async ({ page }) => {
      await signIn(page, ANNA);
      await forward(page, 30);
      for (const address of ['/activity?customer=customer-001', '/activity/mails?customer=customer-001']) {
        await page.goto(address);
        await expect(page.locator('.activity').getByRole('listitem').first()).toBeVisible();
        await axe(page, `${address}, wide`);
        // So high that the places at the lower edge cover nothing.
        await page.setViewportSize({ width: 320, height: 4000 });
        await axe(page, `${address}, narrow`);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(wide, `${address} scrolls sideways`).toBeLessThanOrEqual(0);
        await page.setViewportSize({ width: 1440, height: 900 });
      }
    });
  });
}
