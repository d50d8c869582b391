// Browser tests against a served release build. `cargo xtask test` builds, serves and sets the
// variables; by hand: `cargo xtask serve`, then `npx playwright test` in this folder.
import { defineConfig } from '@playwright/test';

const output = process.env.PROEF_OUTPUT ?? '../../target/xtask/playwright';
const report = process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ?? `${output}/report.json`;

export default defineConfig({
  testDir: '.',
  // With real people in place of personas there is one deployment and one database for all tests.
  testMatch: process.env.PROEF_CONTROL ? '*.people.ts' : '*.spec.ts',
  // Some tests are of the embedded backend itself: its worker, its storage, its clock.
  grepInvert: process.env.PROEF_SERVERS ? /@embedded/ : undefined,
  outputDir: output,
  // Every test has a browser context of its own, and with it an IndexedDB of its own.
  fullyParallel: true,
  workers: process.env.PROEF_CONTROL ? 1 : 2,
  retries: 0, // a test that holds only sometimes does not hold
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 }, // rule G1: nothing takes longer without saying so
  reporter: [['list'], ['json', { outputFile: report }]],
  use: {
    baseURL: process.env.PROEF_URL ?? 'http://127.0.0.1:8080',
    locale: 'en-GB',
    timezoneId: 'Pacific/Auckland', // far from UTC: a date taken from the reader's clock shows
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
        '--disable-background-networking', '--disable-component-update', '--disable-sync',
      ],
    },
  },
});
