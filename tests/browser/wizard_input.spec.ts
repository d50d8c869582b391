// What is typed wrongly gets a clear message at its place and loses nothing (G3).
import { expect, signIn, test } from './support';
import { ATTESTATION, COUNTRY, box, button, choice, chooseCountry, fillCustomer, heading, next, row, save, shortestToReview, startTrial, text } from './support/wizard';

test.beforeEach(async ({ page }) => {
  await signIn(page, 'Anna de Vries');
  await startTrial(page);
});

test('Next on an empty step puts every problem under its field, moves the focus to the first and announces the count [N7]', async ({ page }) => {
  await button(page, 'Next').click();
  await expect(text(page, 'Company name')).toBeFocused();
  await expect(text(page, 'Company name')).toHaveAttribute('aria-invalid', 'true');
  await expect(text(page, 'Company name')).toHaveAccessibleDescription(/Fill in the company’s name/);
  await expect(page.getByRole('status').filter({ hasText: '5 problems' })).toHaveCount(1);
  await text(page, 'Company name').fill('Acme');
  await expect(text(page, 'Company name')).not.toHaveAttribute('aria-invalid', 'true');
});

test('who goes on to another field before the page is drawn keeps the focus there [N7, G3]', async ({ page }) => {
  // The machine is busy: nothing is drawn until the test lets it.
  await page.evaluate(() => {
    const soon = window.requestAnimationFrame.bind(window);
    const held: FrameRequestCallback[] = [];
    window.requestAnimationFrame = callback => held.push(callback);
    const draw = () => new Promise<void>(drawn => soon(now => {
      held.forEach(callback => callback(now));
      drawn();
    }));
    Object.assign(window, { draw });
  });
  await button(page, 'Next').click();
  await expect(text(page, 'Company name')).toHaveAttribute('aria-invalid', 'true');
  await choice(page, COUNTRY).fill('Japan');
  await page.evaluate(() => (window as unknown as { draw: () => Promise<void> }).draw());
  await expect(choice(page, COUNTRY)).toBeFocused();
  await page.getByRole('option', { name: 'Japan' }).click();
  await expect(choice(page, COUNTRY)).toHaveValue('Japan');
});

test('names and addresses are judged as the law says [N1, N2]', async ({ page }) => {
  await fillCustomer(page, { company: 'Acme', email: 'it@acme-input.example' });
  for (const [typed, message] of [
    ['   ', 'Fill in the company’s name'],
    ['x'.repeat(101), 'at most 100'],
    ['Acme\u202Eevil', 'invisible control character'],
  ]) {
    await text(page, 'Company name').fill(typed);
    await button(page, 'Next').click();
    await expect(text(page, 'Company name')).toHaveAccessibleDescription(new RegExp(message));
  }
  await text(page, 'Company name').fill('Acme');
  for (const typed of ['it @acme.example', 'it@@acme.example', 'a@b@acme.example', 'acme.example', 'it@acme', 'a@x.example, b@x.example']) {
    await text(page, 'Administrator email').fill(typed);
    await button(page, 'Next').click();
    await expect(text(page, 'Administrator email')).toHaveAccessibleDescription(/not one email address/);
    await expect(text(page, 'Administrator email')).toHaveValue(typed);
  }
  await text(page, 'Administrator email').fill(`${'a'.repeat(250)}@acme.example`);
  await button(page, 'Next').click();
  await expect(text(page, 'Administrator email')).toHaveAccessibleDescription(/at most 254/);
  await text(page, 'Administrator email').fill('  post@bücher-acme.example ');
  await next(page, 'Trial services');
});

test('an address of a customer leads there, and one of the own organisation is refused under the field [N2, P4, X1]', async ({ page }) => {
  const address = await page.evaluate(async () => {
    const page = await (await fetch('/api/v1/customers?status=active')).json();
    return page.rows[0]['administrator-email'] as string;
  });
  await fillCustomer(page, { company: 'Second', email: address.toUpperCase() });
  await button(page, 'Next').click();
  await expect(page.getByRole('alert').getByText('full administrator access to the organisation with this address')).toBeVisible();
  await expect(page.getByRole('link', { name: 'See the customer' })).toBeVisible();
  const own = await page.evaluate(async () => (await (await fetch('/api/v1/session')).json()).who.person.email as string);
  await text(page, 'Administrator email').fill(own);
  await button(page, 'Next').click();
  await expect(text(page, 'Administrator email')).toHaveAccessibleDescription(/internal-use order/);
  await expect(text(page, 'Administrator email')).toBeFocused();
});

test('an embargoed country cannot be chosen, and another country clears the attestation [N5, N6]', async ({ page }) => {
  await fillCustomer(page, { company: 'Acme', email: 'it@acme-country.example' });
  await choice(page, COUNTRY).fill('Iran');
  await expect(page.getByRole('option', { name: 'Iran' })).toHaveAttribute('aria-disabled', 'true');
  await choice(page, COUNTRY).press('ArrowDown');
  await choice(page, COUNTRY).press('Enter');
  await expect(choice(page, COUNTRY)).toHaveAccessibleDescription(/not offered in this country/);
  await button(page, 'Next').click();
  await expect(heading(page, 'Customer')).toBeVisible();
  await chooseCountry(page, 'Australia');
  await expect(page.getByText('Data residency region: Australia')).toBeVisible();
  await expect(box(page, ATTESTATION)).not.toBeChecked();
  await button(page, 'Next').click();
  await expect(box(page, ATTESTATION)).toBeFocused();
  await page.getByRole('button', { name: 'All countries and their regions' }).click();
  const map = page.getByRole('dialog', { name: 'Countries and their regions' });
  await expect(map.getByRole('row').filter({ hasText: 'Japan' })).toHaveCount(1);
  expect(await map.getByRole('row').count()).toBe(250);
});

test('licences are a whole number from 1 to 1000 [N9]', async ({ page }) => {
  await fillCustomer(page, { company: 'Acme', email: 'it@acme-licences.example' });
  await next(page, 'Trial services');
  await button(page, 'Next').click();
  await expect(page.getByText('Choose at least one service.')).toBeVisible();
  await box(page, 'Messaging').check();
  for (const [typed, message] of [['', 'Fill in how many'], ['0', 'Choose 1 to 1000'], ['-1', 'Choose 1 to 1000'], ['1.5', 'whole number'], ['1e9', 'whole number'], ['1000000000', 'Choose 1 to 1000'], ['ten', 'whole number']]) {
    await text(page, 'Licences').fill(typed);
    await button(page, 'Next').click();
    await expect(text(page, 'Licences')).toHaveAccessibleDescription(new RegExp(message));
    await expect(text(page, 'Licences')).toBeFocused();
  }
  await box(page, 'Devices').check();
  await text(page, 'Board').fill('6');
  await text(page, 'Licences').fill('5');
  await button(page, 'Next').click();
  await expect(text(page, 'Board')).toHaveAccessibleDescription(/Choose 0 to 5/);
  await box(page, 'Messaging').uncheck();
  await expect(text(page, 'Licences')).toHaveCount(0);
});

test('a site name is a free DNS label and the zone of another region only warns [N12, N13]', async ({ page }) => {
  await fillCustomer(page, { company: 'Acme', email: 'it@acme-site.example' });
  await next(page, 'Trial services');
  await box(page, 'Meetings').check();
  await box(page, 'Enterprise edition').check();
  await text(page, 'Licences').fill('5');
  await next(page, 'Meetings site');
  for (const [typed, message] of [['', 'Fill in a name'], ['-acme', 'begin or end with a hyphen'], ['a'.repeat(64), 'at most 63'], ['login', 'reserved'], ['a b', 'a to z']]) {
    await text(page, 'Meetings site URL').fill(typed);
    await button(page, 'Next').click();
    await expect(text(page, 'Meetings site URL')).toHaveAccessibleDescription(new RegExp(message));
  }
  await choice(page, 'Time zone').fill('New_York');
  await page.getByRole('option', { name: 'America/New_York' }).click();
  await expect(page.getByText('This zone belongs to the region US')).toBeVisible();
  await text(page, 'Meetings site URL').fill('ACME-Site');
  await expect(page.getByText('acme-site.webex.com is free.')).toBeVisible();
  await next(page, 'Review');
  await save(page, 'No');

  // The name was given out now, to anyone.
  await startTrial(page);
  await fillCustomer(page, { company: 'Acme Two', email: 'it@acme-two.example' });
  await next(page, 'Trial services');
  await box(page, 'Meetings').check();
  await box(page, 'Enterprise edition').check();
  await text(page, 'Licences').fill('5');
  await next(page, 'Meetings site');
  await text(page, 'Meetings site URL').fill('acme-site');
  await button(page, 'Next').click();
  await expect(text(page, 'Meetings site URL')).toHaveAccessibleDescription(/given out before/);
});

test('shipping stays within the licences, can be skipped, and warns of another country [N14, D5]', async ({ page }) => {
  await fillCustomer(page, { company: 'Acme', email: 'it@acme-ship.example' });
  await next(page, 'Trial services');
  await box(page, 'Devices').check();
  await text(page, 'Room device').fill('2');
  await next(page, 'Ship devices');
  await button(page, 'Next').click();
  await expect(text(page, 'Room device to ship')).toBeFocused();
  await text(page, 'Room device to ship').fill('3');
  await button(page, 'Next').click();
  await expect(text(page, 'Room device to ship')).toHaveAccessibleDescription(/at most the 2 licences/);
  await text(page, 'Room device to ship').fill('1');
  await chooseCountry(page, 'Belgium', 'Country');
  await expect(page.getByText('This is not the country of the data residency region')).toBeVisible();
  await button(page, 'Next').click();
  await expect(text(page, 'Contact name')).toBeFocused();
  await button(page, 'Skip shipping').click();
  await expect(page.getByText('Nothing will be shipped; the licences stay.')).toBeVisible();
  await next(page, 'Review');
});

test('names with markup, emoji, right-to-left and combining characters are text, everywhere [N1, G3]', async ({ page }) => {
  const names = ['<img src=x onerror=alert(1)>', 'Fox 🦊 & Söhne', 'שלום בע״מ', 'Zoe\u0308 cafe\u0301'];
  for (const [place, company] of names.entries()) {
    if (place > 0) await startTrial(page);
    await shortestToReview(page, { company, email: `it@names-${place}.example` });
    await save(page, 'Yes');
    await expect(page.getByRole('heading', { level: 1, name: `Set-up for ${company}` })).toBeVisible();
    await expect(page.locator('main img')).toHaveCount(0);
    await page.goto('/customers');
    await expect(row(page, company)).toBeVisible();
  }
});
