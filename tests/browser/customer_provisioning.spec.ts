// A service of a trial that could not be provisioned, and Try again (rules N17, P7, L11).
import { axe, expect, signIn, test } from './support';
import { act, ask, customer, forward } from './support/backend';
import { dialog, title, visit } from './support/customer';

const COMPANY = 'Baltic Timber';
const AGAIN = /^Try again ?: Calling$/;

for (const [colorScheme, locale] of [['light', 'en-GB'], ['dark', 'nl-NL']] as const) {
  test.describe(`${colorScheme}, ${locale}`, () => {
    test.use({ colorScheme, locale });

    test(`a failed service says why, how often it was tried and when it is tried next, also on a phone, ${colorScheme}, ${locale} [N17, G4, W1]`, async ({ page }) => {
      const dutch = locale === 'nl-NL';
      await signIn(page, 'Anna de Vries');
      await visit(page, COMPANY);
      await expect(page.getByText('The platform has no capacity in this region at the moment', { exact: false })).toBeVisible();
      await expect(page.getByText(dutch ? /4 keer geprobeerd, opnieuw .* UTC\./ : /Tried 4 times, next .* UTC\./)).toBeVisible();
      await axe(page, 'a service that failed');
      await page.setViewportSize({ width: 320, height: 700 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
      await page.getByRole('button', { name: dutch ? /^Opnieuw proberen/ : AGAIN }).click();
      await expect(dialog(page).getByText(dutch ? /Waarom het de laatste keer mislukte: The platform/ : /Why it failed last: The platform/)).toBeVisible();
      await axe(page, 'the question before trying again');
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    });
  });
}

test('a failed service is tried again by hand: No changes nothing, Yes tries it at once, by keyboard alone [N17, L11, G4, E6]', async ({ page }) => {
  await signIn(page, 'Anna de Vries');
  await visit(page, COMPANY);
  await expect(title(page)).toContainText('Setting up');
  const again = page.getByRole('button', { name: AGAIN });
  await again.focus();
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toContainText(`Try to provision Calling for ${COMPANY} again?`);
  await expect(dialog(page).getByText(/^It is tried at once, and not only on .* UTC\. Nothing else of the trial changes\.$/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toBeHidden();
  await expect(again).toBeFocused();

  await page.keyboard.press('Enter');
  await dialog(page).getByRole('button', { name: 'Try again', exact: true }).dblclick();
  await expect(page.getByText('Calling is being provisioned again.')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: COMPANY })).toBeFocused();
  // With the last of its services the trial is set up.
  await expect(title(page)).toContainText('Active');
  await expect(again).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Journal' }).getByRole('listitem').filter({ hasText: 'By Anna de Vries' }).first()).toContainText('Provisioning to be tried again');
  // The double click tried it once.
  const { id } = await customer(page, 'anna-de-vries', COMPANY);
  const { body } = await ask(page, 'anna-de-vries', 'GET', `journal?organisation=${id}&deed=provisioning-retried`);
  expect(body.entries).toHaveLength(1);
});

test('who changes nothing sees Try again disabled with the reason, and the backend refuses the same [N17, P2, P7]', async ({ page }) => {
  await signIn(page, 'Lena Krause');
  await visit(page, COMPANY);
  const again = page.getByRole('button', { name: AGAIN });
  await expect(again).toHaveAttribute('aria-disabled', 'true');
  await expect(again).toHaveAccessibleDescription(/Ask a sales administrator/);
  const { trials: [{ trial }] } = await customer(page, 'lena-krause', COMPANY);
  const act = { 'retry-provisioning': { service: 'calling' } };
  expect((await ask(page, 'lena-krause', 'POST', `trials/${trial.id}/acts/preview`, { act })).status).toBe(403);
});

test('what was bought and failed is shown and tried again as well [N17, C4]', async ({ page }) => {
  await signIn(page, 'Anna de Vries');
  const { id, trials: [{ trial }] } = await customer(page, 'anna-de-vries', COMPANY);
  const services = trial.provisioning.map((step: { service: string }) => step.service).filter((name: string) => name !== 'devices');
  const order = { 'order-number': 'PO-7', 'contact-email': 'anna.de.vries@noordzee-telecom.example', 'administrator-email': 'office@baltictimber.example', services, 'confirmed': true };
  await act(page, 'anna-de-vries', trial.id, { convert: order });
  await page.goto(`/customers/${id}`);
  await expect(title(page)).toContainText('Converted');
  await expect(page.getByText('The platform has no capacity in this region at the moment', { exact: false })).toBeVisible();
  await page.getByRole('button', { name: AGAIN }).click();
  await dialog(page).getByRole('button', { name: 'Try again', exact: true }).click();
  await expect(page.getByText('Calling is being provisioned again.')).toBeVisible();
  await expect(page.getByRole('button', { name: AGAIN })).toHaveCount(0);
});

test('a service that was provisioned meanwhile is not tried again, and the dialog says so [N17, E6]', async ({ page }) => {
  await signIn(page, 'Anna de Vries');
  await visit(page, COMPANY);
  await forward(page, 1);
  await page.getByRole('button', { name: AGAIN }).click();
  await expect(dialog(page).getByText(/Nothing has failed here/)).toBeVisible();
  await expect(dialog(page).getByRole('button', { name: 'Try again', exact: true })).toHaveCount(0);
  await dialog(page).getByRole('button', { name: 'Close', exact: true }).click();
  await expect(page.getByRole('button', { name: AGAIN })).toHaveCount(0);
  await expect(title(page)).toContainText('Active');
});
