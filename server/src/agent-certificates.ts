import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { CertificateAuthority, createAuthority, LEAF_LIFE_MS, type KeyedCertificate } from './platform/certificates.js';
import type { Clock } from './platform/clock.js';
import type { SecretStore } from './platform/secret-store.js';

const RENEW_BEFORE_MS = LEAF_LIFE_MS / 3;

/** The panel's CA and the two certificates that the panel itself uses towards agents; renewed when a third of their life is left. */
export class AgentCertificates {
  private constructor(
    readonly authority: CertificateAuthority,
    private readonly secrets: SecretStore,
    private readonly names: string[],
    private readonly clock: Clock,
  ) {}

  static async load(secrets: SecretStore, agentUrl: string, clock: Clock): Promise<AgentCertificates> {
    const stored = await secrets.getOrCreate('ca', async () => JSON.stringify(await createAuthority(clock.now())));
    const authority = await CertificateAuthority.load(JSON.parse(stored) as KeyedCertificate);
    const host = new URL(agentUrl).hostname.replace(/^\[|\]$/g, '');
    return new AgentCertificates(authority, secrets, [...new Set([host, 'localhost', '127.0.0.1', '::1'])], clock);
  }

  /** For the agent listener; a new one as well when the panel is dialled by another name than before. */
  server(): Promise<KeyedCertificate> {
    return this.current(
      'agent-listener',
      (cert) => this.names.every((name) => covers(cert, name)),
      () => this.authority.issueServer(this.names, this.clock.now()),
    );
  }

  /** By which the panel shows itself to agents. */
  client(): Promise<KeyedCertificate> {
    return this.current(
      'panel-client',
      () => true,
      () => this.authority.issuePanelClient(this.clock.now()),
    );
  }

  private async current(
    name: string,
    fits: (cert: X509Certificate) => boolean,
    issue: () => Promise<KeyedCertificate>,
  ): Promise<KeyedCertificate> {
    const stored = JSON.parse(
      await this.secrets.getOrCreate(name, async () => JSON.stringify(await issue())),
    ) as KeyedCertificate;
    const cert = new X509Certificate(stored.cert);
    const leftMs = Date.parse(cert.validTo) - this.clock.now().getTime();
    if (leftMs > RENEW_BEFORE_MS && fits(cert)) return stored;
    const renewed = await issue();
    await this.secrets.replace(name, JSON.stringify(renewed));
    return renewed;
  }
}

const covers = (cert: X509Certificate, name: string): boolean =>
  Boolean(isIP(name) ? cert.checkIP(name) : cert.checkHost(name));
