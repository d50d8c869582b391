// Extend (rules E1 to E3, E6), and who counts the days (rule L1).
import { axe, backendAtMidnight, expect, ofItsOwn, signIn, test } from './support';
import { ask, customer } from './support/backend';
import { SEE, command, dialog, open, title, visit } from './support/customer';
import { button, row } from './support/wizard';

const ANNA = 'Anna de Vries';
const HEADING = /^Extend the trial for/;

test('the end becomes today and the chosen days; old end, new end and the difference stand there before anything is saved [E1, E3, E6, Q8]', async ({ page }) => {
  await signIn(page, ANNA);
  await visit(page, 'Brouwerij de Zon');
  await axe(page, 'a customer with a running trial');
  await open(page, 'Extend', HEADING);
  await expect(page.getByText('24 days left')).toBeVisible();
  await expect(page.getByRole('radio', { name: '30 days' })).toBeChecked();
  await expect(page.getByRole('radio', { name: '30 days' })).toHaveAccessibleDescription(/The end moves from .* 6 days later\./);
  await axe(page, 'extend');
  await page.getByRole('radio', { name: '60 days' }).check();
  await button(page, SEE).click();
  await expect(dialog(page).getByText(/^The end moves from .* \(UTC\): 36 days later\.$/)).toBeVisible();
  await expect(dialog(page).getByRole('row', { name: /^Trial ends/ })).toBeVisible();
  // The notices for the old end are dropped, and planned anew for the new one (E3).
  for (const mails of ['Mails that go with it', 'Mails that are dropped']) {
    await expect(dialog(page).getByRole('heading', { name: mails })).toBeVisible();
  }
  await expect(dialog(page).getByText(/The trial ends soon/)).toHaveCount(4);
  await axe(page, 'what extending brings');
  await dialog(page).getByRole('button', { name: 'Move the end', exact: true }).dblclick();
  await expect(page.getByText('The end of the trial for Brouwerij de Zon was moved.')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: 'Brouwerij de Zon' })).toBeFocused();
  // A double click moved it once.
  const { body } = await ask(page, 'anna-de-vries', 'GET', `journal?organisation=${(await customer(page, 'anna-de-vries', 'Brouwerij de Zon')).id}&deed=extended`);
  expect(body.entries).toHaveLength(1);
  await open(page, 'Extend', HEADING);
  await expect(page.getByText('60 days left')).toBeVisible();
});

test('an earlier end wants a second confirmation, and the backend refuses without it [E1]', async ({ page }) => {
  await signIn(page, ANNA);
  await visit(page, 'Amstel Notarissen');
  await open(page, 'Extend', HEADING);
  await button(page, SEE).click();
  await expect(dialog(page).getByText(/22 days earlier/)).toBeVisible();
  const yes = dialog(page).getByRole('button', { name: 'Move the end', exact: true });
  await expect(yes).toHaveAttribute('aria-disabled', 'true');
  await expect(yes).toHaveAccessibleDescription('Tick the box first.');
  await axe(page, 'an earlier end');
  const { trials: [{ trial }] } = await customer(page, 'anna-de-vries', 'Amstel Notarissen');
  const act = { extend: { days: 30, confirmed: false } };
  const refused = await ask(page, 'anna-de-vries', 'POST', `trials/${trial.id}/acts/preview`, { act });
  expect(refused.status).toBe(403);
  await dialog(page).getByRole('checkbox', { name: 'The trial is meant to end earlier.' }).check();
  await yes.click();
  await expect(page.getByText('The end of the trial for Amstel Notarissen was moved.')).toBeVisible();
});

test('a choice that leaves the end as it is says so and cannot be saved [E1]', async ({ page }) => {
  await signIn(page, ANNA);
  await visit(page, 'Cobalt Analytics');
  await open(page, 'Extend', HEADING);
  await expect(page.getByRole('radio', { name: '30 days' })).toHaveAccessibleDescription('This would leave everything as it is.');
  await button(page, SEE).click();
  await expect(dialog(page).getByText(/This would leave everything as it is\./)).toBeVisible();
  await expect(dialog(page).getByRole('button', { name: 'Move the end' })).toHaveCount(0);
  await dialog(page).getByRole('button', { name: 'Close', exact: true }).click();
  await expect(button(page, SEE)).toBeVisible();
});

test('extended at 23:59 and at 00:01 UTC: what was shown is out of date, and both are shown [E1, E6, L1]', { tag: '@embedded' }, async ({ page }) => {
  await signIn(page, ANNA);
  await visit(page, 'Brouwerij de Zon');
  await backendAtMidnight(page, -60_000);
  await open(page, 'Extend', HEADING);
  await button(page, SEE).click();
  await expect(dialog(page).getByText(/: 6 days later\.$/)).toBeVisible();
  await backendAtMidnight(page, 60_000);
  await dialog(page).getByRole('button', { name: 'Move the end', exact: true }).click();
  await expect(dialog(page).getByText('A new day (UTC) has begun since this was shown.')).toBeVisible();
  await expect(dialog(page).getByText(/: 7 days later\.$/)).toBeVisible();
  await expect(dialog(page).getByText(/: 6 days later\.$/)).toBeVisible();
  await axe(page, 'both versions');
  await dialog(page).getByRole('button', { name: 'Move the end', exact: true }).click();
  await expect(page.getByText('The end of the trial for Brouwerij de Zon was moved.')).toBeVisible();
});

test('it expired while the page was open: nothing is done, and conversion is offered [E2, L12, E6]', async ({ page }) => {
  await signIn(page, ANNA);
  await visit(page, 'Sterrenwacht Academie');
  await open(page, 'Extend', HEADING);
  await page.getByRole('radio', { name: '90 days' }).check();
  expect((await ask(page, 'anna-de-vries', 'POST', 'clock', { days: 1 })).status).toBe(200);
  await button(page, SEE).click();
  await expect(dialog(page).getByText(/The trial has expired and is in its grace period\./)).toBeVisible();
  await expect(dialog(page).getByText(/It can be converted to a paid order\./)).toBeVisible();
  await dialog(page).getByRole('button', { name: 'Close', exact: true }).click();
  await expect(page.getByText(/The trial has expired and is in its grace period\./)).toBeVisible();
  await page.getByRole('link', { name: 'Convert', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Convert the trial for Sterrenwacht Academie' })).toBeVisible();
});

test('who may not act sees every command disabled with the reason [P2, P7, L12]', async ({ page }) => {
  await signIn(page, 'Lena Krause');
  await visit(page, 'Brouwerij de Zon');
  for (const name of ['Extend', 'Edit', 'Convert', 'Cancel trial']) {
    await expect(command(page, name)).toHaveAttribute('aria-disabled', 'true');
    await expect(command(page, name)).toHaveAccessibleDescription(/Ask a sales administrator/);
  }
  await signIn(page, ANNA);
  await visit(page, 'Molen & Meel');
  await expect(title(page)).toContainText('Expired');
  await expect(command(page, 'Extend')).toHaveAttribute('aria-disabled', 'true');
  await expect(command(page, 'Extend')).toHaveAccessibleDescription(/It can be converted to a paid order/);
  await expect(command(page, 'Convert')).toHaveAttribute('href', /convert$/);
});

const READERS = [
  ['UTC-11', { timezoneId: 'Pacific/Pago_Pago' }],
  ['UTC+14', { timezoneId: 'Pacific/Kiritimati' }],
] as const;

test('readers in UTC-11, in UTC+14 and with a wrong computer clock see the same days and dates [L1, G5]', async ({ browser, baseURL, page }) => {
  const told: string[][] = [];
  const read = async (of: typeof page) => {
    await signIn(of, ANNA);
    await of.goto('/customers?q=Gemeente%20Lage%20Dijk');
    await expect(row(of, 'Gemeente Lage Dijk')).toContainText('left');
    const line = await row(of, 'Gemeente Lage Dijk').innerText();
    await visit(of, 'Gemeente Lage Dijk');
    const now = await of.getByRole('region', { name: 'Services now' }).innerText();
    await expect(of.getByRole('table', { name: 'Dates' })).toBeVisible();
    const dates = await of.getByRole('table', { name: 'Dates' }).innerText();
    await open(of, 'Extend', HEADING);
    const facts = await of.locator('form dl').innerText();
    const radios = await of.getByRole('radiogroup').innerText();
    await button(of, SEE).click();
    await expect(dialog(of).getByText(/^The end moves from/)).toBeVisible();
    const brings = await dialog(of).innerText();
    await dialog(of).getByRole('button', { name: 'No', exact: true }).click();
    // The customer's hub counts the same days.
    await visit(of, 'Gemeente Lage Dijk');
    await of.getByRole('link', { name: 'View customer' }).click();
    await of.getByRole('link', { name: 'Subscriptions' }).first().click();
    await expect(of.getByRole('heading', { level: 1, name: 'Subscriptions' })).toBeFocused();
    const hub = await of.getByRole('main').innerText();
    expect(hub).toContain(/\d+ days? left/.exec(now)![0]);
    expect(line).toContain(/\d+ days? left/.exec(now)![0]);
    told.push([line, now, dates, facts, radios, brings, hub]);
  };
  for (const [, options] of READERS) {
    const context = await ofItsOwn(await browser.newContext({ ...options, baseURL, locale: 'en-GB' }), baseURL);
    await read(await context.newPage());
    await context.close();
  }
  await page.clock.setFixedTime(new Date('2031-02-03T04:05:06Z'));
  await read(page);
  expect(told[1]).toEqual(told[0]);
  expect(told[2]).toEqual(told[0]);
});

test('by keyboard alone, on a phone, in Dutch and dark [G4, W1]', async ({ browser, baseURL }) => {
  const context = await ofItsOwn(await browser.newContext({ baseURL, locale: 'nl-NL', colorScheme: 'dark', viewport: { width: 320, height: 700 } }), baseURL);
  const page = await context.newPage();
  await signIn(page, ANNA);
  await page.goto('/customers?q=Brouwerij');
  await page.getByRole('link', { name: 'Brouwerij de Zon' }).first().click();
  const extend = page.getByRole('link', { name: 'Verlengen', exact: true });
  await extend.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: /verlengen$/ })).toBeFocused();
  await page.getByRole('radio', { name: '30 dagen' }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: '60 dagen' })).toBeChecked();
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByText(/36 dagen later/)).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await axe(page, 'verlengen op een telefoon');
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toBeHidden();
  await context.close();
});

test('two people move the same end at once: the second is shown what the first did [E6, G2]', async ({ pageOf }) => {
  const anna = await pageOf(ANNA);
  const mehmet = await pageOf('Mehmet Bakker');
  for (const page of [anna, mehmet]) {
    await visit(page, 'Dutch Orchard Export');
    await open(page, 'Extend', HEADING);
    await page.getByRole('radio', { name: page === anna ? '90 days' : '60 days' }).check();
    await button(page, SEE).click();
    await expect(dialog(page).getByText(/^The end moves from/)).toBeVisible();
  }
  await anna.bringToFront();
  await dialog(anna).getByRole('button', { name: 'Move the end', exact: true }).click();
  await expect(anna.getByText('The end of the trial for Dutch Orchard Export was moved.')).toBeVisible();
  await mehmet.bringToFront();
  await dialog(mehmet).getByRole('button', { name: 'Move the end', exact: true }).click();
  await expect(dialog(mehmet).getByText(/Something here was changed since this was shown\./)).toBeVisible();
  // From 90 days to 60 days is earlier, and that has to be meant.
  await expect(dialog(mehmet).getByText(/30 days earlier\.$/)).toBeVisible();
  await expect(dialog(mehmet).getByText(/34 days later\.$/)).toBeVisible();
  await expect(dialog(mehmet).getByRole('button', { name: 'Move the end', exact: true })).toHaveAttribute('aria-disabled', 'true');
});
