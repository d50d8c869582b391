// A partner asks an existing organisation: the wizard from Confirm organisation to Send trial request.
import { axe, expect, signIn, test } from './support';
import { LOFOTEN, LOFOTEN_NAME, send, toConfirm, toReview, toServices } from './support/asking';
import { accepted, answer, ask, customer, declined } from './support/backend';
import { ATTESTATION, COUNTRY, box, button, choice, fillCustomer, heading, kept, next, row, shortestToReview, startTrial, save, text } from './support/wizard';

const ANNA = 'Anna de Vries';
const INGRID = 'Ingrid Solberg';
/** The one paragraph of the summary that says what the organisation is. */
const summary = (page: import('@playwright/test').Page) => page.getByRole('complementary', { name: 'Summary' });

test('an existing organisation is confirmed and asked, and its row says how long it can answer [X1, X2, X3, X6, X11, X12, N15]', async ({ page }) => {
  await signIn(page, ANNA);
  await toConfirm(page, LOFOTEN);
  await expect(heading(page, 'Confirm organisation')).toBeFocused();
  const card = page.getByRole('region', { name: 'Lofoten Adventures' });
  await expect(card).toContainText('Lofoten Adventures');
  await expect(card).not.toContainText('Reizen');
  await expect(card).toContainText('Norway');
  await expect(card).toContainText('EU');
  await expect(card).toContainText('@lofotenadventures.example');
  await expect(card).not.toContainText('post@');
  await expect(summary(page)).toContainText('Lofoten Adventures');
  await expect(summary(page)).toContainText('Existing organisation, which is asked');

  // The attestation was ticked for the Netherlands; it is asked anew for Norway.
  await expect(box(page, ATTESTATION)).not.toBeChecked();
  await button(page, 'Next').click();
  await expect(box(page, ATTESTATION)).toBeFocused();
  await expect(box(page, ATTESTATION)).toHaveAccessibleDescription(/Tick this to confirm it/);
  await box(page, ATTESTATION).check();
  await next(page, 'Trial services');

  await expect(page.getByText('30 days from set-up')).toBeVisible();
  await box(page, 'Messaging').check();
  await box(page, 'Meetings').check();
  await text(page, 'Licences').fill('25');
  await text(page, 'Your own words to the customer').fill('As agreed at the fair.\nThe boats need it.');
  await expect(page.getByText('41 of 500 characters')).toBeVisible();
  await box(page, 'Ask for full administrator access').check();
  await next(page, 'Review');

  for (const shown of ['day of set-up', '23 days after set-up', '30 days left to answer', '1 address', 'As agreed at the fair.', 'Full administrator access', 'Lofoten Adventures', 'Consent mail']) {
    await expect(page.getByText(shown).first()).toBeVisible();
  }
  const phrase = await page.locator('.phrase').innerText();
  expect(phrase).toMatch(/^[a-z]+ [a-z]+ [a-z]+$/);
  await expect(button(page, 'Save')).toHaveCount(0);
  await send(page, LOFOTEN_NAME);

  await expect(page.getByText('The request was sent to 1 address.')).toBeVisible();
  await expect(page.locator('.customer-title')).toContainText('Trial pending');
  await expect(page.locator('.phrase')).toHaveText(phrase);
  await expect(page.getByText('30 days left to answer')).toBeVisible();
  await page.goto('/customers');
  await expect(row(page, LOFOTEN_NAME)).toContainText('Trial pending');
  await expect(row(page, LOFOTEN_NAME)).toContainText('30 days to answer');
});

test('every other answer of a look-up says what the address is and leads on [X1, P4, P8]', async ({ page }) => {
  await signIn(page, ANNA);
  await startTrial(page);
  await fillCustomer(page, { company: 'Leads elsewhere', email: 'it@hafenhamburg.example' });
  await button(page, 'Next').click();
  await expect(page.getByText('full administrator access to the organisation with this address')).toBeVisible();
  await expect(page.getByRole('link', { name: 'See the customer' })).toBeVisible();

  await text(page, 'Administrator email').fill('ingrid.solberg@fjord-communications.example');
  await button(page, 'Next').click();
  await expect(page.getByText('somebody of another partner or of the vendor')).toBeVisible();

  await text(page, 'Administrator email').fill('mehmet.bakker@noordzee-telecom.example');
  await button(page, 'Next').click();
  await expect(text(page, 'Administrator email')).toHaveAccessibleDescription(/internal-use order/);

  await text(page, 'Administrator email').fill('it@oakfieldhotels.example');
  await button(page, 'Next').click();
  await expect(page.getByText('it waits for its answer')).toBeVisible();
  await expect(heading(page, 'Customer')).toBeVisible();
  // What leads away is no way past it either.
  await expect(page.getByRole('navigation', { name: 'Steps' }).getByRole('link', { name: 'Trial services' })).toHaveCount(0);
  await page.getByRole('link', { name: 'See the request' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Oakfield Hotels' })).toBeVisible();
});

test('a customer that is a colleague’s names who is in charge [X1, P2, P9]', async ({ page }) => {
  await signIn(page, 'Mehmet Bakker');
  await startTrial(page);
  await fillCustomer(page, { company: 'A colleague’s', email: 'it@oakfieldhotels.example' });
  await button(page, 'Next').click();
  await expect(page.getByText('In charge there is Anna de Vries')).toBeVisible();
  await expect(heading(page, 'Customer')).toBeVisible();
});

test('where nobody has the address the services begin with that and a way back; Back corrects an address and loses nothing [X1]', async ({ page }) => {
  await signIn(page, ANNA);
  await toConfirm(page, LOFOTEN);
  await button(page, 'Back').click();
  await expect(text(page, 'Company name')).toHaveValue(LOFOTEN.company);
  await expect(choice(page, COUNTRY)).toHaveValue('Netherlands');
  await expect(box(page, ATTESTATION)).toBeChecked();
  await text(page, 'Administrator email').fill('it@brand-new.example');
  await next(page, 'Trial services');
  await expect(page.getByText('New organisation: nobody has this address yet.')).toBeVisible();
  await expect(summary(page)).toContainText('New organisation');
  await expect(box(page, 'Ask for full administrator access')).toHaveCount(0);
  await page.getByRole('link', { name: 'Change the address' }).click();
  await text(page, 'Administrator email').fill(LOFOTEN.email);
  await next(page, 'Confirm organisation');
  await expect(page.getByRole('region', { name: 'Lofoten Adventures' })).toBeVisible();
});

test('a service that cannot be offered is disabled with the rule, the fact, the remedy and the date, or that none changes it [N11, X4, P8]', async ({ page }) => {
  await signIn(page, ANNA);
  await toServices(page, { company: 'Werf', email: 'it@turkushipyard.example' });
  const messaging = box(page, 'Messaging');
  await expect(messaging).toHaveAttribute('aria-disabled', 'true');
  await expect(messaging).toHaveAccessibleDescription(/one trial at a time, and Messaging is in trial with another partner.*Leave it out.*can be offered from.*that day may move/);
  await messaging.click({ force: true });
  await expect(messaging).not.toBeChecked();
  await expect(box(page, 'Devices')).not.toHaveAttribute('aria-disabled', 'true');
  await expect(page.getByText('Fjord')).toHaveCount(0);

  await toServices(page, { company: 'Gemeente', email: 'servicedesk@fjordland.example' });
  await expect(box(page, 'Calling')).toHaveAccessibleDescription(/already purchased\. No date changes that/);
  await box(page, 'Devices').check();
  await text(page, 'Board').fill('1');
  await next(page, 'Review');
  await send(page, 'Fjordland Kommune');
});

test('an organisation that cannot be asked now says why, what to do and from when; nothing leads past it [X2, X14, P7]', async ({ page }) => {
  await signIn(page, ANNA);
  const storm = await customer(page, 'anna-de-vries', 'Rederij Storm');
  await answer(page, 'sanne-visser', storm.trials[0].trial.id, declined('unknown-partner'));
  await toConfirm(page, { company: 'Storm', email: 'tom.bos@rederijstorm.example' });
  await expect(page.getByText('accepts no requests from your organisation. Ask a full administrator of the organisation.')).toBeVisible();
  await expect(box(page, ATTESTATION)).toHaveCount(0);
  await expect(button(page, 'Next')).toHaveAttribute('aria-disabled', 'true');
  await expect(button(page, 'Next')).toHaveAccessibleDescription('This organisation cannot be asked at present.');
  await button(page, 'Next').click({ force: true });
  await expect(heading(page, 'Confirm organisation')).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Steps' }).getByRole('link', { name: 'Services' })).toHaveCount(0);

  await toConfirm(page, { company: 'Kliniek', email: 'it@blackforestclinics.example' });
  await expect(page.getByText(/declined or has lapsed less than 7 days ago\. It is possible from \d+ \w+ \d{4} \(UTC\)/)).toBeVisible();
});

test('everything typed survives a reload on every step, with the phrase [N18, X6]', async ({ page }) => {
  await signIn(page, ANNA);
  await toServices(page, LOFOTEN);
  await box(page, 'Calling').check();
  await page.getByRole('radio', { name: 'Cloud calling', exact: true }).check();
  await text(page, 'Licences').fill('40');
  await text(page, 'Your own words to the customer').fill('Words that stay');
  await box(page, 'Ask for full administrator access').check();
  await kept(page);
  await page.reload();
  await expect(text(page, 'Your own words to the customer')).toHaveValue('Words that stay');
  await expect(box(page, 'Ask for full administrator access')).toBeChecked();
  await expect(summary(page)).toContainText('Lofoten Adventures');
  await button(page, 'Back').click();
  await expect(box(page, ATTESTATION)).toBeChecked();
  await page.reload();
  await expect(page.getByRole('region', { name: 'Lofoten Adventures' })).toBeVisible();
  await expect(box(page, ATTESTATION)).toBeChecked();
  await next(page, 'Trial services');
  await next(page, 'Review');
  const phrase = await page.locator('.phrase').innerText();
  await page.reload();
  await expect(page.locator('.phrase')).toHaveText(phrase);
  await expect(page.getByText('Words that stay')).toBeVisible();
  await send(page, LOFOTEN_NAME);
  await expect(page.locator('.phrase')).toHaveText(phrase);
});

test('two quick clicks on Send send one request; Back leads to it [N18, G2, X14]', async ({ page }) => {
  await signIn(page, ANNA);
  await toReview(page, LOFOTEN);
  await button(page, 'Send trial request').dblclick();
  await expect(page.getByRole('heading', { level: 1, name: LOFOTEN_NAME })).toBeVisible();
  await expect(page.getByText(/^Sent /)).toHaveCount(1);
  await page.goBack();
  await expect(page.getByText('This request was sent already.')).toBeVisible();
  await page.getByRole('link', { name: 'See the customer' }).click();
  await expect(page.getByRole('heading', { level: 1, name: LOFOTEN_NAME })).toBeVisible();
  expect((await customer(page, 'anna-de-vries', LOFOTEN_NAME)).trials).toHaveLength(1);
});

test('two tabs with one draft send it once; another draft is led to the open request [N18, X14]', async ({ page, context }) => {
  await signIn(page, ANNA);
  await toReview(page, LOFOTEN);
  await kept(page);
  const same = await context.newPage();
  await same.goto(page.url());
  await expect(button(same, 'Send trial request')).toBeVisible();
  const another = await context.newPage();
  await toReview(another, { ...LOFOTEN, company: 'Once more' });
  await page.bringToFront();
  await send(page, LOFOTEN_NAME);

  await same.bringToFront();
  await button(same, 'Send trial request').click();
  await expect(same.getByText('This request was sent already.')).toBeVisible();
  await expect(same.getByText('This draft was saved already')).toHaveCount(0);
  await same.reload();
  await expect(same.getByText('This request was sent already.')).toBeVisible();
  await same.getByRole('link', { name: 'See the customer' }).click();
  await expect(same.getByRole('heading', { level: 1, name: LOFOTEN_NAME })).toBeVisible();

  await another.bringToFront();
  await button(another, 'Send trial request').click();
  await expect(another.getByText('it waits for its answer')).toBeVisible();
  await expect(text(another, 'Company name')).toHaveValue('Once more');
  await another.getByRole('link', { name: 'See the request' }).click();
  await expect(another.getByRole('heading', { level: 1, name: LOFOTEN_NAME })).toBeVisible();
});

test('a service that is gone meanwhile is said at its place, and the rest is sent with everything typed [X4, N11, G3]', async ({ page }) => {
  await signIn(page, INGRID);
  await toServices(page, { company: 'Storm', email: 'ict@rederijstorm.example' });
  await box(page, 'Messaging').check();
  await box(page, 'Calling').check();
  await page.getByRole('radio', { name: 'Hybrid call service', exact: true }).check();
  await text(page, 'Licences').fill('10');
  await text(page, 'Your own words to the customer').fill('Not to be lost');
  await next(page, 'Review');

  const storm = await customer(page, 'anna-de-vries', 'Rederij Storm');
  await answer(page, 'sanne-visser', storm.trials[0].trial.id, accepted(['messaging']));
  await button(page, 'Send trial request').click();

  await expect(heading(page, 'Trial services')).toBeVisible();
  await expect(page.getByRole('alert').filter({ hasText: 'This cannot be asked for: Messaging.' })).toBeVisible();
  await expect(box(page, 'Messaging')).toBeChecked();
  await expect(box(page, 'Messaging')).toHaveAccessibleDescription(/in trial with another partner/);
  await button(page, 'Next').click();
  await expect(box(page, 'Messaging')).toBeFocused();
  await box(page, 'Messaging').uncheck();
  await expect(box(page, 'Messaging')).toHaveAttribute('aria-disabled', 'true');
  await expect(text(page, 'Your own words to the customer')).toHaveValue('Not to be lost');
  await next(page, 'Review');
  await send(page, 'Rederij Storm');
  await expect(page.getByText('Not to be lost')).toBeVisible();
});

test('an organisation that came to be meanwhile is said under the address, and Next leads on from there [N2, X1]', async ({ page, context }) => {
  await signIn(page, ANNA);
  await startTrial(page);
  await shortestToReview(page, { company: 'Later', email: 'it@meanwhile.example' });
  const other = await context.newPage();
  await other.goto('/start-trial');
  await button(other, 'Start a new one').click();
  await shortestToReview(other, { company: 'Sooner', email: 'it@meanwhile.example' });
  await save(other, 'No');
  await page.bringToFront();
  await button(page, 'Save').click();
  await expect(text(page, 'Administrator email')).toHaveAccessibleDescription(/exists already.*Next leads to asking it/);
  await button(page, 'Next').click();
  await expect(page.getByText('full administrator access to the organisation with this address')).toBeVisible();
  await expect(text(page, 'Company name')).toHaveValue('Later');
});

test('the 21st look-up within an hour is refused with the time to wait, and nothing typed is lost [X1]', async ({ page }) => {
  await signIn(page, ANNA);
  await startTrial(page);
  await fillCustomer(page, { company: 'One too many', email: 'it@number-21.example' });
  await kept(page);
  for (let number = 1; number <= 20; number += 1) {
    const { status } = await ask(page, 'anna-de-vries', 'POST', 'organisation-lookups', { 'administrator-email': `it@number-${number}.example` });
    expect(status).toBe(200);
  }
  await button(page, 'Next').click();
  await expect(page.getByText(/more than 20 organisations within an hour\. Try again in (59|60) minutes/)).toBeVisible();
  await expect(text(page, 'Company name')).toHaveValue('One too many');
  // One that was looked up within the hour is no further one.
  await text(page, 'Administrator email').fill('it@number-7.example');
  await next(page, 'Trial services');
});

test('words that are too long stay to be shortened [X6, G3]', async ({ page }) => {
  await signIn(page, ANNA);
  await toServices(page, LOFOTEN);
  await box(page, 'Messaging').check();
  await text(page, 'Licences').fill('1');
  const words = text(page, 'Your own words to the customer');
  await words.fill('é'.repeat(501));
  await expect(page.getByText('501 of 500 characters')).toBeVisible();
  await button(page, 'Next').click();
  await expect(words).toBeFocused();
  await expect(words).toHaveAccessibleDescription(/at most 500 characters/);
  await expect(words).toHaveValue('é'.repeat(501));
  await words.fill('<b>bold</b> & <script>alert(1)</script>');
  await next(page, 'Review');
  await expect(page.getByText('<b>bold</b> & <script>alert(1)</script>')).toBeVisible();
});

test('asking by keyboard alone [X1, X3, G4]', async ({ page }) => {
  await signIn(page, ANNA);
  await toConfirm(page, LOFOTEN);
  const focused = page.locator(':focus');
  const tabTo = async (name: string, role: 'textbox' | 'checkbox' | 'button') => {
    for (let presses = 0; presses < 60; presses += 1) {
      await page.keyboard.press('Tab');
      if (await page.getByRole(role, { name, exact: true }).and(focused).count()) return;
    }
    throw new Error(`${role} ${name} is not reached by Tab`);
  };
  await expect(heading(page, 'Confirm organisation')).toBeFocused();
  await tabTo(ATTESTATION, 'checkbox');
  await page.keyboard.press('Space');
  await tabTo('Next', 'button');
  await page.keyboard.press('Enter');
  await expect(heading(page, 'Trial services')).toBeFocused();
  await tabTo('Messaging', 'checkbox');
  await page.keyboard.press('Space');
  await tabTo('Licences', 'textbox');
  await page.keyboard.type('5');
  await tabTo('Your own words to the customer', 'textbox');
  // Enter begins a line here and does not go on.
  await page.keyboard.type('one');
  await page.keyboard.press('Enter');
  await page.keyboard.type('two');
  await tabTo('Ask for full administrator access', 'checkbox');
  await page.keyboard.press('Space');
  await tabTo('Next', 'button');
  await page.keyboard.press('Enter');
  await expect(heading(page, 'Review')).toBeFocused();
  await tabTo('Send trial request', 'button');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: LOFOTEN_NAME })).toBeFocused();
});

for (const [colorScheme, locale] of [['light', 'en-GB'], ['dark', 'en-GB'], ['light', 'nl-NL'], ['dark', 'nl-NL']] as const) {
  test.describe(`${colorScheme} ${locale}`, () => {
    test.use({ colorScheme, locale });

    test(`every step of asking meets WCAG and fits a phone, ${colorScheme}, ${locale} [G4, W1]`, async ({ page }) => {
      const dutch = locale === 'nl-NL';
      const forward = button(page, dutch ? 'Volgende' : 'Next');
      const looked = async (step: string) => {
        await axe(page, step);
        await page.setViewportSize({ width: 320, height: 700 });
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(wider, `${step} scrolls sideways at 320 px`).toBeLessThanOrEqual(0);
        await page.setViewportSize({ width: 1440, height: 900 });
      };
      await signIn(page, ANNA);
      await page.goto('/start-trial');
      await page.locator('#company-name').fill('Lofoten');
      await page.locator('#administrator-email').fill('it@hafenhamburg.example');
      await page.locator('#vertical').selectOption({ index: 3 });
      await page.locator('#country').fill(dutch ? 'Nederland' : 'Netherlands');
      await page.getByRole('option', { name: dutch ? 'Nederland' : 'Netherlands', exact: false }).first().click();
      await page.locator('#supported-location').check();
      await forward.click();
      await page.getByRole('link', { name: dutch ? 'De klant bekijken' : 'See the customer' }).waitFor();
      await looked('an address that leads elsewhere');
      await page.locator('#administrator-email').fill('it@tromso.example');
      await page.locator('#administrator-email').fill('ikt@tromsofiskeri.example');
      await forward.click();
      await page.locator('#asked-location').waitFor();
      await forward.click();
      await expect(page.locator('#asked-location')).toBeFocused();
      await looked('confirm organisation with a problem');
      await page.locator('#asked-location').check();
      await forward.click();
      await page.locator('#words').waitFor();
      await page.locator('#service-2').check();
      await page.locator('#calling-kind-1').check();
      await page.locator('#licences').fill('20');
      await page.locator('#words').fill('é'.repeat(501));
      await forward.click();
      await looked('services with a refused one and words that are too long');
      await page.locator('#words').fill('é'.repeat(500));
      await forward.click();
      await page.locator('.phrase').waitFor();
      await looked('review of a request');
    });
  });
}
