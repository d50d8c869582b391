// Plain http on another host: browsers run no service workers there (G1).
import { axe, expect, test } from './support';
import { button } from './support/wizard';

const HOST = 'proef.test';

test.use({
  // The browser says that it ignores a header which means nothing without https.
  expectedErrors: [/Cross-Origin-Opener-Policy header has been ignored/],
  // To this browser the host is on the network; it is this machine's own server all the same.
  launchOptions: [async ({ launchOptions }, use) => {
    await use({ ...launchOptions, args: [...(launchOptions.args ?? []), `--host-resolver-rules=MAP ${HOST} 127.0.0.1`] });
  }, { scope: 'worker' }],
  baseURL: async ({ baseURL }, use) => {
    const url = new URL(baseURL!);
    url.hostname = HOST;
    await use(url.href);
  },
});

for (const [language, title, why, remedy, again] of [
  ['en-GB', 'Proef cannot start here', 'offers no service worker on this page', 'Open it over https, or at http://localhost or http://127.0.0.1', 'Try again'],
  ['nl-NL', 'Proef kan hier niet starten', 'biedt op deze pagina geen serviceworker', 'Open Proef via https, of op http://localhost of http://127.0.0.1', 'Opnieuw proberen'],
]) {
  test.describe(language, () => {
    test.use({ locale: language });

    test(`plain http on another host says that service workers need https and what to do, ${language} [G1, W1]`, { tag: '@embedded' }, async ({ page }) => {
      for (const path of ['/', '/customers', '/start-trial']) {
        await page.goto(path);
        expect(await page.evaluate(() => isSecureContext), 'the context is none that browsers trust').toBe(false);
        await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
        await expect(page.getByRole('main')).toContainText(why);
        await expect(page.getByRole('main')).toContainText(remedy);
      }
      await axe(page, 'plain http');
      await button(page, again).click();
      await expect(page.getByRole('main')).toContainText(remedy);
    });
  });
}
