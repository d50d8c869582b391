// The clock of the demonstration: a trial's life in a minute (rule G6).
import { axe, expect, signIn, test } from './support';

const ANNA = 'Anna de Vries';

for (const [colorScheme, locale] of [['light', 'en-GB'], ['dark', 'nl-NL']] as const) {
  test.describe(`${colorScheme}, ${locale}`, () => {
    test.use({ colorScheme, locale });

    test(`the clock set forward is shown on every page, also after a reload and in another tab, and leads back, ${colorScheme}, ${locale} [G6, G4, L13]`, async ({ page, context }) => {
      const dutch = locale === 'nl-NL';
      await signIn(page, ANNA);
      await page.getByRole('button', { name: /^Demonstrat/ }).click();
      await page.getByRole('button', { name: dutch ? '30 dagen' : '30 days', exact: true }).click();
      const banner = (of: typeof page) => of.getByRole('status').filter({ hasText: dutch ? 'De klok loopt 30 dagen voor' : 'The clock is 30 days ahead' });
      await expect(banner(page)).toBeVisible();
      await axe(page, 'the customers with the clock set forward');

      await page.reload();
      await expect(banner(page)).toBeVisible();
      const other = await context.newPage();
      await other.goto('/start-trial');
      await expect(banner(other)).toBeVisible();
      await other.close();

      await banner(page).getByRole('button', { name: dutch ? 'Terug naar vandaag' : 'Back to today' }).click();
      await page.getByRole('dialog').getByRole('button', { name: dutch ? 'Herstellen' : 'Reset', exact: true }).click();
      await expect(banner(page)).toHaveCount(0);
    });
  });
}

test('the days that pass bring a trial to its end, its grace and its closing, with their mails [G6, L2, L3, L4, L5]', async ({ page }) => {
  await signIn(page, ANNA);
  const forward = async (days: string) => {
    await page.getByRole('button', { name: /^Demonstration/ }).click();
    await page.getByRole('button', { name: days, exact: true }).click();
  };
  await page.getByRole('row').filter({ hasText: 'Cobalt Analytics' }).getByRole('link').first().click();
  const heading = page.getByRole('heading', { level: 1, name: 'Cobalt Analytics' });
  const status = page.locator('.customer-title');
  await expect(heading).toBeVisible();
  await expect(status).toContainText('Active');
  const mails = page.getByRole('region', { name: 'Mails' });
  await expect(mails.getByText('The trial ends soon')).toHaveCount(0);

  await forward('30 days');
  await expect(status).toContainText('Expired');
  await expect(mails.getByText('The trial ends soon')).toBeVisible();
  await expect(mails.getByText('The trial has ended, the grace period begins')).toBeVisible();

  await forward('30 days');
  await expect(status).toContainText('Closed');
});
