import { axe, expect, signIn, test } from './support';

const PEOPLE = ['Anna de Vries', 'Mehmet Bakker', 'Lena Krause', 'Piet Janssen', 'Ingrid Solberg', 'Oskar Lindqvist'];

test('everyone to sign in as stands under their organisation with their role and what they can try [G6, P2]', async ({ page }) => {
  await page.goto('/');
  await expect(page).toHaveURL(/\/sign-in$/);
  await expect(page).toHaveTitle('Sign in · Proef');
  for (const name of PEOPLE) {
    // The accessible name starts with the person's, so that people find them by it.
    await expect(page.getByRole('button', { name: new RegExp(`^${name}`) })).toBeVisible();
  }
  const fjord = page.getByRole('region', { name: 'People of Fjord Communications' });
  await expect(fjord.getByRole('button')).toHaveCount(1);
  await expect(fjord.getByText('Tier 2, distributor Noordzee Telecom')).toBeVisible();
  const storm = page.getByRole('region', { name: 'People of Rederij Storm' });
  await expect(storm.getByRole('button')).toHaveCount(4);
  await expect(storm.getByRole('button', { name: /^Sanne Visser/ })).toContainText('Full administrator');
  await expect(page.getByRole('button', { name: /^Piet Janssen/ })).toContainText('changes nothing and downloads nothing');
});

test('signing in leads to the customers and moves the focus to their heading [G4]', async ({ page }) => {
  await signIn(page, 'Anna de Vries');
  await expect(page).toHaveURL(/\/customers$/);
  await expect(page).toHaveTitle('Customers · Proef');
  await expect(page.getByRole('heading', { level: 1, name: 'Customers' })).toBeFocused();
});

test('a pasted link leads on to what it names once somebody has signed in [Q3]', async ({ page }) => {
  await page.goto('/customers?q=harbour&status=active');
  await expect(page).toHaveURL(/\/sign-in\?then=/);
  await page.getByRole('button', { name: /^Anna de Vries/ }).click();
  await expect(page).toHaveURL(/\/customers\?q=harbour&status=active$/);
  await expect(page.getByRole('searchbox', { name: 'Search' })).toHaveValue('harbour');
});

test('signing out shows who to sign in as, and the pages are closed to nobody in particular [P7]', async ({ page }) => {
  await signIn(page, 'Anna de Vries');
  await page.getByRole('button', { name: 'Anna de Vries, Sales full administrator' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeFocused();
  await expect(page.getByText('You are signed out.')).toBeVisible();
  await page.goto('/customers');
  await expect(page).toHaveURL(/\/sign-in$/);
});

test('who was signed out in another tab is told so and comes back to the same list [G3]', async ({ page, context }) => {
  await signIn(page, 'Anna de Vries');
  await page.getByRole('button', { name: 'Expired 8' }).or(page.getByRole('button', { name: /^Expired/ })).first().click();
  await expect(page).toHaveURL(/status=expired$/);
  const other = await context.newPage();
  await other.goto('/customers');
  await other.getByRole('button', { name: /^Anna de Vries/ }).click();
  await other.getByRole('button', { name: 'Sign out' }).click();
  await expect(other).toHaveURL(/\/sign-in$/);
  await page.bringToFront();
  await page.getByRole('searchbox', { name: 'Search' }).fill('a');
  await expect(page.getByText('Your session is over.', { exact: false })).toBeVisible();
  await expect(page).toHaveURL(/\/sign-in\?then=/);
  await page.getByRole('button', { name: /^Anna de Vries/ }).first().click();
  await expect(page).toHaveURL(/status=expired$/);
});

test('people of a partner without certification see that it is missing, and nothing else [P1]', async ({ page }) => {
  await signIn(page, 'Oskar Lindqvist');
  await expect(page.getByRole('heading', { level: 1, name: 'Certification is missing' })).toBeVisible();
  await expect(page.getByText('Trials that are running go on as agreed.')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Customers' })).toHaveCount(0);
  await page.goto('/start-trial');
  await expect(page.getByRole('heading', { level: 1, name: 'Certification is missing' })).toBeVisible();
  const status = await page.evaluate(async () => (await fetch('/api/v1/customers')).status);
  expect(status, 'what one may not see is not sent to the browser').toBe(403);
});

for (const language of ['en', 'nl']) {
  for (const theme of ['light', 'dark']) {
    test(`the sign-in page and the one without certification have no accessibility violations, ${language}, ${theme} [G4, W1]`, async ({ page }) => {
      await page.addInitScript(([language, theme]) => {
        localStorage.setItem('proef.language', language);
        localStorage.setItem('proef.theme', theme);
      }, [language, theme]);
      await page.goto('/sign-in');
      await expect(page.getByRole('button', { name: /^Anna de Vries/ })).toBeVisible();
      await axe(page, 'sign-in');
      await page.getByRole('button', { name: /^Oskar Lindqvist/ }).click();
      await expect(page.getByRole('heading', { level: 1, name: language === 'nl' ? 'Certificering ontbreekt' : 'Certification is missing' })).toBeVisible();
      await axe(page, 'without certification');
    });
  }
}
