// WCAG 2.2 level A and AA, as far as a program can tell (rule G4).
import AxeBuilder from '@axe-core/playwright';
import axeCore from 'axe-core';
import { expect, type Page } from '@playwright/test';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/**
 * Expects a page without violations; `where` names the place in the message. The pages are the same whoever
 * answers them, so they are asked once, with the embedded backend.
 */
export async function axe(page: Page, where = page.url()): Promise<void> {
  if (process.env.PROEF_SERVERS) return;
  // Colours in the middle of a transition are nobody's contrast.
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map(animation => animation.finished)));
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  const found = violations.map(({ id, help, nodes }) => ({
    rule: `${id}: ${help}`,
    at: nodes.map(node => `${node.target.join(' ')} — ${node.failureSummary ?? ''}`),
  }));
  expect(found, `accessibility of ${where}`).toEqual([]);
}

/** The same of a page alone, without what its frames hold: a frame that runs no script cannot be asked. */
export async function axeOfPage(page: Page, where = page.url()): Promise<void> {
  await page.evaluate(axeCore.source);
  const found = await page.evaluate(async tags => {
    const { axe } = window as unknown as { axe: typeof axeCore };
    const { violations } = await axe.run(document, { runOnly: tags, iframes: false });
    return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(node => node.target.join(' ')).join(', ')}`);
  }, TAGS);
  expect(found, `accessibility of ${where}`).toEqual([]);
}
