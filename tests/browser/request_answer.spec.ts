// A customer's administrator answers a request (rules X6 to X9, X15), seen from both sides.
import type { Page } from '@playwright/test';
import { axe, consentLink, expect, signIn, test } from './support';

const ANNA = 'Anna de Vries';
const SANNE = 'Sanne Visser';
const JOOST = 'Joost de Boer';
const TITLE = 'Noordzee Telecom would like to run a trial for Rederij Storm';
const OVER = 'Trial request of Noordzee Telecom to Rederij Storm';

/** From signing in to the page of the request that waits. */
async function toRequest(page: Page): Promise<void> {
  // A page in the background is drawn once a second.
  await page.bringToFront();
  await page.goto('/hub');
  await expect(page.getByText('Trial request pending', { exact: true })).toBeVisible();
  await page.getByRole('link', { name: /^See the request/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: TITLE })).toBeFocused();
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** An answered request speaks of what was decided, and of nothing that would be (X15). */
async function decidedOnly(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: OVER })).toBeVisible();
  await expect(page.getByRole('region', { name: 'What was asked for' })).toContainText('Messaging, 80 licences');
  for (const before of ['What you would get', 'If you accept', 'If you tick', 'You can answer', 'ask for the matching phrase', 'would like']) {
    await expect(page.getByText(before, { exact: false }), before).toHaveCount(0);
  }
}

async function accept(page: Page): Promise<void> {
  await page.bringToFront();
  await button(page, 'Accept').click();
  const dialog = page.getByRole('dialog', { name: 'Accept this request?' });
  await expect(dialog.getByText('Mails that go with it')).toBeVisible();
  await dialog.getByRole('button', { name: 'Accept', exact: true }).click();
}

/** Takes the certification of the asking partner away where the embedded backend keeps it: no act of the console does. */
async function loseCertification(page: Page): Promise<void> {
  const changed = await page.evaluate(() => new Promise<boolean>((resolve, reject) => {
    const opening = indexedDB.open('proef');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const transaction = opening.result.transaction('records', 'readwrite');
      const records = transaction.objectStore('records');
      let changed = false;
      const reading = records.get('partners/noordzee-telecom');
      reading.onsuccess = () => {
        const before = String(reading.result);
        const after = before.replace(/(certified\\?":)true/, '$1false');
        changed = after !== before;
        records.put(after, 'partners/noordzee-telecom');
      };
      transaction.onabort = () => reject(transaction.error);
      transaction.oncomplete = () => {
        opening.result.close();
        resolve(changed);
      };
    };
  }));
  expect(changed, 'the partner was certified').toBe(true);
}

/** The status by which the partner finds the customer. */
async function partnerSees(page: Page, status: string): Promise<void> {
  await page.bringToFront();
  const name = status.toLowerCase().replaceAll(' ', '-');
  await page.goto(`/customers?q=rederij%20storm&status=${name}`);
  await expect(page.getByRole('row').filter({ hasText: 'Rederij Storm' })).toContainText(status);
}

test('a full administrator sees the request on signing in, and reads who asks, what and until when [X6, X8]', async ({ page }) => {
  await signIn(page, SANNE);
  await expect(page).toHaveURL(/\/hub$/);
  await toRequest(page);
  await expect(page.getByText(/Asked by Anna de Vries of Noordzee Telecom on/)).toBeVisible();
  await expect(page.getByText(/You can answer until the end of/)).toBeVisible();
  await expect(page.getByText('Nothing happens until you do.')).toBeVisible();
  await expect(page.getByText(/ask for the matching phrase. It must be: \w+ \w+ \w+\./)).toBeVisible();
  await expect(page.getByText('As agreed on the phone', { exact: false })).toBeVisible();
  await expect(page.getByRole('checkbox', { name: /^Messaging, 80 licences/ })).toBeChecked();
  await expect(page.getByRole('checkbox', { name: 'Allow the partner to be full administrator' })).not.toBeChecked();
  await expect(page.getByRole('region', { name: 'Who can answer' })).toContainText(JOOST);
});

test('accepting with the box gives full administrator access, and both sides see what comes next [X9, X10, X12]', async ({ page, pageOf }) => {
  const anna = await pageOf(ANNA);
  await page.bringToFront();
  await signIn(page, SANNE);
  await toRequest(page);
  await page.getByRole('checkbox', { name: 'Allow the partner to be full administrator' }).check();
  await accept(page);
  await expect(page.getByText('Your answer is on its way to Noordzee Telecom.')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: OVER })).toBeFocused();
  await expect(page.getByText(/Sanne Visser accepted it on/)).toBeVisible();
  await expect(page.getByText('Access of Noordzee Telecom now: Full administrator access.')).toBeVisible();
  await expect(page.getByText(/Next, it is set up by Noordzee Telecom or by one of your administrators/)).toBeVisible();
  await decidedOnly(page);
  const now = page.getByRole('region', { name: 'What Noordzee Telecom may do now' });
  await expect(now).toContainText('You can reduce this access or remove it whenever you like.');
  await expect(now.getByRole('link', { name: 'Partners with access' })).toBeVisible();
  await partnerSees(anna, 'Awaiting provisioning details');
});

test('a part can be accepted, without the box; none at all is not an answer [X9, X10]', async ({ page }) => {
  await signIn(page, SANNE);
  await toRequest(page);
  const messaging = page.getByRole('checkbox', { name: /^Messaging/ });
  const meetings = page.getByRole('checkbox', { name: /^Meetings/ });
  await messaging.uncheck();
  await meetings.uncheck();
  await button(page, 'Accept').click();
  await expect(page.getByText('Choose at least one service, or decline the request.')).toBeVisible();
  await expect(messaging).toBeFocused();
  await meetings.check();
  await accept(page);
  await expect(page.getByText('Accepted: Meetings.')).toBeVisible();
  await expect(page.getByText('Not accepted: Messaging.')).toBeVisible();
  await expect(page.getByText('Access of Noordzee Telecom now: Provisioning access.')).toBeVisible();
});

for (const reason of ['Not needed', 'Wrong organisation', 'We do not know this partner', 'Other']) {
  test(`declining because “${reason}” says so to both sides, and gives nothing away [X9, X14]`, async ({ page, pageOf }) => {
    const anna = await pageOf(ANNA);
    await page.bringToFront();
    await signIn(page, SANNE);
    await toRequest(page);
    await button(page, 'Decline').click();
    const dialog = page.getByRole('dialog', { name: 'Decline this request' });
    const decline = dialog.getByRole('button', { name: 'Decline', exact: true });
    await decline.click();
    await expect(dialog.getByText('Choose a reason.')).toBeVisible();
    await dialog.getByRole('radio', { name: reason, exact: true }).check();
    if (reason === 'Other') {
      await decline.click();
      await expect(dialog.getByText('Say why in a few words.', { exact: true })).toBeVisible();
      await dialog.getByRole('textbox', { name: 'In your own words' }).fill('We buy elsewhere <b>now</b>.');
    }
    await decline.click();
    await expect(page.getByText(/Sanne Visser declined it on/)).toBeVisible();
    await expect(page.getByText(`Reason: ${reason}.`)).toBeVisible();
    await decidedOnly(page);
    await expect(page.getByRole('heading', { name: 'What Noordzee Telecom may do now' })).toHaveCount(0);
    if (reason === 'Other') {
      // Both sides' words stand here: it is clear whose is which.
      await expect(page.getByText('Why, in the words of Noordzee Telecom:')).toBeVisible();
      await expect(page.getByText('In the words of Sanne Visser:')).toBeVisible();
      await expect(page.getByText('We buy elsewhere <b>now</b>.')).toBeVisible();
    }
    await partnerSees(anna, 'Declined');
    if (reason === 'We do not know this partner') {
      await page.getByRole('link', { name: 'Blocked partners' }).click();
      const blocked = page.getByRole('region', { name: 'Blocked partners' });
      await expect(blocked).toContainText('Noordzee Telecom');
      await blocked.getByRole('button', { name: 'Lift the block' }).click();
      await expect(blocked.getByText('No partner is blocked.')).toBeVisible();
      await expect(page.getByRole('heading', { level: 1, name: 'Partners with access' })).toBeFocused();
    }
  });
}

test('of two administrators who answer, the second is shown what the first answered [X15]', async ({ page, pageOf }) => {
  const joost = await pageOf(JOOST);
  await page.bringToFront();
  await signIn(page, SANNE);
  await toRequest(page);
  await toRequest(joost);
  await page.bringToFront();
  await button(page, 'Accept').click();
  const dialog = page.getByRole('dialog', { name: 'Accept this request?' });
  await expect(dialog.getByText('Mails that go with it')).toBeVisible();
  await accept(joost);
  await expect(joost.getByText(/accepted it on/)).toBeVisible();
  await page.bringToFront();
  await dialog.getByRole('button', { name: 'Accept', exact: true }).click();
  await expect(page.getByText('This is how it stands now.', { exact: false })).toBeVisible();
  await expect(page.getByText(/Joost .* accepted it on/)).toBeVisible();
  await expect(button(page, 'Accept')).toHaveCount(0);
});

test('while the partner is not certified its request cannot be accepted, and the page says so; it can be declined [X20, P7]', { tag: '@embedded' }, async ({ page }) => {
  await signIn(page, SANNE);
  await loseCertification(page);
  await toRequest(page);
  await expect(button(page, 'Accept')).toHaveAttribute('aria-disabled', 'true');
  await expect(button(page, 'Accept')).toHaveAccessibleDescription(/The partner is not certified at present/);
  await button(page, 'Accept').click({ force: true });
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await button(page, 'Decline').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: 'Not needed' }).check();
  await dialog.getByRole('button', { name: 'Decline', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: OVER })).toBeVisible();
});

test('going back after the answer shows the answer and not the question [X15]', async ({ page }) => {
  await signIn(page, SANNE);
  await toRequest(page);
  await accept(page);
  await expect(page.getByText(/Sanne Visser accepted it on/)).toBeVisible();
  await page.getByRole('link', { name: 'Overview' }).click();
  await expect(page.getByText('No request waits for an answer.')).toBeVisible();
  await page.goBack();
  await expect(page.getByText(/Sanne Visser accepted it on/)).toBeVisible();
  await expect(button(page, 'Accept')).toHaveCount(0);
});

test('a request that nobody answers lapses by the clock, and says so [X11, X15]', async ({ page }) => {
  await signIn(page, SANNE);
  await toRequest(page);
  const forward = async (days: string, total: number): Promise<void> => {
    await page.getByRole('button', { name: /^Demonstration/ }).click();
    await page.getByRole('button', { name: days, exact: true }).click();
    await expect(page.getByText(new RegExp(`The clock is ${total} days? ahead`))).toBeVisible();
  };
  for (const weeks of [1, 2, 3, 4]) await forward('7 days', 7 * weeks);
  // The 29th day is the last one to answer it.
  await forward('1 day', 29);
  await expect(button(page, 'Accept')).toBeVisible();
  await forward('1 day', 30);
  await expect(page.getByText(/Nobody answered it by .* so it has lapsed/)).toBeVisible();
  await expect(button(page, 'Accept')).toHaveCount(0);
});

for (const [name, lead] of [['Kim Jansen', 'from the overview'], ['Tom Bos', 'by the link']] as const) {
  test(`${name} reads the request ${lead} and who can answer it, and sees both answers disabled with the reason [X7, P5, P7]`, async ({ page }) => {
    await signIn(page, name);
    if (name === 'Kim Jansen') {
      const waiting = page.getByRole('region', { name: TITLE });
      await expect(waiting).toContainText('by Sanne Visser, Joost de Boer');
      await expect(waiting).not.toContainText('You can');
      await page.getByRole('link', { name: 'See the request' }).click();
    } else {
      await page.goto(await consentLink(page, 'ict@rederijstorm.example'));
    }
    await expect(page.getByRole('heading', { level: 1, name: TITLE })).toBeVisible();
    await expect(page.getByText(/It can be answered until the end of .*, by Sanne Visser, Joost de Boer\./)).toBeVisible();
    await expect(page.getByRole('heading', { name: 'What Rederij Storm would get' })).toBeVisible();
    await expect(page.getByRole('main')).not.toContainText(/\byou (can|accept|tick)\b/i);
    for (const answer of ['Accept', 'Decline']) {
      await expect(button(page, answer)).toHaveAttribute('aria-disabled', 'true');
      await expect(button(page, answer)).toHaveAccessibleDescription(/Only a full administrator/);
      await button(page, answer).click({ force: true });
      await expect(page.getByRole('dialog')).toHaveCount(0);
    }
    await expect(page.getByRole('checkbox')).toHaveCount(0);
    const who = page.getByRole('region', { name: 'Who can answer' });
    await expect(who).toContainText(SANNE);
    await expect(who).toContainText('full administrator');
    await axe(page, 'request, read only');
  });
}

test('the whole answer by keyboard alone [G4]', async ({ page }) => {
  await signIn(page, SANNE);
  await page.getByRole('link', { name: /^See the request/ }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: TITLE })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('checkbox', { name: /^Messaging/ })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('checkbox', { name: 'Allow the partner to be full administrator' })).toBeFocused();
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await expect(button(page, 'Accept')).toBeFocused();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Accept this request?' });
  await expect(dialog.getByText('Noordzee Telecom gets full administrator access.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(button(page, 'Accept')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('Mails that go with it')).toBeVisible();
  await dialog.getByRole('button', { name: 'Accept', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText(/Sanne Visser accepted it on/)).toBeVisible();
});

for (const [colorScheme, locale] of [['light', 'en-GB'], ['dark', 'en-GB'], ['light', 'nl-NL'], ['dark', 'nl-NL']] as const) {
  test.describe(`${locale} ${colorScheme}`, () => {
    test.use({ colorScheme, locale });

    test(`the hub, the request and its dialogs are accessible and fit 320 px [G4, W1] (${locale}, ${colorScheme})`, async ({ page }) => {
      const dutch = locale === 'nl-NL';
      const fits = async (where: string) => {
        await axe(page, where);
        await page.setViewportSize({ width: 320, height: 640 });
        const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(over, `${where} at 320 px`).toBe(0);
        await page.setViewportSize({ width: 1280, height: 720 });
      };
      await signIn(page, SANNE);
      await expect(page.getByText(dutch ? 'Proefperiodeverzoek in behandeling' : 'Trial request pending', { exact: true })).toBeVisible();
      await fits('hub');
      await page.getByRole('link', { name: dutch ? /^Het verzoek bekijken/ : /^See the request/ }).click();
      await expect(page.getByRole('heading', { level: 1, name: /Rederij Storm/ })).toBeVisible();
      await fits('request');
      await button(page, dutch ? 'Weigeren' : 'Decline').click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await fits('decline');
      await button(page, dutch ? 'Terug' : 'Back').click();
      await button(page, dutch ? 'Aanvaarden' : 'Accept').click();
      await expect(page.getByRole('dialog').getByRole('list')).toBeVisible();
      await fits('accept');
      await page.getByRole('dialog').getByRole('button', { name: dutch ? 'Aanvaarden' : 'Accept', exact: true }).click();
      await expect(page.getByRole('link', { name: dutch ? 'Bewijs van dit antwoord' : 'Receipt of this answer' })).toBeVisible();
      await fits('answered');
    });
  });
}
