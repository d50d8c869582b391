import { axe, expect, signIn, test } from './support';
import {
  ATTESTATION, COUNTRY, box, button, choice, chooseCountry, fillCustomer, heading, kept, next, row, save,
  shortestToReview, startTrial, text,
} from './support/wizard';

const ANNA = 'Anna de Vries';

test('a new customer with everything chosen stands in the list, also after a reload and in another tab [N8, N12, N14, N15, N16, D5]', async ({ page, context }) => {
  await signIn(page, ANNA);
  await startTrial(page);
  await fillCustomer(page, { company: 'Everything B.V.', email: 'IT@everything.example', vertical: 'Technology' });
  await expect(page.getByText('Data residency region: EU')).toBeVisible();
  await expect(page.getByText('It cannot be changed later.', { exact: false }).first()).toBeVisible();
  await next(page, 'Trial services');
  await expect(page.getByText('New organisation').first()).toBeVisible();

  for (const service of ['Messaging', 'Meetings', 'Calling', 'Devices']) await box(page, service).check();
  for (const option of ['1000-participant meetings', 'Enterprise edition', 'Assistant for meetings']) await box(page, option).check();
  await page.getByRole('radio', { name: 'Cloud calling', exact: true }).check();
  await text(page, 'Locations').fill('3');
  await text(page, 'Users to be numbered').fill('25');
  await expect(page.getByText('31 phone numbers needed')).toBeVisible();
  await text(page, 'Desk phone').fill('4');
  await text(page, 'Board').fill('1');
  await text(page, 'Licences').fill('200');
  await expect(page.getByText('200 for Messaging, 200 for Meetings, 200 for Calling')).toBeVisible();
  await choice(page, 'Trial duration').selectOption('90 days');

  await next(page, 'Meetings site');
  await text(page, 'Meetings site URL').fill('Everything-NL');
  await expect(page.getByText('everything-nl.webex.com is free.')).toBeVisible();
  await expect(choice(page, 'Time zone')).toHaveValue('Europe/Amsterdam');

  await next(page, 'Ship devices');
  await text(page, 'Desk phone to ship').fill('2');
  for (const [field, value] of [['Contact name', 'Eva Smit'], ['Company', 'Everything B.V.'], ['Street', 'Kade 1'], ['Postal code', '1011 AA'], ['City', 'Amsterdam'], ['Phone', '+31 20 123 4567']]) {
    await text(page, field).fill(value);
  }
  await chooseCountry(page, 'Netherlands', 'Country');

  await next(page, 'Review');
  for (const shown of ['Everything B.V.', 'IT@everything.example', 'everything-nl.webex.com', 'Europe/Amsterdam', 'Eva Smit', 'Phone numbers released', 'Desk phone: device end', 'Welcome mail', 'Licence-agreement mail']) {
    await expect(page.getByText(shown).first()).toBeVisible();
  }
  await save(page, 'No');

  await expect(page).toHaveURL(/\/customers$/);
  await expect(row(page, 'Everything B.V.')).toContainText('Active');
  await expect(row(page, 'Everything B.V.')).toContainText('200');
  await page.reload();
  await expect(row(page, 'Everything B.V.')).toBeVisible();
  const other = await context.newPage();
  await other.goto('/customers');
  await expect(row(other, 'Everything B.V.')).toBeVisible();
});

test('the shortest trial needs two steps and leads to its set-up and to what is left to do [N9, N10, N16, N17, U1]', async ({ page }) => {
  await signIn(page, 'Mehmet Bakker');
  await startTrial(page);
  await shortestToReview(page, { company: 'Shortest Ltd', email: 'it@shortest.example' });
  await save(page, 'Yes');
  await expect(page.getByRole('heading', { level: 1, name: 'Set-up for Shortest Ltd' })).toBeFocused();
  await page.getByRole('link', { name: 'Finish', exact: true }).click();
  await page.getByRole('link', { name: 'To the customer' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Shortest Ltd' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Left to do' })).toBeVisible();
  await expect(page.getByText('accepts the terms')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Mails' }).getByText('Welcome mail with sign-in directions')).toBeVisible();
  await expect(page.getByText('it@shortest.example').first()).toBeVisible();
  // Who started the first trial is in charge, so a sales administrator sees it (P2, P9).
  await page.goto('/customers');
  await expect(row(page, 'Shortest Ltd')).toBeVisible();
});

test('the whole wizard by keyboard alone [N4, N7, G4]', async ({ page }) => {
  await signIn(page, ANNA);
  await page.goto('/start-trial');
  const focused = page.locator(':focus');
  const tabTo = async (name: string, role: 'textbox' | 'combobox' | 'checkbox' | 'button') => {
    for (let presses = 0; presses < 60; presses += 1) {
      await page.keyboard.press('Tab');
      if (await page.getByRole(role, { name, exact: true }).and(focused).count()) return;
    }
    throw new Error(`${role} ${name} is not reached by Tab`);
  };
  await expect(heading(page, 'Customer')).toBeVisible();
  await tabTo('Company name', 'textbox');
  await page.keyboard.type('Keyboard N.V.');
  await tabTo('Administrator email', 'textbox');
  await page.keyboard.type('keys@keyboard.example');
  await tabTo('Business vertical', 'combobox');
  await page.keyboard.type('Retail');
  await tabTo(COUNTRY, 'combobox');
  await page.keyboard.type('belg');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(choice(page, COUNTRY)).toHaveValue('Belgium');
  await tabTo(ATTESTATION, 'checkbox');
  await page.keyboard.press('Space');
  await tabTo('Next', 'button');
  await page.keyboard.press('Enter');
  await expect(heading(page, 'Trial services')).toBeFocused();
  await tabTo('Messaging', 'checkbox');
  await page.keyboard.press('Space');
  await tabTo('Licences', 'textbox');
  await page.keyboard.type('25');
  // Enter in a field does what Next does.
  await page.keyboard.press('Enter');
  await expect(heading(page, 'Review')).toBeFocused();
  await tabTo('Save', 'button');
  await page.keyboard.press('Enter');
  const question = page.getByRole('dialog', { name: 'Set up services now?' });
  await expect(question).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/\/customers$/);
  await expect(row(page, 'Keyboard N.V.')).toBeVisible();
});

test.describe('in Dutch', () => {
  test.use({ locale: 'nl-NL' });

  test('the browser’s language is the first guess, and the whole way is in Dutch [W1]', async ({ page }) => {
    await signIn(page, ANNA);
    await page.goto('/start-trial');
    await expect(page.getByRole('heading', { level: 1, name: 'Nieuwe proefperiode starten' })).toBeVisible();
    await text(page, 'Bedrijfsnaam').fill('De Lange Weg');
    await text(page, 'E-mailadres van de beheerder').fill('info@delangeweg.example');
    await choice(page, 'Branche').selectOption('Onderwijs');
    await choice(page, 'Land dat de gegevensregio bepaalt').fill('duits');
    await page.getByRole('option', { name: 'Duitsland' }).click();
    await expect(page.getByText('Gegevensregio: EU')).toBeVisible();
    await box(page, 'De klant bevindt zich op een ondersteunde locatie').check();
    await button(page, 'Volgende').click();
    await box(page, 'Berichten').check();
    await text(page, 'Licenties').fill('0');
    await button(page, 'Volgende').click();
    await expect(page.getByText('Kies 1 tot en met 1000', { exact: false }).first()).toBeVisible();
    await text(page, 'Licenties').fill('12');
    await button(page, 'Volgende').click();
    await button(page, 'Opslaan').click();
    await page.getByRole('button', { name: 'Nee', exact: true }).click();
    await expect(row(page, 'De Lange Weg')).toContainText('Actief');
  });
});

for (const language of ['en-GB', 'nl-NL']) {
  for (const theme of ['light', 'dark'] as const) {
    test.describe(`${language} ${theme}`, () => {
      test.use({ locale: language, colorScheme: theme });

      test(`every step is accessible and fits 320 px [G4] (${language}, ${theme})`, async ({ page }) => {
        await signIn(page, ANNA);
        await page.goto('/start-trial');
        const dutch = language.startsWith('nl');
        const forward = button(page, dutch ? 'Volgende' : 'Next');
        const looked = async (step: string) => {
          await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
          await axe(page, step);
          await page.setViewportSize({ width: 320, height: 700 });
          const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          expect(wider, `${step} scrolls sideways at 320 px`).toBeLessThanOrEqual(0);
          await page.setViewportSize({ width: 1440, height: 900 });
        };
        await page.locator('#company-name').waitFor();
        await forward.click();
        await expect(page.locator('#company-name')).toBeFocused();
        await looked('customer with problems');
        await page.locator('#company-name').fill('Axe & <b>Sons</b>');
        await page.locator('#administrator-email').fill('axe@sons.example');
        await page.locator('#vertical').selectOption({ index: 3 });
        await page.locator('#country').fill(dutch ? 'Nederland' : 'Netherlands');
        await page.getByRole('option', { name: dutch ? 'Nederland' : 'Netherlands', exact: false }).first().click();
        await page.locator('#supported-location').check();
        await forward.click();
        await page.locator('#service-0').waitFor();
        await forward.click();
        await looked('services with a problem');
        for (const place of [0, 1, 2, 3]) await page.locator(`#service-${place}`).check();
        await page.locator('#enterprise').check();
        await page.locator('#calling-kind-0').check();
        await page.locator('#licences-desk-phone').fill('2');
        await page.locator('#licences').fill('20');
        await looked('services with everything');
        await forward.click();
        await page.locator('#site-name').fill('axe-and-sons');
        await looked('site');
        await forward.click();
        await page.locator('#ship-desk-phone').fill('1');
        await looked('devices');
        await page.getByRole('button', { name: dutch ? 'Verzending overslaan' : 'Skip shipping', exact: true }).click();
        await forward.click();
        await button(page, dutch ? 'Opslaan' : 'Save').waitFor();
        await looked('review');
        await button(page, dutch ? 'Opslaan' : 'Save').click();
        await page.getByRole('dialog').waitFor();
        await axe(page, 'the question after saving');
        await page.getByRole('button', { name: dutch ? 'Ja' : 'Yes', exact: true }).click();
        await page.getByRole('heading', { level: 1, name: 'Axe & <b>Sons</b>' }).waitFor();
        await looked('customer page');
      });
    });
  }
}
