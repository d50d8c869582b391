// The partner's side while a request waits, once it is answered, and after it is over.
import { axe, expect, signIn, test } from './support';
import { LOFOTEN, LOFOTEN_NAME, send, toReview } from './support/asking';
import { accepted, answer, ask, customer, declined, open } from './support/backend';
import { button, row } from './support/wizard';
import { holdNow } from './support/wire';
import type { Page } from '@playwright/test';

const ANNA = 'Anna de Vries';
const STORM = 'Rederij Storm';
const RESEND = 'Resend consent email';
const CANCEL = 'Cancel trial';
/** Part of what the dialog says once it knows what the act brings. */
const BRINGS = 'It cannot be undone.';

/** Opens the page of a customer by its row, or by its name in the list of a status. */
async function visit(page: Page, company: string, status = ''): Promise<void> {
  await page.goto(status ? `/customers?status=${status}` : '/customers');
  await row(page, company).getByRole('link', { name: company }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: company, exact: true })).toBeVisible();
}

const title = (page: Page) => page.locator('.customer-title');
const dialog = (page: Page) => page.getByRole('dialog', { name: /^Cancel the trial for/ });
const requestOf = async (page: Page, company: string): Promise<string> =>
  (await customer(page, 'anna-de-vries', company)).trials[0].trial.id;

test('a pending request shows to whom it went, whether it was opened, until when, the phrase and what was asked [X5, X6, X7, X11, Q11]', async ({ page }) => {
  await signIn(page, ANNA);
  await visit(page, STORM);
  await expect(title(page)).toContainText('Trial pending');
  const section = page.getByRole('region', { name: 'Trial request' });
  await expect(section).toContainText('29 days left to answer');
  await expect(section).toContainText('ict@rederijstorm.example');
  await expect(section).toContainText('not opened yet');
  await expect(section).toContainText('Messaging');
  await expect(section).toContainText('30 days from set-up');
  await expect(section).toContainText('Full administrator access');
  await expect(page.locator('.phrase')).toHaveText(/^[a-z]+ [a-z]+ [a-z]+$/);
  await expect(section).toContainText('The customer sees the same three words');
  await open(page, 'anna-de-vries', 'sanne-visser', await requestOf(page, STORM));
  await page.reload();
  await expect(section).toContainText(/opened \d+ \w+ \d{4}, \d\d:\d\d/);
});

test('resending counts down on the button; the reader’s clock shortens nothing [X13, X5, L1]', async ({ page }) => {
  await page.clock.install();
  await signIn(page, ANNA);
  await visit(page, 'Oakfield Hotels');
  await button(page, RESEND).click();
  await expect(page.getByText('The consent mail was sent again.')).toBeVisible();
  await expect(page.getByText(/^Sent /)).toHaveCount(2);
  await expect(button(page, RESEND)).toHaveAttribute('aria-disabled', 'true');
  await expect(button(page, RESEND)).toHaveAccessibleDescription(/sent too recently for another one\. It is possible from/);
  // It was the second sending, so the third one waits for an hour.
  await expect(page.getByText(/\(59:\d\d\)|\(1:00:00\)/)).toBeVisible();
  // The last day to answer stays (X11).
  await expect(page.getByText('6 days left to answer')).toBeVisible();

  // An hour on the reader’s clock alone: the backend knows better, and says how long.
  await page.clock.fastForward('01:01:00');
  await expect(button(page, RESEND)).not.toHaveAttribute('aria-disabled', 'true');
  await button(page, RESEND).click();
  await expect(button(page, RESEND)).toHaveAttribute('aria-disabled', 'true');
  await expect(page.getByText(/\(5\d:\d\d\)/)).toBeVisible();
  await expect(page.getByText(/^Sent /)).toHaveCount(2);
});

test('a question that is opened while the page is loaded again stays until it is answered [X13, G3]', async ({ page }) => {
  await signIn(page, ANNA);
  await visit(page, STORM);
  const letGo = await holdNow(page, page.url().replace(/^.*\/customers\//, '/api/v1/customers/'));
  await button(page, RESEND).click();
  await expect(page.getByText('The consent mail was sent again.')).toBeVisible();
  await button(page, CANCEL).click();
  await expect(dialog(page).getByText(BRINGS)).toBeVisible();
  const arrived = page.evaluate(url => new Promise<void>(arrived => {
    new PerformanceObserver((list, observer) => {
      if (!list.getEntriesByName(url).length) return;
      observer.disconnect();
      requestAnimationFrame(() => requestAnimationFrame(() => arrived()));
    }).observe({ type: 'resource' });
  }), page.url().replace('/customers/', '/api/v1/customers/'));
  await letGo();
  await arrived;
  await dialog(page).getByRole('button', { name: 'No', exact: true }).click();
  await expect(page.getByText(/^Sent /)).toHaveCount(2);
  await expect(dialog(page)).toBeHidden();
});

test('a tab that does not know of the last sending is told the time to wait [X13]', async ({ page, context }) => {
  await signIn(page, ANNA);
  await visit(page, 'Oakfield Hotels');
  const other = await context.newPage();
  await other.goto(page.url());
  await button(other, RESEND).click();
  await expect(other.getByText(/^Sent /)).toHaveCount(2);
  await page.bringToFront();
  await button(page, RESEND).click();
  await expect(button(page, RESEND)).toHaveAttribute('aria-disabled', 'true');
  await expect(page.getByText(/\(5\d:\d\d\)|\(1:00:00\)/)).toBeVisible();
});

test('cancelling names its effects first; No changes nothing, Yes takes the customer off the list [X13, E6, K1, Q11]', async ({ page }) => {
  await signIn(page, ANNA);
  await visit(page, STORM);
  await button(page, CANCEL).click();
  for (const effect of ['Talk to the customer first', 'Trial pending becomes Cancelled, today.', 'The request can no longer be answered', 'The customer leaves the list', 'It cannot be undone']) {
    await expect(dialog(page).getByText(effect)).toBeVisible();
  }
  await dialog(page).getByRole('button', { name: 'No', exact: true }).click();
  await expect(dialog(page)).toBeHidden();
  await expect(button(page, CANCEL)).toBeFocused();
  await expect(title(page)).toContainText('Trial pending');

  await button(page, CANCEL).click();
  await dialog(page).getByRole('button', { name: 'Yes', exact: true }).dblclick();
  await expect(title(page)).toContainText('Cancelled');
  await expect(page.getByRole('heading', { level: 1, name: STORM })).toBeFocused();
  await expect(page.getByText('before the trial started')).toBeVisible();
  await expect(button(page, CANCEL)).toHaveCount(0);
  await page.goto('/customers');
  await expect(row(page, 'Oakfield Hotels')).toBeVisible();
  await expect(row(page, STORM)).toHaveCount(0);
  await visit(page, STORM, 'cancelled');
  await expect(title(page)).toContainText('Cancelled');
});

test('a cancelling that would bring something else by now is refused, and both are shown [E6, G2]', async ({ page }) => {
  await signIn(page, ANNA);
  await visit(page, STORM);
  const trial = await requestOf(page, STORM);
  await button(page, CANCEL).click();
  await expect(dialog(page).getByText('Trial pending becomes Cancelled, today.')).toBeVisible();
  await answer(page, 'sanne-visser', trial, accepted(['messaging', 'meetings'], true));
  await dialog(page).getByRole('button', { name: 'Yes', exact: true }).click();
  await expect(dialog(page).getByText('Something here was changed since this was shown. Nothing was done yet.')).toBeVisible();
  await expect(dialog(page).getByRole('heading', { name: /^What it brings now, on / })).toBeVisible();
  await expect(dialog(page).getByRole('heading', { name: /^What was shown before, for / })).toBeVisible();
  await expect(dialog(page).getByText('Awaiting provisioning details becomes Cancelled, today.')).toBeVisible();
  await expect(dialog(page).getByText('Trial pending becomes Cancelled, today.')).toBeVisible();
  await expect(dialog(page).getByText('This ends as well: Full administrator access.')).toBeVisible();
  await dialog(page).getByRole('button', { name: 'Yes', exact: true }).click();
  await expect(title(page)).toContainText('Cancelled');
});

test('what was declined meanwhile cannot be cancelled: the dialog says so, and then the page [X15, L12]', async ({ page }) => {
  await signIn(page, ANNA);
  await visit(page, STORM);
  const trial = await requestOf(page, STORM);
  await button(page, CANCEL).click();
  await expect(dialog(page).getByText(BRINGS)).toBeVisible();
  await answer(page, 'joost-de-boer', trial, declined('other', 'Not before the summer'));
  await dialog(page).getByRole('button', { name: 'Yes', exact: true }).click();
  await expect(dialog(page).getByText('The request was declined.')).toBeVisible();
  await dialog(page).getByRole('button', { name: 'Close', exact: true }).click();
  await expect(title(page)).toContainText('Declined');
  await expect(page.getByText('Joost de Boer declined on')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Receipt of this answer' })).toBeVisible();
  await expect(page.getByText('Not before the summer')).toBeVisible();
});

test('an accepted request awaits its set-up: what was accepted, which access, until when, and not that nobody opened it; it can be cancelled [X7, X8, X9, X10, X12, X13, X18]', async ({ page }) => {
  await signIn(page, ANNA);
  await answer(page, 'sanne-visser', await requestOf(page, STORM), accepted(['meetings']));
  await visit(page, STORM);
  await expect(title(page)).toContainText('Awaiting provisioning details');
  const section = page.getByRole('region', { name: 'Trial request' });
  await expect(section).toContainText('Sanne Visser accepted on');
  await expect(section).toContainText('Not accepted');
  await expect(section).toContainText('Provisioning access');
  await expect(section).toContainText('To be set up by');
  // It was answered from the overview: that says nothing of the link, and there is nothing left to check by phone.
  await expect(section).toContainText('ict@rederijstorm.example');
  await expect(section).not.toContainText('opened');
  await expect(section).not.toContainText('The customer sees the same three words');
  await expect(button(page, RESEND)).toHaveCount(0);
  await button(page, CANCEL).click();
  await expect(dialog(page).getByText('they have accepted and expect the trial')).toBeVisible();
  await expect(dialog(page).getByText('This ends as well: Provisioning access.')).toBeVisible();
  await expect(dialog(page).getByText(/^Mail: The trial was cancelled/).first()).toBeVisible();
  await dialog(page).getByRole('button', { name: 'Yes', exact: true }).click();
  await expect(title(page)).toContainText('Cancelled');
  await page.goto('/customers');
  await expect(row(page, 'Oakfield Hotels')).toBeVisible();
  await expect(row(page, STORM)).toHaveCount(0);
});

test('declined and lapsed requests are found by the filter, with the reason and from when the next one can be sent [Q11, X9, X11, X14]', async ({ page }) => {
  await signIn(page, ANNA);
  await page.goto('/customers');
  await expect(row(page, 'Oakfield Hotels')).toBeVisible();
  await expect(row(page, 'Black Forest Clinics')).toHaveCount(0);
  await page.getByRole('button', { name: /^Filters\s*\d*$/ }).click();
  await page.getByRole('link', { name: /^Declined/ }).or(page.getByRole('checkbox', { name: /^Declined/ })).first().click();
  await row(page, 'Black Forest Clinics').getByRole('link').first().click();
  await expect(page.getByText('Not needed')).toBeVisible();
  await expect(page.getByText(/less than 7 days ago\. It is possible from \d+ \w+ \d{4} \(UTC\)\./)).toBeVisible();
  await expect(button(page, CANCEL)).toHaveCount(0);

  await visit(page, 'Iberia Solar', 'lapsed');
  await expect(page.getByText('Nobody answered until the end of')).toBeVisible();
  await expect(page.getByText('Another request can be sent now.')).toBeVisible();
  await page.getByRole('link', { name: 'Start trial', exact: true }).last().click();
  await expect(page.getByRole('heading', { level: 1, name: 'Start new trial' })).toBeVisible();
});

test('a request that nobody answers lapses by the clock and leaves the list [X11, Q11]', async ({ page }) => {
  await signIn(page, ANNA);
  await visit(page, 'Oakfield Hotels');
  await page.getByRole('button', { name: /^Demonstration/ }).click();
  await page.getByRole('button', { name: '7 days', exact: true }).click();
  await expect(title(page)).toContainText('Lapsed');
  await expect(page.getByText('so the request has lapsed')).toBeVisible();
  await page.goto('/customers');
  await expect(row(page, 'Brouwerij de Zon')).toBeVisible();
  await expect(row(page, 'Oakfield Hotels')).toHaveCount(0);
});

test('who may not act sees the controls disabled with the reason, and the backend refuses the same [P2, P7]', async ({ page }) => {
  for (const [name, id] of [['Piet Janssen', 'piet-janssen'], ['Lena Krause', 'lena-krause']]) {
    await signIn(page, name);
    await visit(page, 'Oakfield Hotels');
    for (const control of [RESEND, CANCEL]) {
      await expect(button(page, control)).toHaveAttribute('aria-disabled', 'true');
      await expect(button(page, control)).toHaveAccessibleDescription(/Ask a sales administrator/);
      await button(page, control).click({ force: true });
    }
    await expect(dialog(page)).toBeHidden();
    await expect(page.getByText(/^Sent /)).toHaveCount(1);
    const trial = await requestOf(page, 'Oakfield Hotels');
    expect((await ask(page, id, 'POST', `requests/${trial}/resend`)).status).toBe(403);
  }
});

test('resending and cancelling by keyboard alone; a sent request is cancelled and sent anew after the wait [X13, X14, Q11, G4]', async ({ page }) => {
  await signIn(page, ANNA);
  await toReview(page, LOFOTEN);
  await send(page, LOFOTEN_NAME);
  const focused = page.locator(':focus');
  const tabTo = async (name: string) => {
    for (let presses = 0; presses < 60; presses += 1) {
      await page.keyboard.press('Tab');
      if (await button(page, name).and(focused).count()) return;
    }
    throw new Error(`${name} is not reached by Tab`);
  };
  // A button that waits keeps its place among the others and says why (P7).
  await tabTo(RESEND);
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^Sent /)).toHaveCount(1);
  await tabTo(CANCEL);
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByText(BRINGS)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(button(page, CANCEL)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByRole('button', { name: 'Yes', exact: true })).toBeVisible();
  await tabTo('Yes');
  await page.keyboard.press('Enter');
  await expect(title(page)).toContainText('Cancelled');
  await expect(page.getByText(/^Another request can be sent from \d+ \w+ \d{4}, \d\d:\d\d UTC\.$/)).toBeVisible();
  await expect(page.getByText('too recently')).toHaveCount(0);
  // Off the list it goes by what the partner itself typed (Q11).
  await expect(page.getByRole('heading', { level: 1, name: LOFOTEN.company })).toBeVisible();
});

for (const [colorScheme, locale] of [['light', 'en-GB'], ['dark', 'en-GB'], ['light', 'nl-NL'], ['dark', 'nl-NL']] as const) {
  test.describe(`${colorScheme} ${locale}`, () => {
    test.use({ colorScheme, locale });

    test(`the request on the customer’s page meets WCAG and fits a phone in every state, ${colorScheme}, ${locale} [G4, W1]`, async ({ page }) => {
      const looked = async (what: string) => {
        await axe(page, what);
        await page.setViewportSize({ width: 320, height: 700 });
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(wider, `${what} scrolls sideways at 320 px`).toBeLessThanOrEqual(0);
        await page.setViewportSize({ width: 1440, height: 900 });
      };
      await signIn(page, ANNA);
      await visit(page, 'Oakfield Hotels');
      await looked('pending');
      await page.locator('.request-actions button').first().click();
      // The wait stands there once the page was loaded again, which replaces what stood on it before.
      await expect(page.locator('.request-actions button').first()).toContainText(/\((\d+:)+\d\d\)/);
      await looked('resent');
      await page.locator('.request-actions button').last().click();
      await page.locator('.effects li').first().waitFor();
      await looked('the question before cancelling');
      await page.keyboard.press('Escape');
      for (const [company, status] of [['Tulip Genomics', 'awaiting-provisioning-details'], ['Black Forest Clinics', 'declined'], ['Nile Textiles', 'lapsed'], ['Vesting Advocaten', 'cancelled']]) {
        await visit(page, company, status);
        await looked(company);
      }
    });
  });
}
