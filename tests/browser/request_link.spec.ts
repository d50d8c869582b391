// The link of a consent mail (rule X7): it opens the request for the right person, and its secret
// stands nowhere but in the mail.
import type { Page } from '@playwright/test';
import { axe, axeOfPage, consentLink, expect, signIn, test } from './support';

const SANNE = 'Sanne Visser';
const ADDRESS = 'ict@rederijstorm.example';
const TITLE = 'Noordzee Telecom would like to run a trial for Rederij Storm';

/** Notes every URL and referrer that leaves the page. */
function watch(page: Page): string[] {
  const sent: string[] = [];
  page.on('request', request => {
    sent.push(request.url(), request.headers()['referer'] ?? '');
  });
  return sent;
}

test('on a device without a session the link leads over the sign-in to the request, and its secret is nowhere [X7]', async ({ page, context }) => {
  await page.goto('/sign-in');
  const link = await consentLink(page, ADDRESS);
  const secret = link.split('#')[1];
  const fresh = await context.newPage();
  const sent = watch(fresh);
  await fresh.goto(link);
  await expect(fresh).toHaveURL(/\/sign-in\?then=%2Frequest$/);
  await fresh.reload();
  await fresh.getByRole('button', { name: new RegExp(`^${SANNE}`) }).click();
  await expect(fresh.getByRole('heading', { level: 1, name: TITLE })).toBeVisible();
  await expect(fresh).toHaveURL(/\/requests\/[^#]+$/);
  // The address that was typed stands in what the browser itself navigated to, and in nothing after it.
  const after = sent.filter(url => url.includes(secret) && !url.endsWith(link));
  expect(after, 'URLs and referrers with the secret').toEqual([]);
  const traces = await fresh.evaluate(secret => {
    const kept = [...Object.values(localStorage), ...Object.values(sessionStorage), document.referrer, location.href, document.documentElement.outerHTML];
    return kept.filter(text => text.includes(secret)).length;
  }, secret);
  expect(traces, 'traces of the secret in the page').toBe(0);
  for (let steps = 0; steps < 3; steps += 1) {
    await fresh.goBack();
    expect(fresh.url(), 'an entry of the history').not.toContain(secret);
  }
});

test('that it was opened is noted for the partner, once a signed-in recipient has opened it [X7]', async ({ page }) => {
  await signIn(page, SANNE);
  const opened = async () => page.evaluate(async () => {
    const [request] = (await (await fetch('/api/v1/requests')).json()).requests;
    const { changes } = { changes: await (await fetch(`/api/v1/journal?trial=${request.id}`)).json() };
    return JSON.stringify(changes).includes('opened-request') || JSON.stringify(changes).includes('"opened"');
  });
  const link = await consentLink(page, ADDRESS);
  await page.goto(link);
  await expect(page.getByRole('heading', { level: 1, name: TITLE })).toBeVisible();
  expect(await opened()).toBe(true);
});

test('the wrong person is told only that it is not for them, and the right one can take over [X7]', async ({ page }) => {
  await signIn(page, 'Ingrid Solberg');
  const link = await consentLink(page, ADDRESS);
  await page.goto(link);
  await expect(page.getByText('This request is not for you')).toBeVisible();
  await expect(page.getByText('Rederij Storm')).toHaveCount(0);
  await expect(page.getByText('Noordzee Telecom')).toHaveCount(0);
  await axe(page, 'not for you');
  await page.getByRole('button', { name: 'Sign in as somebody else' }).click();
  await page.getByRole('button', { name: new RegExp(`^${SANNE}`) }).click();
  await expect(page.getByRole('heading', { level: 1, name: TITLE })).toBeVisible();
});

test('a user of the organisation sees the request by its link and who can answer it, and nothing else [P5, X7]', async ({ page }) => {
  await signIn(page, 'Tom Bos');
  await expect(page.getByText('This page opens by the link in the mail', { exact: false })).toBeVisible();
  await expect(page.getByRole('navigation')).toHaveCount(0);
  await axe(page, 'no link');
  await page.goto(await consentLink(page, ADDRESS));
  await expect(page.getByRole('heading', { level: 1, name: TITLE })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Who can answer' })).toContainText(SANNE);
  await page.goto('/hub');
  await expect(page.getByRole('heading', { level: 1, name: 'Page not found' })).toBeVisible();
});

test('a user with no link, or one to nothing, has a way on [P5, X7, G1]', async ({ page }) => {
  await signIn(page, 'Tom Bos');
  await expect(page.getByText('A full administrator of Rederij Storm sees every request', { exact: false })).toBeVisible();
  await page.goto(`/request#${'0'.repeat(64)}`);
  await expect(page.getByText('This link leads nowhere')).toBeVisible();
  await expect(page.getByText('in the overview', { exact: false })).toHaveCount(0);
  await page.getByRole('button', { name: 'Sign in as somebody else' }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  await page.getByRole('button', { name: new RegExp(`^${SANNE}`) }).click();
  await expect(page.getByText('Trial request pending', { exact: true })).toBeVisible();
});

test('a partner’s person is told what the page of links is for, and led to the customers [X7, G1]', async ({ page }) => {
  await signIn(page, 'Anna de Vries');
  await page.goto('/request');
  await expect(page.getByText(/^Requests are opened by/)).toBeVisible();
  await expect(page.getByText('Open that mail', { exact: false })).toHaveCount(0);
  await axe(page, 'no link, partner');
  await page.getByRole('link', { name: 'To the customers' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Customers' })).toBeFocused();
});

test('a link that is cut off, and one to nothing, say so and what to do [X7, G3]', async ({ page }) => {
  await signIn(page, SANNE);
  const link = await consentLink(page, ADDRESS);
  await page.goto(link.slice(0, -4));
  await expect(page.getByText('This page opens by the link in the mail', { exact: false })).toBeVisible();
  const nothing = link.replace(/#.*/, `#${'0'.repeat(64)}`);
  await page.goto(nothing);
  await expect(page.getByText('This link leads nowhere')).toBeVisible();
  await page.getByRole('link', { name: 'To the overview' }).click();
  await expect(page.getByText('Trial request pending', { exact: true })).toBeVisible();
});

test.describe('the Mailbox', () => {
  // The mail's frame runs no script, and what the tests add to every frame is one.
  test.use({ expectedErrors: [/Blocked script execution in 'about:srcdoc'/] });

  test('the Mailbox shows each mail in both parts, and opens it as its recipient [G6, G7, X7]', async ({ page }) => {
    await signIn(page, 'Anna de Vries');
    await page.getByRole('link', { name: 'Mailbox' }).click();
    await page.getByRole('searchbox', { name: 'Search in subject and address' }).fill(ADDRESS);
    await page.getByRole('link', { name: /asks for consent to a trial for Rederij Storm|vraagt toestemming/ }).first().click();
    await expect(page.locator('pre')).toContainText('/request#');
    await expect(page.frameLocator('iframe').getByRole('link').first()).toBeVisible();
    // No script of a mail runs, whatever somebody wrote into it.
    await expect(page.locator('iframe')).toHaveAttribute('sandbox', 'allow-popups allow-popups-to-escape-sandbox');
    await axeOfPage(page, 'mail');
    await page.getByRole('button', { name: `Open as ${SANNE}` }).click();
    await expect(page.getByRole('heading', { level: 1, name: TITLE })).toBeVisible();
    await expect(page.getByRole('button', { name: /^Sanne Visser/ })).toBeVisible();
  });
});
