// A request when the console's program does not load (rule X19).
import type { Page } from '@playwright/test';
import { axe, consentLink, expect, signIn, test } from './support';

const TITLE = 'Noordzee Telecom would like to run a trial for Rederij Storm';

test.use({ expectedErrors: [/ERR_FAILED|TypeError|Failed to fetch/] });

/** The console's program never arrives; the backend does. */
async function withoutProgram(page: Page): Promise<void> {
  await page.route(/\/proef[^/]*\.wasm$/, route => route.abort());
}

for (const [colorScheme, locale] of [['light', 'en-GB'], ['dark', 'nl-NL']] as const) {
  test.describe(`${locale} ${colorScheme}`, () => {
    test.use({ colorScheme, locale });

    test(`the link of the mail still leads to who asks, what, until when and how to answer [X19, X7] (${locale}, ${colorScheme})`, async ({ page }) => {
      const dutch = locale === 'nl-NL';
      await signIn(page, 'Sanne Visser');
      const link = await consentLink(page, 'ict@rederijstorm.example');
      await withoutProgram(page);
      await page.goto(link);
      await expect(page.getByRole('heading', { level: 1, name: dutch ? /wil graag een proefperiode starten/ : TITLE })).toBeVisible();
      await expect(page.getByText('As agreed on the phone', { exact: false })).toBeVisible();
      await expect(page.getByText(dutch ? /U kunt antwoorden tot en met/ : /You can answer until the end of/)).toBeVisible();
      await expect(page.getByRole('heading', { name: dutch ? 'Hoe u kunt antwoorden' : 'How to answer' })).toBeVisible();
      expect(page.url()).not.toContain(link.split('#')[1]);
      await axe(page, 'the plain request');
    });
  });
}

test('the page of a request does the same, and somebody else is told no more than that the console did not load [X19, X7]', async ({ page }) => {
  await signIn(page, 'Sanne Visser');
  await page.getByRole('link', { name: /^See the request/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: TITLE })).toBeVisible();
  const address = page.url();
  await withoutProgram(page);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'How to answer' })).toBeVisible();
  await page.unroute(/\/proef[^/]*\.wasm$/);
  await signIn(page, 'Ingrid Solberg');
  await withoutProgram(page);
  await page.goto(address);
  await expect(page.getByRole('heading', { name: 'The console could not be loaded' })).toBeVisible();
  await expect(page.getByText('Rederij Storm')).toHaveCount(0);
});
