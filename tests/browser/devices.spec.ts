// Devices on loan from the order to their return, with the partner, the customer's administrator and the
// trials team in a page each (rules D1 to D9, D11).
import type { Page } from '@playwright/test';
import { axe, expect, signIn, test } from './support';
import { act, ask, forward, stormRuns } from './support/backend';
import { LOFOTEN, toServices } from './support/asking';
import { visit } from './support/customer';
import { ANNA, RUTH, SANNE, STORM, keepLonger, lend, sent, ship } from './support/devices';
import { latestMail } from './support/mailbox';
import { box, button, chooseCountry, next, text } from './support/wizard';

const PHONES = '2 desk phones';
const ASK = 'Request device extension';

const dialog = (page: Page) => page.getByRole('dialog');
const phones = (page: Page) => page.getByRole('region', { name: PHONES, exact: true });
const disclosure = (page: Page) => phones(page).locator('summary', { hasText: ASK });
const confirm = (page: Page, name: string) => dialog(page).getByRole('button', { name, exact: true }).dblclick();

/** Asks to keep the devices longer, with the form of the shipment. */
async function askLonger(page: Page, days: string, reason: string): Promise<void> {
  if (!(await text(page, 'Days to add').isVisible())) await disclosure(page).click();
  await text(page, 'Days to add').fill(days);
  await text(page, 'Reason').fill(reason);
  await phones(page).getByRole('button', { name: ASK, exact: true }).click();
}

test('devices are ordered in the wizard, sent, kept longer, refused, and come back, before three people [D1, D4, D5, D6, D7, D8, D9, N14]', async ({ page, pageOf }) => {
  test.slow();
  await signIn(page, SANNE);
  await stormRuns(page, ['messaging', 'meetings'], true);
  const anna = await pageOf(ANNA);
  const ruth = await pageOf(RUTH);

  await visit(anna, STORM);
  await anna.getByRole('link', { name: 'Add', exact: true }).click();
  await box(anna, 'Devices').check();
  await text(anna, 'Desk phone').fill('3');
  await text(anna, 'Board').fill('1');
  await next(anna, 'Ship devices');
  // Hardware of Boards is never shipped (D2).
  await expect(text(anna, 'Board to ship')).toHaveCount(0);
  await text(anna, 'Desk phone to ship').fill('2');
  await chooseCountry(anna, 'United States', 'Country');
  await expect(anna.getByText('This is not the country of the data residency region')).toBeVisible();
  const address = [['Contact name', 'Sanne Visser'], ['Company', STORM], ['Street', '1 Harbor Street'], ['ZIP code', '02110'], ['City and state', 'Boston, MA'], ['Phone', '+1 617 555 0100']];
  for (const [name, typed] of address) await text(anna, name).fill(typed);
  await next(anna, 'Review');
  await expect(anna.getByText('ZIP code')).toBeVisible();
  await expect(anna.getByRole('main')).toContainText('Desk phone: device end');
  await button(anna, 'Start trial').click();
  await dialog(anna).getByRole('button', { name: 'No', exact: true }).click();

  await visit(anna, STORM);
  await expect(phones(anna)).toContainText('Device end');
  await expect(phones(anna)).toContainText('Trial ends');
  await expect(phones(anna)).toContainText('They are known once it is sent.');
  await expect(phones(anna).getByText('Ordered', { exact: true })).toBeVisible();

  await ruth.goto('/shipments');
  await ruth.getByRole('link', { name: STORM, exact: true }).click();
  await text(ruth, 'Serial numbers sent').fill(' ftx 1\nFtx 2 ');
  await text(ruth, 'Demo order number').fill('DEMO-77');
  await button(ruth, 'Send shipment').click();
  await confirm(ruth, 'Send shipment');
  await expect(ruth.getByText(`The shipment to ${STORM} is sent.`)).toBeVisible();

  const agreement = await latestMail(page, 'licence-agreement', 'ict@rederijstorm.example');
  for (const told of ['DEMO-77', 'FTX1', 'FTX2', '/hub/devices', 'Bel UPS']) expect(agreement.text).toContain(told);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Devices' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Devices', exact: true })).toBeFocused();
  await expect(phones(page)).toContainText('DEMO-77');
  await expect(phones(page)).toContainText('Call UPS and ask for a pick-up.');
  await expect(phones(page).getByRole('row', { name: /FTX2/ })).toContainText('still out');

  await anna.reload();
  await expect(phones(anna)).toContainText('DEMO-77');
  await askLonger(anna, '', '');
  await expect(text(anna, 'Days to add')).toBeFocused();
  await expect(text(anna, 'Days to add')).toHaveAccessibleDescription(/At most \d+, which is until \d+ \w+ \d{4} \(UTC\)/);
  await expect(text(anna, 'Days to add')).toHaveAccessibleDescription(/Give a number of days from 1 to/);
  await askLonger(anna, '500', 'The fair is later');
  await expect(text(anna, 'Days to add')).toHaveAccessibleDescription(/at most 120 days after the device start/);
  await askLonger(anna, '10', ' ');
  await expect(text(anna, 'Reason')).toBeFocused();
  await askLonger(anna, '10', 'The fair is later');
  await expect(dialog(anna)).toContainText('Ask to keep 2 desk phones for 10 more days?');
  await expect(dialog(anna)).toContainText('Request for a device extension');
  await confirm(anna, ASK);
  await expect(anna.getByText('The trials team is asked to let you keep 2 desk phones longer.')).toBeVisible();
  await expect(anna.getByRole('heading', { level: 1 })).toBeFocused();
  await expect(phones(anna)).toContainText('10 more days asked for');
  await expect(button(anna, ASK)).toHaveAccessibleDescription(/A request for this shipment is open already/);
  const asked = await latestMail(page, 'device-extension', 'device-extensions@proef.example');
  expect(asked.text).toContain('The fair is later');
  expect(asked.text).toMatch(/\/shipments\/[^/\s]+\/desk-phone/);

  await ruth.goto('/shipments');
  const queue = ruth.getByRole('region', { name: /^Device extensions to decide/ });
  await queue.getByRole('link', { name: STORM }).click();
  await button(ruth, 'Approve').click();
  await confirm(ruth, 'Approve');
  await expect(ruth.getByText(`The device extension for ${STORM} is approved.`)).toBeVisible();
  await anna.reload();
  await expect(phones(anna)).toContainText(/Approved on .*: 10 more days/);

  await askLonger(anna, '5', 'And five more');
  await confirm(anna, ASK);
  await expect(phones(anna)).toContainText('5 more days asked for');
  await ruth.reload();
  await text(ruth, 'Reason').fill('They are promised to another customer');
  await button(ruth, 'Refuse').click();
  await confirm(ruth, 'Refuse');
  await expect(ruth.getByText(`The device extension for ${STORM} is refused.`)).toBeVisible();
  await expect(button(ruth, 'Refuse')).toHaveCount(0);
  await page.reload();
  await expect(phones(page)).toContainText('The trials team: “They are promised to another customer”');

  const returned = text(ruth, 'Serial numbers that came back');
  await returned.fill('f t x 1, other-9');
  await ruth.getByRole('button', { name: 'Check in', exact: true }).click();
  await confirm(ruth, 'Check in');
  await expect(ruth.getByText(`The devices from ${STORM} are checked in.`)).toBeVisible();
  await expect(ruth.locator('.customer-title')).toContainText('Returned in part');
  await returned.fill('ftx1');
  await ruth.getByRole('button', { name: 'Check in', exact: true }).click();
  await expect(dialog(ruth)).toContainText('Nothing changes');
  await dialog(ruth).getByRole('button', { name: 'No', exact: true }).click();
  await page.reload();
  await expect(phones(page)).toContainText('1 of 2 back');
  await expect(phones(page)).toContainText('Came back as well, of no shipment of this trial');
  await expect(phones(page)).toContainText('OTHER-9');
});

test('one shipment per type: a cancelled one is not ordered again, and says so in Edit [D4, D11]', async ({ page }) => {
  await signIn(page, ANNA);
  await visit(page, 'Studio Nul Een');
  const card = page.getByRole('region', { name: /desk phones?$/ });
  await card.getByRole('button', { name: 'Cancel shipment' }).click();
  await expect(dialog(page)).toContainText('a cancelled one cannot be ordered again');
  await confirm(page, 'Yes');
  await expect(page.getByText('The shipment to Studio Nul Een is cancelled.')).toBeVisible();
  await expect(card).toContainText('Shipment cancelled');
  await expect(card.getByRole('button')).toHaveCount(0);
  await page.getByRole('link', { name: 'Edit', exact: true }).click();
  await expect(page.getByText(/^Ordered already: /)).toBeVisible();
  await expect(text(page, 'Desk phone to ship')).toHaveCount(0);
});

test('a trial that is being cancelled keeps no devices longer: the reason comes with the look, and stays on the control [D7, L12, P7]', async ({ page }) => {
  await signIn(page, ANNA);
  const { trial, shipment } = await lend(page);
  await ship(page, 'ruth-okafor', shipment, sent);
  await visit(page, STORM);
  await disclosure(page).click();
  await text(page, 'Days to add').fill('0');
  await phones(page).getByRole('button', { name: ASK, exact: true }).click();
  await expect(text(page, 'Days to add')).toHaveAccessibleDescription(/Give a number of days from 1 to \d+/);
  await text(page, 'Days to add').fill('5');
  await text(page, 'Reason').fill('The fair');
  await act(page, 'anna-de-vries', trial, 'cancel');
  await phones(page).getByRole('button', { name: ASK, exact: true }).click();
  await expect(dialog(page)).toContainText('The trial was cancelled');
  await dialog(page).getByRole('button', { name: 'Close', exact: true }).click();
  await expect(button(page, ASK)).toHaveAttribute('aria-disabled', 'true');
  await expect(button(page, ASK)).toHaveAccessibleDescription(/The trial was cancelled/);
});

test('each shipment has a line of its own in the life of the trial, and a trial that is over says what became of it [Q8, D4, D6]', async ({ page }) => {
  await signIn(page, ANNA);
  const { trial, shipment, customer: storm } = await lend(page, 'US', { 'room-device': '1' });
  await ship(page, 'ruth-okafor', shipment, sent);
  await page.goto(`/customers/${storm}`);
  const lines = page.locator('.timeline-wide text').filter({ hasText: /^2 desk phones$|^1 room device$/ });
  await expect(lines).toHaveCount(2);
  const bars = page.locator('.timeline-wide .timeline-devices');
  const at = async (number: number) => (await bars.nth(number).boundingBox())!;
  expect((await at(0)).y + (await at(0)).height).toBeLessThan((await at(1)).y);
  await act(page, 'anna-de-vries', trial, 'cancel');
  await page.goto(`/customers/${storm}`);
  await expect(phones(page)).toContainText('Trial cancelled on');
  await expect(phones(page)).not.toContainText('Trial ends');
  await expect(page.locator('dt').filter({ hasText: /^Devices$/ }).locator('+ dd')).toHaveText('ended');
});

test('a request that is open when the trial is over closes by itself, with a mail, and the page says so [D7]', async ({ page }) => {
  await signIn(page, ANNA);
  const { trial, shipment } = await lend(page);
  await ship(page, 'ruth-okafor', shipment, sent);
  await ship(page, 'anna-de-vries', shipment, keepLonger(5, 'The fair'));
  await act(page, 'anna-de-vries', trial, 'cancel');
  await forward(page, 1);
  await visit(page, STORM);
  await expect(phones(page)).toContainText(/Closed by itself on .*5 days were asked for/);
  const closed = await latestMail(page, 'device-extension-closed', 'anna.de.vries@noordzee-telecom.example');
  expect(closed.text).toContain(`/customers/`);
});

test('overdue devices head the worklist, are mailed once a week, and the mail leads to where they are told [D8, Q12]', async ({ page }) => {
  await signIn(page, ANNA);
  const { customer: storm, trial, shipment } = await lend(page);
  await ship(page, 'ruth-okafor', shipment, sent);
  await forward(page, 45);
  await page.goto('/customers');
  const worklist = page.getByRole('group', { name: 'What wants doing' }).getByRole('button');
  await expect(worklist.nth(1)).toHaveText(/^[1-9]\d*\s*Overdue devices$/);
  await worklist.nth(1).click();
  await page.getByRole('row').filter({ hasText: STORM }).getByRole('link').first().click();
  await expect(page).toHaveURL(`/customers/${storm}`);
  await expect(phones(page)).toContainText('Overdue');
  await expect(phones(page)).toContainText('These devices should have been back by');
  const weekly = async () => {
    const { body } = await ask(page, 'anna-de-vries', 'GET', `mails?trial=${trial}`);
    const overdue = (body.mails as { kind: string; to: string; at: string }[]).filter(mail => mail.kind === 'return-overdue');
    // Each of the customer's administrators gets it, at the same time.
    return new Set(overdue.filter(mail => mail.to === 'customer-administrators').map(mail => mail.at)).size;
  };
  expect(await weekly()).toBe(1);
  await forward(page, 6);
  expect(await weekly()).toBe(1);
  await forward(page, 1);
  expect(await weekly()).toBe(2);
  const mail = await latestMail(page, 'return-overdue', 'ict@rederijstorm.example');
  expect(mail.text).toContain('/hub/devices');
  await ship(page, 'ruth-okafor', shipment, { 'check-in': { serials: ['ftx1', 'ftx2'] } });
  await forward(page, 14);
  expect(await weekly()).toBe(2);
});

test('who changes nothing sees what can be done, disabled with the reason [P2, P7]', async ({ page }) => {
  await signIn(page, 'Lena Krause');
  const { shipment } = await lend(page);
  await ship(page, 'ruth-okafor', shipment, sent);
  await visit(page, STORM);
  for (const name of [ASK, 'Request new return label']) {
    await expect(button(page, name)).toHaveAttribute('aria-disabled', 'true');
    await expect(button(page, name)).toHaveAccessibleDescription(/changes nothing/);
  }
});

test('lines of the ship-to address are called as the chosen country calls them [D5]', async ({ page }) => {
  await signIn(page, ANNA);
  await visit(page, 'Brouwerij de Zon');
  await page.getByRole('link', { name: 'Edit', exact: true }).click();
  await box(page, 'Devices').check();
  await text(page, 'Desk phone').fill('1');
  await text(page, 'Desk phone to ship').fill('1');
  await expect(page.getByText('Phones come without power supply.')).toContainText('trials@proef.example');
  for (const [country, postal, city] of [['Ireland', 'Eircode', 'City'], ['Brazil', 'Postal code (CEP)', 'City and state'], ['Canada', 'Postal code', 'City and province'], ['United Kingdom', 'Postcode', 'City']]) {
    await chooseCountry(page, country, 'Country');
    await expect(text(page, postal)).toBeVisible();
    await expect(text(page, city)).toBeVisible();
  }
  await chooseCountry(page, 'Qatar', 'Country');
  await expect(text(page, 'Postal code')).toHaveAccessibleDescription(/There are no postal codes in Qatar: type 0\./);
});

test('devices of a request stay from its set-up on, which has no day yet [N15, D6]', async ({ page }) => {
  await signIn(page, ANNA);
  await toServices(page, LOFOTEN);
  await box(page, 'Devices').check();
  await text(page, 'Desk phone').fill('1');
  await next(page, 'Ship devices');
  await text(page, 'Desk phone to ship').fill('1');
  const facts = page.getByRole('definition');
  await expect(facts.filter({ hasText: '30 days after set-up' })).toHaveCount(2);
});

for (const [colorScheme, locale] of [['light', 'en-GB'], ['dark', 'nl-NL']] as const) {
  test.describe(`${colorScheme} ${locale}`, () => {
    test.use({ colorScheme, locale });

    test(`devices on the customer’s page meet WCAG, fit a phone and need no mouse, ${colorScheme}, ${locale} [G4, W1]`, async ({ page }) => {
      const dutch = locale === 'nl-NL';
      await signIn(page, ANNA);
      const { customer: storm, shipment } = await lend(page);
      await ship(page, 'ruth-okafor', shipment, sent);
      await page.goto(`/customers/${storm}`);
      const summary = page.locator('summary', { hasText: dutch ? 'Apparaten langer houden aanvragen' : ASK });
      await expect(summary).toBeVisible();
      await axe(page, 'a shipment');
      await summary.focus();
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      await page.keyboard.type('3');
      await page.keyboard.press('Tab');
      await page.keyboard.type('Keyboard alone');
      await axe(page, 'the form');
      await page.setViewportSize({ width: 320, height: 700 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
      await axe(page, 'the form on a phone');
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await expect(dialog(page)).toContainText(dutch ? '3 dagen langer' : '3 more days');
      await axe(page, 'the question');
    });
  });
}
