// WCAG 2.2 level A and AA, as far as a program can tell (rule G4).
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Expects a page without violations; `where` names the place in the message. */
export async function axe(page: Page, where = page.url()): Promise<void> {
  // Colours in the middle of a transition are nobody's contrast.
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map(animation => animation.finished)));
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  const found = violations.map(({ id, help, nodes }) => ({
    rule: `${id}: ${help}`,
    at: nodes.map(node => `${node.target.join(' ')} — ${node.failureSummary ?? ''}`),
  }));
  expect(found, `accessibility of ${where}`).toEqual([]);
}
