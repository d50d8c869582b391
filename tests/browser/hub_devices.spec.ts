// The devices in the customer's hub: what was shipped, both ends, what goes back by when and how, what was
// checked in, and the ready-made mail (rules H6, D6, D8, D9, D10).
import type { Page } from '@playwright/test';
import { axe, expect, signIn, test } from './support';
import { ask, forward } from './support/backend';
import { ANNA, SANNE, STORM, lend, sent, ship } from './support/devices';
import { button, text } from './support/wizard';

const dialog = (page: Page) => page.getByRole('dialog');
const phones = (page: Page) => page.getByRole('region', { name: '2 desk phones', exact: true });
const unknown = (page: Page) => page.getByRole('region', { name: 'Demo order number unknown?' });
const rail = (page: Page) => page.getByRole('navigation', { name: 'Main' });

/** Opens the devices by the rail. */
async function toDevices(page: Page): Promise<void> {
  await rail(page).getByRole('link', { name: 'Devices', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Devices', exact: true })).toBeFocused();
}

test('a hub without devices says so, with a way on [H6, G1]', async ({ page }) => {
  await signIn(page, SANNE);
  await toDevices(page);
  await expect(page.getByText(`No trial of ${STORM} has devices on loan.`)).toBeVisible();
  await page.getByRole('link', { name: 'Go to the subscriptions' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Subscriptions' })).toBeVisible();
});

test('the hub tells both ends, what goes back by when and how, and what came back [H6, D6, D8, D9]', async ({ page }) => {
  await signIn(page, SANNE);
  const { shipment } = await lend(page);
  await page.goto('/hub/devices');
  await expect(phones(page)).toContainText('Ordered');
  await expect(page.getByText('has to go back')).toHaveCount(0);
  await ship(page, 'ruth-okafor', shipment, sent);
  await page.reload();
  await expect(page.getByText('1 shipment has to go back, the first by')).toBeVisible();
  for (const name of ['Device end', 'Trial ends', 'Back by', 'Demo order number', 'Ship to']) {
    await expect(phones(page).getByRole('term').filter({ hasText: new RegExp(`^${name}$`) })).toHaveCount(1);
  }
  const { body: told } = await ask(page, 'anna-de-vries', 'GET', `shipments/${shipment}`);
  const inWords = (day: string) => new Date(day).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  for (const [name, day] of [['Device end', told.shipment.end], ['Trial ends', told['trial-end']], ['Back by', told['return-due']]]) {
    const value = phones(page).getByRole('term').filter({ hasText: new RegExp(`^${name}$`) }).locator('+ dd');
    await expect(value, name).toHaveText(inWords(day));
  }
  const steps = phones(page).getByRole('list').filter({ hasText: 'Call UPS' }).getByRole('listitem');
  await expect(steps).toHaveCount(4);
  await ship(page, 'ruth-okafor', shipment, { 'check-in': { serials: ['ftx 2'] } });
  await page.goto('/hub');
  await page.getByRole('main').getByRole('link', { name: 'Devices', exact: true }).click();
  await expect(phones(page)).toContainText('1 of 2 back');
  await expect(phones(page).getByRole('row', { name: /FTX2/ })).toContainText('UTC');
  await expect(phones(page).getByRole('row', { name: /FTX1/ })).toContainText('still out');
  await forward(page, 45);
  await page.reload();
  await expect(page.getByText('1 shipment is overdue: send the devices back now.')).toBeVisible();
});

test('an administrator asks for a new return label, once; to keep devices longer is the partner’s to ask [D7, D8, P7]', async ({ page }) => {
  await signIn(page, SANNE);
  const { shipment } = await lend(page);
  await ship(page, 'ruth-okafor', shipment, sent);
  await page.goto('/hub/devices');
  await expect(button(page, 'Request device extension')).toHaveAttribute('aria-disabled', 'true');
  await expect(button(page, 'Request device extension')).toHaveAccessibleDescription(/partner/);
  await button(page, 'Request new return label').click();
  await expect(dialog(page)).toContainText('Ask the trials team for a new return label for 2 desk phones?');
  await dialog(page).getByRole('button', { name: 'Yes', exact: true }).dblclick();
  await expect(page.getByText('The trials team is asked for a new return label')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await expect(phones(page)).toContainText('the trials team sends it');
  await expect(button(page, 'Request new return label')).toHaveAccessibleDescription(/A request for this shipment is open already/);
  await ship(page, 'ruth-okafor', shipment, 'send-label');
  await page.reload();
  await expect(button(page, 'Request new return label')).not.toHaveAttribute('aria-disabled', 'true');
});

test('from a country with no rule of its own the guidelines and the mailbox are told, and no label is asked for [D8]', async ({ page }) => {
  await signIn(page, SANNE);
  const { shipment } = await lend(page, 'JP');
  await ship(page, 'ruth-okafor', shipment, sent);
  await page.goto('/hub/devices');
  await expect(phones(page)).toContainText('Follow the return guidelines of the trials team for your country.');
  await expect(phones(page)).toContainText('trials@proef.example');
  await expect(button(page, 'Request new return label')).toHaveCount(0);
});

test('a mail for an unknown demo order number is ready, by the email or by all serial numbers [D10]', async ({ page }) => {
  await signIn(page, SANNE);
  const { customer, shipment } = await lend(page);
  await ship(page, 'ruth-okafor', shipment, sent);
  await page.goto('/hub/devices');
  const link = unknown(page).getByRole('link', { name: 'Write this mail' });
  const mail = async () => decodeURIComponent((await link.getAttribute('href')) ?? '');
  await expect(unknown(page).getByRole('textbox', { name: 'Administrator’s email' })).toHaveValue('ict@rederijstorm.example');
  expect(await mail()).toContain('mailto:information@proef.example?subject=Demo order number unknown: Rederij Storm');
  expect(await mail()).toContain(`Organisation id: ${customer}`);
  expect(await mail()).toContain('Administrator’s email: ict@rederijstorm.example');
  await unknown(page).getByRole('radio', { name: 'All serial numbers' }).check();
  await expect(unknown(page).locator('pre')).toContainText('Serial numbers: FTX1, FTX2');
  await text(page, 'Serial numbers, one in each line').fill('ftx 9\nFTX8');
  await expect(unknown(page).locator('pre')).toContainText('Serial numbers: FTX9, FTX8');
  expect(await mail()).toContain('Serial numbers: FTX9, FTX8');
  // By nothing nobody finds anything, and what is typed outlives a reload.
  await page.reload();
  await text(page, 'Serial numbers, one in each line').fill(' ');
  const write = unknown(page).getByRole('button', { name: 'Write this mail' });
  await expect(write).toHaveAttribute('aria-disabled', 'true');
  await expect(write).toHaveAccessibleDescription('Give at least one serial number.');
  await unknown(page).getByRole('radio', { name: 'Administrator’s email' }).check();
  await unknown(page).getByRole('textbox', { name: 'Administrator’s email' }).fill('nobody');
  await expect(write).toHaveAccessibleDescription('Give the administrator’s email address.');
});

test('without an information address there is no mail to write [D10, G8]', { tag: '@embedded' }, async ({ page, context }) => {
  await context.route('**/config.json', route => route.fulfill({ json: { backend: 'embedded', settings: {} } }));
  await signIn(page, SANNE);
  await lend(page);
  await page.goto('/hub/devices');
  await expect(phones(page)).toBeVisible();
  await expect(unknown(page)).toHaveCount(0);
});

test('a partner that looks along sees its devices and is led to the customer’s page to act [Q10, H6]', async ({ page }) => {
  await signIn(page, ANNA);
  const { customer, shipment } = await lend(page);
  await ship(page, 'ruth-okafor', shipment, sent);
  await page.goto(`/customers/${customer}/hub`);
  await page.getByRole('navigation', { name: /Rederij Storm/ }).getByRole('link', { name: 'Devices' }).click();
  await expect(phones(page)).toContainText('DEMO-1');
  await expect(phones(page).getByRole('button')).toHaveCount(0);
  await page.getByRole('main').getByText('is asked from the customer’s page').getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1, name: STORM })).toBeVisible();
  await expect(button(page, 'Request new return label')).toBeVisible();
});

for (const [colorScheme, locale] of [['light', 'en-GB'], ['dark', 'nl-NL']] as const) {
  test.describe(`${colorScheme} ${locale}`, () => {
    test.use({ colorScheme, locale });

    test(`the devices in the hub meet WCAG and fit a phone, ${colorScheme}, ${locale} [G4, W1]`, async ({ page }) => {
      await signIn(page, SANNE);
      await page.goto('/hub/devices');
      await expect(page.locator('.state')).toBeVisible();
      await axe(page, 'no devices');
      const { shipment } = await lend(page);
      await ship(page, 'ruth-okafor', shipment, sent);
      await ship(page, 'ruth-okafor', shipment, { 'check-in': { serials: ['ftx1', 'other'] } });
      await page.goto('/hub/devices');
      await expect(page.locator('.shipment')).toBeVisible();
      await axe(page, 'the devices');
      for (const width of [390, 320]) {
        await page.setViewportSize({ width, height: 844 });
        expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
        await axe(page, `the devices at ${width}`);
      }
    });
  });
}
