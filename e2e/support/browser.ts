import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { inject } from 'vitest';
import { PASSWORD, type Panel } from './panel.js';

const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];

export interface View {
  locale?: 'en-US' | 'zh-CN' | 'ru-RU' | 'fa-IR';
  theme?: 'light' | 'dark';
  width?: number;
  height?: number;
}

/** One Chromium for a file of tests. */
export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: inject('browser'),
    args: ['--font-render-hinting=none', '--disable-lcd-text'],
  });

/** A tab of somebody who has never been here. What the page does wrong, or asks of other hosts, is kept. */
export class Tab {
  readonly faults: string[] = [];

  private constructor(
    readonly page: Page,
    private readonly context: BrowserContext,
  ) {}

  static async open(browser: Browser, panel: Panel, view: View = {}): Promise<Tab> {
    const { locale = 'en-US', theme = 'dark', width = 1_440, height = 900 } = view;
    const context = await browser.newContext({
      baseURL: panel.url,
      locale,
      colorScheme: theme,
      timezoneId: 'UTC',
      reducedMotion: 'reduce',
      viewport: { width, height },
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const page = await context.newPage();
    const tab = new Tab(page, context);
    page.on('pageerror', (error) => tab.faults.push(`error: ${error.message}`));
    page.on('console', (message) => {
      // Refused answers (a wrong password) are logged by the browser itself.
      if (message.type() === 'error' && !message.text().includes('Failed to load resource'))
        tab.faults.push(message.text());
    });
    page.on('request', (request) => {
      const { protocol, host } = new URL(request.url());
      if (protocol.startsWith('http') && host !== new URL(panel.url).host) tab.faults.push(`asked ${host}`);
    });
    return tab;
  }

  async signIn(path = '/'): Promise<void> {
    await this.page.goto(path);
    await this.page.locator('input[autocomplete="username"]').fill('admin');
    await this.page.locator('input[autocomplete="current-password"]').fill(PASSWORD);
    await this.page.keyboard.press('Enter');
    await this.page.getByRole('navigation').first().waitFor();
  }

  /** To another page of the panel as the Back button would go there, without loading anything anew. */
  async go(path: string): Promise<void> {
    await this.page.evaluate((to) => {
      history.pushState(null, '', to);
      dispatchEvent(new PopStateEvent('popstate'));
    }, path);
  }

  /** Rules of the accessibility standards that the page breaks, with where; all of them unless some are named. */
  async violations(rules?: string[]): Promise<string[]> {
    // There are no frames, for which axe would open a page of its own each time.
    const axe = new AxeBuilder({ page: this.page }).setLegacyMode();
    const { violations } = await (rules ? axe.withRules(rules) : axe.withTags(STANDARDS)).analyze();
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
  }

  /** Whether the page is wider than its window. */
  async scrollsSideways(): Promise<boolean> {
    return this.page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  }

  close(): Promise<void> {
    return this.context.close();
  }
}
