import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Agent } from '../support/agent.js';
import { launchBrowser, Tab } from '../support/browser.js';
import { ClientApp, fetchProfile } from '../support/client-app.js';
import { Management } from '../support/management.js';
import { Origin } from '../support/origin.js';
import { Panel } from '../support/panel.js';
import { freePort, waitFor } from '../support/processes.js';
import { readQrCode } from '../support/qr.js';

const MASK = '••••••••';

let panel: Panel;
let manage: Management;
let origin: Origin;
let agent: Agent;
let nodeId: string;
let browser: Browser;
let tab: Tab;

beforeAll(async () => {
  [panel, origin, browser] = await Promise.all([Panel.start(), Origin.start(), launchBrowser()]);
  manage = new Management(panel.api);
  await panel.api.ask(
    'mutation { updateSettings(input: { allowPrivateTargets: true }) { settings { allowPrivateTargets } } }',
  );
  const created = await panel.api.createNode('fra-01', await freePort());
  nodeId = created.id;
  agent = new Agent().join(created.joinToken);
  tab = await Tab.open(browser, panel);
  tab.page.setDefaultTimeout(20_000);
  await tab.signIn('/groups');
  await waitFor('the node to be there', async () => (await panel.api.node(nodeId)).xray.state === 'RUNNING');
});

afterAll(async () => {
  await browser?.close();
  await agent?.remove();
  await origin?.stop();
  await panel?.stop();
});

/** By the navigation, so that the page is never loaded anew. */
const openPage = (name: string) =>
  tab.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name }).first().click();

/** The menu at the end of a row, or in the head of a page, and one of its entries. */
async function choose(of: string, entry: string): Promise<void> {
  await tab.page.getByRole('button', { name: `More actions for ${of}` }).click();
  await tab.page.getByRole('menuitem', { name: entry, exact: true }).click();
}

/** Where the page says how far the node is. */
const syncOf = (state: string): Locator => tab.page.locator(`[data-sync="${nodeId}"][data-state="${state}"]`).first();

/** What the node really runs: with its keys. */
const inboundOnNode = (port: number) => {
  const { inbounds } = JSON.parse(readFileSync(join(agent.dataDir, 'xray.d', 'config.json'), 'utf8')) as {
    inbounds: { port: number; settings: { network?: string; password?: string } }[];
  };
  return inbounds.find((inbound) => inbound.port === port);
};

describe('an administrator manages groups, proxies and users in the browser', () => {
  let port: number;
  let link: string;
  let proxyPath: string;
  let userPath: string;

  test('[R6.1] [R6.2] a group is made with its node, edited, and named on the page of the node', async () => {
    const { page } = tab;
    await page.getByRole('button', { name: 'Add group' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Create group' }).click();
    await dialog.getByText('Required').waitFor();
    await dialog.locator('input[name=name]').fill('europa');
    await dialog.locator(`[data-option="${nodeId}"]`).click();
    await dialog.getByRole('button', { name: 'Create group' }).click();
    const row = page.locator('[data-group]').filter({ hasText: 'europa' });
    await row.waitFor();

    await choose('europa', 'Edit');
    await dialog.locator('input[name=name]').fill('europe');
    await dialog.locator('input[name=region]').fill('eu-central');
    await dialog.getByRole('button', { name: 'Save changes' }).click();
    await page.locator('[data-group]').filter({ hasText: 'europe' }).getByText('eu-central').waitFor();

    await page.getByRole('link', { name: 'europe' }).click();
    await page.locator('[data-node="fra-01"]').getByRole('link', { name: 'fra-01' }).click();
    await page.getByRole('heading', { name: 'fra-01' }).waitFor();
    await page.getByRole('link', { name: 'europe' }).waitFor();
  });

  test('[R7.2] [R9.2] the guided form names a problem at its field, and the proxy reaches the node live', async () => {
    const { page } = tab;
    port = await freePort();
    await openPage('Proxies');
    await page.getByRole('link', { name: 'See all templates' }).click();
    await page.locator('[data-template="SHADOWSOCKS_2022_128"]').click();
    await page.locator('input[name=name]').fill('simple');
    await page.locator('input[name=port]').fill('99999');
    await page.locator('[data-problem="port"]').getByRole('alert').waitFor();
    const next = page.getByRole('button', { name: 'Next' });
    expect(await next.isDisabled()).toBe(true);
    await page.locator('input[name=port]').fill(String(port));
    await page.locator('[data-problem="port"]').waitFor({ state: 'detached' });
    await next.click();
    await page.getByRole('radio', { name: 'Chosen groups and nodes' }).check();
    await page.getByRole('checkbox', { name: /europe/ }).check();
    await next.click();
    await page.getByRole('button', { name: 'Create proxy' }).click();
    await page.locator('[data-proxy]').waitFor();
    await syncOf('IN_SYNC').waitFor();
    await manage.inSync(nodeId);
    expect(inboundOnNode(port)).toBeDefined();
    proxyPath = new URL(page.url()).pathname;
  });

  describe('[R7.2] [R9.2] the same proxy as JSON', () => {
    const text = async () => (await tab.page.locator('.cm-content .cm-line').allInnerTexts()).join('\n');
    const review = () => tab.page.getByRole('button', { name: 'Review changes' });

    async function write(json: string): Promise<void> {
      await tab.page.locator('.cm-content').click();
      await tab.page.keyboard.press('Control+a');
      await tab.page.keyboard.insertText(json);
    }

    test('what is no JSON, and what the panel has against it, is said with its place; nothing can be saved', async () => {
      const { page } = tab;
      await page.getByRole('radio', { name: 'JSON' }).click();
      await page.locator('.cm-masked').waitFor();
      const stored = await text();
      await write(stored.slice(0, -1));
      await page.locator('[data-problem="inbound"]').waitFor();
      expect(await review().isDisabled()).toBe(true);
      await write(stored.replace('2022-blake3-aes-128-gcm', 'rot13'));
      const problem = page.locator('[data-problem="inbound.settings.method"]');
      await problem.waitFor();
      expect(await review().isDisabled()).toBe(true);
      await problem.getByRole('button').click();
      await waitFor('the cursor to go there', () =>
        page.evaluate(() => getSelection()?.toString().includes('rot13') ?? false),
      );
      await write(stored);
      await review().waitFor({ state: 'detached' });
    });

    test('what has changed is shown before it is saved, and a key that is masked is kept', async () => {
      const { page } = tab;
      const before = inboundOnNode(port)?.settings;
      expect(before?.network).toBe('tcp,udp');
      await write((await text()).replace('"tcp,udp"', '"tcp"'));
      await review().click();
      const dialog = page.getByRole('dialog');
      await dialog.locator('.cm-deletedChunk').getByText('tcp,udp').waitFor();
      await dialog.locator('.cm-changedLine').waitFor();
      await dialog.getByRole('button', { name: 'Save changes' }).click();
      await dialog.waitFor({ state: 'detached' });
      await waitFor('the node to have it', () => inboundOnNode(port)?.settings.network === 'tcp');
      await syncOf('IN_SYNC').waitFor();
      expect(inboundOnNode(port)?.settings.password).toBe(before?.password);
      expect(await text()).toContain(MASK);
      expect(await page.content()).not.toContain(before?.password);
    });
  });

  test('[R7.1] a user is made; link and QR code are the same, and an app that has it gets through the node', async () => {
    const { page } = tab;
    await openPage('Users');
    await page.getByRole('button', { name: 'Add user' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.locator('input[name=username]').fill('mina');
    await dialog.getByRole('button', { name: 'Create', exact: true }).click();
    await dialog.getByRole('button', { name: 'Copy link' }).click();
    link = await page.evaluate(() => navigator.clipboard.readText());
    expect(link).toBe(await dialog.locator('[data-link]').textContent());
    expect(await readQrCode(dialog.getByRole('img', { name: 'QR code of the link' }).locator('..'))).toBe(link);
    await dialog.getByRole('link', { name: 'Open user' }).click();
    await page.locator('[data-user][data-status="ACTIVE"]').waitFor();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    userPath = new URL(page.url()).pathname;
    await manage.inSync(nodeId);
    const app = await appOf(link);
    try {
      expect((await app.get(origin.url)).toString(), app.output).toBe(origin.page);
    } finally {
      await app.stop();
    }
  });

  test('[R7.1] who is disabled here gets no further on the node, and comes back when enabled', async () => {
    const { page } = tab;
    const app = await appOf(link);
    const press = async (name: string, status: string) => {
      await page.getByRole('button', { name }).click();
      await page.getByRole('alertdialog').getByRole('button', { name }).click();
      await page.locator(`[data-user][data-status="${status}"]`).waitFor();
      await manage.inSync(nodeId);
    };
    try {
      expect(await app.reaches(origin.url, 20_000)).toBe(true);
      await press('Disable', 'DISABLED');
      expect(await app.reaches(origin.url)).toBe(false);
      await press('Enable', 'ACTIVE');
      expect(await app.reaches(origin.url, 20_000)).toBe(true);
    } finally {
      await app.stop();
    }
  });

  test('[R7.1] a file of users is looked through row by row, and only the good ones are created', async () => {
    const { page } = tab;
    await openPage('Users');
    await page.getByRole('link', { name: 'Import' }).click();
    await page.locator('input[type=file]').setInputFiles({
      name: 'users.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(
        [
          'username,groups,dataLimit,expiresAt,note',
          'reza,europe,50GB,90d,Paid until autumn',
          'mina,europe,,,',
          'lena,atlantis,,,',
          ',europe,,,',
          'omid,europe,a lot,,',
          'sara,,1GB,2031-01-01,',
        ].join('\n'),
      ),
    });
    const row = (number: number) => page.locator(`[data-import-row="${number}"]`);
    await page.locator('[data-good="2"]').waitFor();
    await page.locator('[data-bad="4"]').waitFor();
    const verdicts = await page
      .locator('[data-import-row]')
      .evaluateAll((rows) => rows.map((shown) => (shown as HTMLElement).dataset['valid']));
    expect(verdicts).toEqual(['true', 'false', 'false', 'false', 'false', 'true']);
    const numbers = await page
      .locator('[data-import-row]')
      .evaluateAll((rows) => rows.map((shown) => Number((shown as HTMLElement).dataset['importRow'])));
    await row(numbers[1]!)
      .getByText(/another user/)
      .waitFor();
    await row(numbers[2]!).getByText('There is no group “atlantis”').waitFor();
    await row(numbers[3]!).getByText('The username is missing').waitFor();
    await row(numbers[4]!).getByText('The data limit is no size').waitFor();
    expect(await page.getByRole('button', { name: 'Create 6 users' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Create only the 2 good ones' }).click();
    await page.getByRole('heading', { name: '2 users created' }).waitFor();
    await page.getByRole('link', { name: 'Back to users' }).click();
    for (const name of ['mina', 'reza', 'sara']) {
      await page.locator('[data-user]').filter({ hasText: name }).waitFor();
    }
  });

  test('[R7.4] [R7.6] the page of syncs counts, forces, and shows a node that is away as waiting', async () => {
    const { page } = tab;
    await openPage('Sync');
    await page.getByText('1 of 1').waitFor();
    await syncOf('IN_SYNC').waitFor();
    await choose('fra-01', 'Force');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Force' }).click();
    await page.getByText('1 node is asked to sync').first().waitFor();
    await manage.inSync(nodeId);
    await agent.kill();
    await page.getByText('Agent not connected').waitFor({ timeout: 40_000 });
    await manage.createUser('while-away', [await groupId()]);
    await syncOf('PENDING').waitFor();
    await page.getByText('0 of 1').waitFor();
    agent.run();
    await syncOf('IN_SYNC').waitFor({ timeout: 40_000 });
    await page.getByText('1 of 1').waitFor();
  });

  test("[R7.4] [R7.6] a refusal is shown in the node's own words, and is over with what caused it", async () => {
    const { page } = tab;
    const taken = await occupy();
    const { port: number } = taken.address() as { port: number };
    try {
      const built = await manage.buildInbound('SHADOWSOCKS_2022_256', { port: number });
      await manage.createProxy('taken', built, { targetNodeIds: [nodeId] });
      await syncOf('FAILED').waitFor();
      await syncOf('FAILED')
        .getByRole('button', { name: /Show the error/ })
        .click();
      await page.getByLabel('Last error').getByText(String(number)).waitFor();
      await page.getByRole('button', { name: 'Try fra-01 again now' }).click();
      await page.getByText('1 node is asked to sync').first().waitFor();
      await openPage('Proxies');
      await page.locator('[data-proxy]').filter({ hasText: 'taken' }).hover();
      await choose('taken', 'Delete');
      await page.getByRole('alertdialog').getByRole('button', { name: 'Delete proxy' }).click();
      await page.locator('[data-proxy]').filter({ hasText: 'taken' }).waitFor({ state: 'detached' });
      await openPage('Sync');
      await syncOf('IN_SYNC').waitFor();
    } finally {
      taken.close();
    }
  });

  test('[R7.1] [R7.2] the node has its configuration without a key in it, and its users', async () => {
    const { page } = tab;
    const { password } = inboundOnNode(port)!.settings;
    await page.getByRole('link', { name: 'fra-01' }).click();
    const editor = page.getByRole('textbox', { name: 'Configuration of this node' });
    await editor.focus();
    await waitFor('the inbound with its masked key', async () => {
      expect(await page.content()).not.toContain(password);
      await page.keyboard.press('PageDown');
      return editor.getByText(MASK).first().isVisible();
    });
    await syncOf('IN_SYNC').waitFor();
    await page.getByRole('link', { name: 'Users' }).last().click();
    await page.locator('[data-user]').filter({ hasText: 'mina' }).waitFor();
    await page.locator('[data-user]').filter({ hasText: 'while-away' }).waitFor();
    expect(await page.content()).not.toContain(new URL(link).pathname);
  });

  test('[R9.2] by keyboard alone: the palette finds the user and opens it', async () => {
    const { page } = tab;
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').waitFor();
    const found = page.getByRole('option', { name: 'mina', selected: true });
    await page.keyboard.type('mi');
    await found.waitFor();
    await page.keyboard.type('na');
    await found.waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'mina' }).waitFor();
  });

  test('nothing failed in the pages meanwhile, and nothing was asked of another host', () => {
    expect(tab.faults).toEqual([]);
  });

  /** Every page, and what is there only once this page shows what it has. */
  async function pages(): Promise<[path: string, shown: string][]> {
    return [
      ['/groups', '[data-group]'],
      ['/groups?add', '[role=dialog] [data-option]'],
      [`/groups/${await groupId()}`, '[data-node]'],
      ['/users', '[data-user]'],
      ['/users?add', '[role=dialog] [data-option]'],
      [userPath, '[data-link]'],
      ['/users/import', '[data-drop]'],
      ['/proxies', '[data-proxy]'],
      ['/proxies/new', '[data-template]'],
      ['/proxies/new?template=VLESS_WS_TLS', 'input[name=path]'],
      [proxyPath, '[data-sync]'],
      [`${proxyPath}?tab=json`, '.cm-masked'],
      ['/sync', '[role=row][data-sync]'],
      [`/nodes/${nodeId}/configuration`, '.cm-content'],
      [`/nodes/${nodeId}/users`, '[data-user]'],
    ];
  }
  /** What is no part of the dashboard comes last. */
  const subscriptionPage = (): [path: string, shown: string] => [new URL(link).pathname, 'main svg'];

  const VIEWS = [
    { locale: 'en-US', themes: ['dark', 'light'] },
    { locale: 'fa-IR', themes: ['dark'] },
    { locale: 'zh-CN', themes: ['light'] },
  ] as const;

  test.each(VIEWS)('axe finds nothing on any page, $locale, $themes', async ({ locale, themes: [theme, other] }) => {
    const visitor = await Tab.open(browser, panel, { locale, theme });
    const { page } = visitor;
    const found: string[] = [];
    async function look(path: string, shown: string): Promise<void> {
      await page.locator(shown).first().waitFor();
      found.push(...(await visitor.violations()).map((rule) => `${path} ${theme} ${rule}`));
      if (!other) return;
      // Only colours depend on the theme.
      await page.emulateMedia({ colorScheme: other });
      found.push(...(await visitor.violations(['color-contrast'])).map((rule) => `${path} ${other} ${rule}`));
      await page.emulateMedia({ colorScheme: theme });
    }
    await visitor.signIn();
    for (const [path, shown] of await pages()) {
      await visitor.go(path);
      await look(path, shown);
    }
    const [path, shown] = subscriptionPage();
    await page.goto(path);
    await look(path, shown);
    expect(found).toEqual([]);
    expect(visitor.faults).toEqual([]);
    await visitor.close();
  });

  test('on a phone nothing is wider than the screen, and every page is within reach', async () => {
    const phone = await Tab.open(browser, panel, { width: 360, height: 740 });
    const { page } = phone;
    const wide: string[] = [];
    async function look(path: string, shown: string): Promise<void> {
      await page.locator(shown).first().waitFor();
      if (await phone.scrollsSideways()) wide.push(path);
    }
    await phone.signIn();
    for (const [path, shown] of await pages()) {
      await phone.go(path);
      await look(path, shown);
    }
    const bar = page.getByRole('navigation', { name: 'Main' }).filter({ visible: true });
    await bar.getByRole('button', { name: 'More' }).click();
    const sheet = page.getByRole('dialog', { name: 'More' });
    await sheet.waitFor();
    expect(await phone.violations()).toEqual([]);
    await sheet.getByRole('link', { name: 'Groups' }).click();
    await page.locator('[data-group]').waitFor();
    await sheet.waitFor({ state: 'detached' });
    const [path, shown] = subscriptionPage();
    await page.goto(path);
    await look(path, shown);
    expect(wide).toEqual([]);
    expect(phone.faults).toEqual([]);
    await phone.close();
  });
});

async function groupId(): Promise<string> {
  const { nodeGroups } = await panel.api.ask<{ nodeGroups: { nodes: { id: string }[] } }>(
    '{ nodeGroups { nodes { id } } }',
  );
  return nodeGroups.nodes[0]!.id;
}

/** A user's app, with the only server that there is. */
async function appOf(subscriptionUrl: string): Promise<ClientApp> {
  return ClientApp.start((await fetchProfile(subscriptionUrl)).at(-1)!);
}

/** Holds a port on every address, as another service of the node would. */
async function occupy(): Promise<Server> {
  const server = createServer();
  server.listen(0, '0.0.0.0');
  await once(server, 'listening');
  return server;
}
