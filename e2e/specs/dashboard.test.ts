import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { launchBrowser, Tab } from '../support/browser.js';
import { Panel } from '../support/panel.js';
import { freePort, TestProcess, waitFor } from '../support/processes.js';

const STEPS = ['token', 'tls', 'registered', 'xray', 'metrics'];

/** A busy machine is no fault of the node: it may be said to be degraded for its processor. */
const UP = /^(Online|Degraded)$/;

describe('an administrator in the browser, from an empty panel to a live node', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vpanel-install-'));
  const prefix = join(folder, 'agent');
  let panel: Panel;
  let browser: Browser;
  let tab: Tab;
  let agent: TestProcess | undefined;

  beforeAll(async () => {
    panel = await Panel.start();
    browser = await launchBrowser();
    tab = await Tab.open(browser, panel);
    tab.page.setDefaultTimeout(15_000);
  });
  afterAll(async () => {
    await agent?.stop();
    await browser?.close();
    await panel?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Stands where sudo is on a node: this test is no system to install services on. */
  function installerPath(): string {
    const sudo = join(folder, 'sudo');
    writeFileSync(sudo, `#!/bin/sh\nexec "$@" --prefix ${prefix} --no-service --xray ${inject('xray')}\n`);
    chmodSync(sudo, 0o755);
    return `${folder}:${process.env['PATH']}`;
  }

  const startAgent = () =>
    new TestProcess({
      command: join(prefix, 'vpanel-agent'),
      args: [],
      env: { VPANEL_AGENT_DATA_DIR: join(prefix, 'data'), XRAY_BIN: inject('xray') },
    });

  test('a wrong password is told, the right one opens the empty list with its next step', async () => {
    const { page } = tab;
    await page.goto('/');
    await page.locator('input[autocomplete="username"]').fill('admin');
    await page.locator('input[autocomplete="current-password"]').fill('not the password');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    await tab.signIn();
    await page.getByRole('textbox', { name: /^Name/ }).waitFor();
  });

  test('[R1.2] [R1.3] a wrong field is named at the field, and nothing that was typed is lost', async () => {
    const { page } = tab;
    const name = page.getByRole('textbox', { name: /^Name/ });
    const address = page.getByRole('textbox', { name: /^Address/ });
    await name.fill('first-node');
    await address.fill('https://not-an-address');
    await address.press('Enter');
    await page.getByText('must be an IPv4 address').first().waitFor();
    expect(await name.inputValue()).toBe('first-node');
    await address.fill('127.0.0.1');
  });

  test('[R1.1] [R1.2] [R3.7] [R9.1] the printed line joins the node while the steps turn green', async () => {
    const { page } = tab;
    const port = await freePort();
    await page
      .getByRole('spinbutton', { name: /port/i })
      .or(page.getByRole('textbox', { name: /port/i }))
      .first()
      .fill(String(port));
    await page.locator('button[type="submit"]').click();
    const line = (await page.locator('pre code').first().textContent()) ?? '';
    expect(line).toContain('sha256sum -c');
    const install = new TestProcess({ command: 'sh', args: ['-c', line], env: { PATH: installerPath() } });
    expect(await install.exited(), install.output).toBe(0);
    agent = startAgent();
    for (const step of STEPS)
      await page.locator(`[data-step="${step}"][data-state="done"]`).waitFor({ timeout: 30_000 });
    await page.getByRole('link', { name: 'Open node' }).click();
    await page.getByRole('heading', { name: 'first-node' }).waitFor();
  });

  const openTab = (name: string) =>
    tab.page.getByRole('tab', { name }).or(tab.page.getByRole('link', { name })).first().click();

  /** Presses the button of that name, confirms, and waits for the node's answer. */
  async function command(name: string): Promise<void> {
    const { page } = tab;
    await page.getByRole('button', { name, exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name, exact: true }).click();
    await dialog.locator('[data-node="first-node"] [data-state="SUCCEEDED"]').waitFor({ timeout: 30_000 });
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  }

  test('[R9.2] [R3.4] the page of the node is live: charts, stop and start of Xray with their results', async () => {
    const { page } = tab;
    await page.getByText(UP).first().waitFor();
    await page.locator('canvas').first().waitFor();
    await command('Stop Xray');
    await page.getByText('Degraded').first().waitFor();
    await command('Start Xray');
    await page.getByText(UP).first().waitFor();
    await openTab('Commands');
    await waitFor('both commands', async () => (await page.locator('[data-state="SUCCEEDED"]').count()) >= 2);
  });

  test('[R9.2] the logs of agent and Xray are there and grow', async () => {
    const { page } = tab;
    await openTab('Logs');
    await page
      .getByText(/Xray .* started/)
      .first()
      .waitFor();
    const { nodes } = await panel.api.ask<{ nodes: { nodes: { id: string }[] } }>('{ nodes { nodes { id } } }');
    await panel.api.runCommand(nodes.nodes[0]!.id, 'RELOAD_CONFIG');
    await page
      .getByText(/Command RELOAD_CONFIG/)
      .first()
      .waitFor({ timeout: 30_000 });
  });

  test('[R9.1] [R9.7] a node that dies turns red in the list by itself, and green when it is back', async () => {
    const { page } = tab;
    await page.goto('/nodes');
    const row = page.getByRole('row').filter({ hasText: 'first-node' });
    await row.getByText(UP).waitFor();
    await agent!.stop('SIGKILL');
    await row.getByText('Offline').waitFor({ timeout: 30_000 });
    await row.getByText('The agent is not connected').waitFor();
    agent = startAgent();
    await row.getByText(UP).waitFor({ timeout: 30_000 });
  });

  test('the badge says that the panel is away, and live again when it is back', async () => {
    const { page } = tab;
    await panel.kill();
    await page
      .getByText(/Reconnecting/)
      .first()
      .waitFor({ timeout: 30_000 });
    await panel.run();
    await panel.api.signIn();
    await page.getByText('Live', { exact: true }).first().waitFor({ timeout: 60_000 });
    const row = page.getByRole('row').filter({ hasText: 'first-node' });
    await row.getByText(UP).waitFor({ timeout: 60_000 });
  });

  test('nothing failed in the page meanwhile, and nothing was asked of another host', () => {
    expect(tab.faults.filter((fault) => !/WebSocket|ERR_CONNECTION_REFUSED/.test(fault))).toEqual([]);
  });

  const VIEWS = [
    { theme: 'dark', locale: 'en-US' },
    { theme: 'light', locale: 'en-US' },
    { theme: 'dark', locale: 'fa-IR' },
    { theme: 'light', locale: 'zh-CN' },
  ] as const;

  test.each(VIEWS)('axe finds nothing on any page, $theme, $locale', async (view) => {
    const visitor = await Tab.open(browser, panel, view);
    await visitor.page.goto('/');
    await visitor.page.locator('input[autocomplete="username"]').waitFor();
    const found = [...(await visitor.violations())];
    await visitor.signIn();
    await visitor.page.getByText('first-node').first().waitFor();
    found.push(...(await visitor.violations()));
    await visitor.page.getByText('first-node').first().click();
    await visitor.page.locator('canvas').first().waitFor();
    found.push(...(await visitor.violations()));
    await visitor.page.goto('/settings');
    await visitor.page.locator('input').first().waitFor();
    found.push(...(await visitor.violations()));
    expect(found).toEqual([]);
    expect(visitor.faults).toEqual([]);
    expect(await visitor.page.evaluate(() => document.documentElement.dir)).toBe(
      view.locale === 'fa-IR' ? 'rtl' : 'ltr',
    );
    await visitor.close();
  });

  test('on a phone nothing is wider than the screen, and a node can be opened', async () => {
    const phone = await Tab.open(browser, panel, { width: 360, height: 740 });
    await phone.signIn();
    await phone.page.getByText('first-node').first().waitFor();
    expect(await phone.scrollsSideways()).toBe(false);
    await phone.page.getByText('first-node').first().click();
    await phone.page.getByRole('heading', { name: 'first-node' }).waitFor();
    expect(await phone.scrollsSideways()).toBe(false);
    await phone.close();
  });

  test('by keyboard alone: the palette finds the node and opens it', async () => {
    const { page } = tab;
    await page.goto('/settings');
    await page.locator('input').first().waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').waitFor();
    await page.keyboard.type('first');
    await page
      .getByRole('option', { name: /first-node/ })
      .first()
      .waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'first-node' }).waitFor();
  });
});
