// The trials team at work: shipments to send, requests about devices, returns, and nothing else (rule P6).
import { axe, expect, signIn, test } from './support';
import { act, ask, customer } from './support/backend';
import { lend, sent, ship } from './support/devices';
import type { Page } from '@playwright/test';

const RUTH = 'Ruth Okafor';
const STUDIO = 'Studio Nul Een';

const dialog = (page: Page) => page.getByRole('dialog');
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
const section = (page: Page, name: string | RegExp) => page.getByRole('region', { name });

/** The id of the shipment of desk phones that a customer's trial ordered. */
async function shipmentOf(page: Page, company: string): Promise<string> {
  const { trials } = await customer(page, 'anna-de-vries', company);
  return `${trials[0].trial.id}.desk-phone`;
}

/** Opens the page of a shipment by its row in the queue. */
async function open(page: Page, company: string): Promise<void> {
  await page.goto('/shipments');
  await page.getByRole('link', { name: company, exact: true }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: new RegExp(`^${company}: `) })).toBeVisible();
}

test('the trials team sees shipments, of whichever partner, and no page of anybody else [P6]', async ({ page }) => {
  await signIn(page, RUTH);
  await expect(page).toHaveURL('/shipments');
  await expect(page.getByRole('heading', { level: 1, name: 'Shipments', exact: true })).toBeVisible();
  await expect(section(page, /^To send/).getByRole('link', { name: STUDIO })).toBeVisible();
  await expect(section(page, /^To send/)).toContainText('Noordzee Telecom');
  const rail = page.getByRole('navigation', { name: 'Main' });
  await expect(rail.getByRole('link')).toHaveText(['Shipments', 'Mailbox']);
  for (const address of ['/customers/customer-017', '/start-trial', '/hub']) {
    await page.goto(address);
    await expect(page.getByRole('heading', { level: 1, name: 'Page not found' })).toBeVisible();
  }
  await page.goto('/shipments/nothing/desk-phone');
  await expect(page.getByRole('heading', { name: 'No such shipment' })).toBeVisible();
  await page.getByRole('link', { name: 'To the shipments' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Shipments', exact: true })).toBeVisible();
  expect((await ask(page, 'ruth-okafor', 'GET', 'customers')).status).toBe(403);
  expect((await ask(page, 'anna-de-vries', 'GET', 'devices/queue')).status).toBe(403);
});

test('a shipment is sent with its serials, number and end; what is wrong stands at its field and nothing is lost [D4, D6, D9, G3]', async ({ page }) => {
  await signIn(page, RUTH);
  await open(page, STUDIO);
  await button(page, 'Send shipment').click();
  const serials = field(page, 'Serial numbers sent');
  await expect(serials).toBeFocused();
  await expect(serials).toHaveAccessibleDescription(/2 different serial numbers are needed/);
  await serials.fill('ftx 1, ftx1');
  // One that is given twice is one device.
  await expect(page.getByText('1 of 2', { exact: true })).toBeVisible();
  await button(page, 'Send shipment').click();
  await expect(serials).toHaveAccessibleDescription(/2 different serial numbers are needed/);
  await serials.fill(`ftx 1\n${'X'.repeat(41)}`);
  await button(page, 'Send shipment').click();
  await expect(serials).toHaveAccessibleDescription(/at most 40 letters/);
  await serials.fill('ftx 1\nFTX2');
  await button(page, 'Send shipment').click();
  const number = field(page, 'Demo order number');
  await expect(number).toBeFocused();
  await expect(number).toHaveAccessibleDescription(/1 to 40 letters, digits and hyphens/i);
  await number.fill('DEMO-77');
  const end = page.getByLabel('Device end', { exact: true });
  const proposed = await end.inputValue();
  await end.fill('2099-01-01');
  await button(page, 'Send shipment').click();
  await expect(end).toBeFocused();
  await expect(end).toHaveAccessibleDescription(/at most 120 days after the device start/);
  await end.fill('');
  await button(page, 'Send shipment').click();
  await expect(end).toHaveAccessibleDescription(/Choose a day from/);
  await end.fill(proposed);
  await expect(serials).toHaveValue('ftx 1\nFTX2');
  await button(page, 'Send shipment').click();
  await expect(dialog(page)).toContainText('Licence-agreement mail for the devices');
  // The question shows what will be stored, and of the trial nothing beyond this shipment (E6, P6).
  for (const stored of ['Serial numbers: FTX1, FTX2', 'Demo order number: DEMO-77', /Device end: .* \(UTC\)/]) {
    await expect(dialog(page)).toContainText(stored);
  }
  await expect(dialog(page)).not.toContainText(/First notice|Phone numbers|grace/i);
  await dialog(page).getByRole('button', { name: 'Send shipment' }).dblclick();
  await expect(page.getByText(`The shipment to ${STUDIO} is sent.`)).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await expect(section(page, 'Shipment')).toContainText('DEMO-77');
  await expect(section(page, 'Serial numbers').getByRole('row')).toHaveText([/Serial number/, /FTX1.*still out/, /FTX2.*still out/]);
  await page.getByRole('link', { name: 'To the shipments' }).click();
  await expect(section(page, /^To come back/).getByRole('link', { name: STUDIO })).toBeVisible();
  await expect(section(page, /^To send/).getByRole('link', { name: STUDIO })).toHaveCount(0);
  await expect(section(page, /^To come back/)).toContainText('0 of 2 back');
});

test('all that is wrong with a sending is marked at once, the focus is on the first, and what is typed clears its own mark [N7, G3]', async ({ page }) => {
  await signIn(page, RUTH);
  await open(page, STUDIO);
  const [serials, number, end] = [field(page, 'Serial numbers sent'), field(page, 'Demo order number'), page.getByLabel('Device end', { exact: true })];
  await number.fill('<script>');
  await end.fill('1900-01-01');
  await button(page, 'Send shipment').click();
  await expect(serials).toBeFocused();
  for (const wrong of [serials, number, end]) await expect(wrong).toHaveAttribute('aria-invalid', 'true');
  await serials.fill('FTX1\nFTX2');
  await expect(serials).not.toHaveAttribute('aria-invalid', 'true');
  for (const wrong of [number, end]) await expect(wrong).toHaveAttribute('aria-invalid', 'true');
  await end.fill('');
  await button(page, 'Send shipment').click();
  await expect(number).toBeFocused();
  await expect(end).toHaveAttribute('aria-invalid', 'true');
  await expect(end).toHaveAccessibleDescription(/Choose a day from/);
});

test('serial numbers come out of a file; what is no list of them is refused and named [D9, G3]', async ({ page }) => {
  await signIn(page, RUTH);
  await open(page, STUDIO);
  const file = page.getByLabel('Or from a file (CSV or text)');
  const give = (name: string, buffer: Buffer) => file.setInputFiles({ name, mimeType: 'text/csv', buffer });
  await give('serials.csv', Buffer.from('\ufeff"Serial number"\r\n"ftx 10"\r\n"ftx11"\r\n'));
  await expect(field(page, 'Serial numbers sent')).toHaveValue('FTX10\nFTX11');
  await give('photo.png', Buffer.from([0x89, 0x50, 0xff, 0xfe]));
  await expect(page.getByText('photo.png is no text in UTF-8.')).toBeVisible();
  await give('long.csv', Buffer.alloc(20_000, 'a'));
  await expect(page.getByText('long.csv is too large for a list of serial numbers.')).toBeVisible();
  await expect(field(page, 'Serial numbers sent')).toHaveValue('FTX10\nFTX11');
});

test('an order is cancelled before it is sent, once, and cannot be sent any more [D4, D11]', async ({ page }) => {
  await signIn(page, RUTH);
  await open(page, STUDIO);
  await button(page, 'Cancel shipment').click();
  await expect(dialog(page)).toContainText('a cancelled one cannot be ordered again');
  await dialog(page).getByRole('button', { name: 'Yes', exact: true }).click();
  await expect(page.getByText(`The shipment to ${STUDIO} is cancelled.`)).toBeVisible();
  await expect(button(page, 'Send shipment')).toHaveCount(0);
  await expect(page.locator('.customer-title')).toContainText('Shipment cancelled');
});

test('a request to keep devices longer is decided: refused only with a reason, approved to the new end [D7]', async ({ page }) => {
  await signIn(page, RUTH);
  const id = await shipmentOf(page, STUDIO);
  await ship(page, 'anna-de-vries', id, { 'ask-extension': { days: 20, reason: 'The fair is a week later' } });
  await page.goto('/shipments');
  await section(page, /^Device extensions to decide/).getByRole('link', { name: STUDIO }).click();
  const request = section(page, 'Request for a device extension');
  await expect(request).toContainText('The fair is a week later');
  await expect(request).toContainText('Latest possible device end');
  await button(page, 'Refuse').click();
  const reason = request.getByRole('textbox', { name: 'Reason', exact: true });
  await expect(reason).toBeFocused();
  await expect(reason).toHaveAttribute('aria-invalid', 'true');
  await reason.fill('x'.repeat(600));
  await button(page, 'Refuse').click();
  await expect(reason).toHaveAccessibleDescription(/longer than 500 characters/);
  await reason.fill('Not this time');
  await button(page, 'Refuse').click();
  await expect(dialog(page)).toContainText('Reason: Not this time');
  await dialog(page).getByRole('button', { name: 'No', exact: true }).click();
  await reason.fill('');
  await button(page, 'Approve').click();
  await expect(dialog(page)).toContainText('Decision on a device extension');
  await dialog(page).getByRole('button', { name: 'Approve' }).click();
  await expect(page.getByText(`The device extension for ${STUDIO} is approved.`)).toBeVisible();
  await expect(request).toHaveCount(0);
  await expect(section(page, /^Shipment$/)).toContainText(/Approved on .*: 20 more days/);
});

test('what comes back is compared with what was sent, twice changes nothing, and the rest is written off with a reason [D8, D9, D11]', async ({ page }) => {
  await signIn(page, RUTH);
  const id = await shipmentOf(page, STUDIO);
  await ship(page, 'ruth-okafor', id, sent);
  await open(page, STUDIO);
  await button(page, 'Check in').click();
  const returned = field(page, 'Serial numbers that came back');
  await expect(returned).toBeFocused();
  await expect(returned).toHaveAccessibleDescription(/at least one serial number/);
  await returned.fill('ftx 1; FTX1; other-9');
  await button(page, 'Check in').click();
  for (const [title, serial] of [['Checked in now', 'FTX1'], ['Given twice', 'FTX1'], ['Of no shipment', 'OTHER-9'], ['Still out', 'FTX2']]) {
    await expect(dialog(page).locator('.brings').filter({ hasText: title })).toContainText(serial);
  }
  await dialog(page).getByRole('button', { name: 'Check in' }).click();
  await expect(page.getByText(`The devices from ${STUDIO} are checked in.`)).toBeVisible();
  await expect(page.locator('.customer-title')).toContainText('Returned in part');
  await expect(section(page, 'Serial numbers').getByRole('row', { name: /FTX1/ })).toContainText('UTC');
  await returned.fill('ftx1');
  await button(page, 'Check in').click();
  await expect(dialog(page)).toContainText('Nothing changes');
  await expect(dialog(page)).toContainText('Checked in before');
  await dialog(page).getByRole('button', { name: 'No', exact: true }).click();
  await button(page, 'Write off').click();
  const reason = field(page, 'Why it is written off');
  await expect(reason).toBeFocused();
  await reason.fill('Lost by the carrier');
  await button(page, 'Write off').click();
  await expect(dialog(page)).toContainText('Written off, because: Lost by the carrier');
  await dialog(page).getByRole('button', { name: 'Yes', exact: true }).click();
  await expect(page.locator('.customer-title')).toContainText('Written off');
  // Where there is nothing to do any more, what is known has the place of it.
  const left = async (name: string) => (await section(page, name).boundingBox())?.x ?? 0;
  expect(await left('Shipment')).toBeLessThan(await left('Serial numbers'));
  await expect(section(page, 'Shipment')).toContainText('Lost by the carrier');
});

test('a new return label that was asked for is noted as sent, and leaves the queue [D8]', async ({ page }) => {
  await signIn(page, RUTH);
  const { shipment } = await lend(page);
  await ship(page, 'ruth-okafor', shipment, sent);
  await ship(page, 'sanne-visser', shipment, 'ask-label');
  await page.goto('/shipments');
  await section(page, /^New return labels to send/).getByRole('link', { name: 'Rederij Storm' }).click();
  await expect(section(page, 'Shipment')).toContainText('the trials team sends it');
  await button(page, 'New label sent').click();
  await expect(dialog(page)).toContainText('The request leaves the list.');
  await dialog(page).getByRole('button', { name: 'Yes', exact: true }).dblclick();
  await expect(page.getByText('The new return label for Rederij Storm is noted as sent.')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await expect(button(page, 'New label sent')).toHaveCount(0);
  await page.goto('/shipments');
  await expect(section(page, /^New return labels to send/)).toContainText('Nobody waits for a new return label.');
});

test('a decision that a cancelled trial rules out says so once for both of its buttons [L12, P7]', async ({ page }) => {
  await signIn(page, RUTH);
  const id = await shipmentOf(page, STUDIO);
  await ship(page, 'ruth-okafor', id, sent);
  await ship(page, 'anna-de-vries', id, { 'ask-extension': { days: 5, reason: 'Fair' } });
  await act(page, 'anna-de-vries', id.replace('.desk-phone', ''), 'cancel');
  await page.goto(`/shipments/${id.replace('.', '/')}`);
  const request = section(page, 'Request for a device extension');
  for (const name of ['Approve', 'Refuse']) {
    await expect(request.getByRole('button', { name })).toHaveAttribute('aria-disabled', 'true');
    await expect(request.getByRole('button', { name })).toHaveAccessibleDescription(/The trial was cancelled/);
  }
  await expect(request.getByText('The trial was cancelled', { exact: false })).toHaveCount(1);
  await expect(section(page, /^Shipment$/)).toContainText('Trial cancelled on');
  await expect(section(page, /^Shipment$/)).not.toContainText('Trial ends');
});

test('on a phone the work stands in cards, each value under its name, and columns stand in line [G4]', async ({ page }) => {
  await signIn(page, RUTH);
  const id = await shipmentOf(page, STUDIO);
  await ship(page, 'ruth-okafor', id, sent);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/shipments');
  const row = section(page, /^To come back/).getByRole('listitem').filter({ hasText: STUDIO });
  await row.scrollIntoViewIfNeeded();
  for (const shown of ['Back by', 'Came back', '0 of 2 back']) await expect(row.getByText(shown, { exact: true })).toBeVisible();
  const [card, value] = [await row.boundingBox(), await row.getByText('0 of 2 back').boundingBox()];
  expect(value!.x + value!.width).toBeLessThanOrEqual(card!.x + card!.width);
  await page.goto(`/shipments/${id.replace('.', '/')}`);
  const table = section(page, 'Serial numbers').getByRole('table');
  const padding = (at: string) => table.locator(at).first().evaluate(cell => getComputedStyle(cell).paddingInlineStart);
  expect(await padding('thead th:nth-child(2)')).toBe(await padding('tbody td:nth-child(2)'));
});

for (const [colorScheme, locale] of [['light', 'en-GB'], ['dark', 'nl-NL']] as const) {
  test.describe(`${colorScheme} ${locale}`, () => {
    test.use({ colorScheme, locale });

    test(`the trials team’s pages meet WCAG and fit a phone, ${colorScheme}, ${locale} [G4, W1]`, async ({ page }) => {
      await signIn(page, RUTH);
      const id = await shipmentOf(page, STUDIO);
      const looked = async (what: string) => {
        await axe(page, what);
        await page.setViewportSize({ width: 320, height: 700 });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(wide, `${what} is wider than a phone`).toBeLessThanOrEqual(0);
        await axe(page, `${what}, on a phone`);
        await page.setViewportSize({ width: 1440, height: 900 });
      };
      await page.goto('/shipments');
      await expect(page.getByRole('link', { name: STUDIO }).first()).toBeVisible();
      await looked('the queue');
      await page.goto(`/shipments/${id.replace('.', '/')}`);
      await expect(page.locator('#send-shipment')).toBeVisible();
      await looked('a shipment to send');
      await ship(page, 'anna-de-vries', id, { 'ask-extension': { days: 5, reason: 'Longer' } });
      await ship(page, 'ruth-okafor', id, sent);
      await page.reload();
      await expect(page.locator('#check-in')).toBeVisible();
      await looked('a shipment that is out');
    });
  });
}
