import { X509Certificate } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import type { CertificateAuthority } from '../../platform/certificates.js';
import type { Clock } from '../../platform/clock.js';
import { AppError, badInput, type FieldProblem } from '../../platform/errors.js';
import type { EventBus } from '../../platform/events/bus.js';
import { hashSecret, newSecret, newTokenId } from '../../platform/token-secret.js';
import { ViewerKind, type AgentPrincipal } from '../access/index.js';
import type { SettingsService } from '../settings/index.js';
import type { RegisterAgentInput, RegisterAgentPayload } from './agent.types.js';

const TOKEN_ID_LENGTH = 12;
const LONGEST_TEXT = 128;
const LONGEST_CSR = 4_096;

interface Registered {
  payload: RegisterAgentPayload;
  /** As whom the connection goes on. */
  principal: AgentPrincipal;
}

export class RegistrationService {
  constructor(
    private readonly db: DataSource,
    private readonly events: EventBus,
    private readonly authority: CertificateAuthority,
    private readonly settings: SettingsService,
    private readonly clock: Clock,
  ) {}

  /** A join token is spent and exchanged for a node token in the transaction that records the registration. */
  async register(principal: AgentPrincipal, input: RegisterAgentInput): Promise<Registered> {
    validate(input);
    const { nodeId } = principal;
    const certificate = await this.certify(nodeId, input.csr);
    const { token, node } = await this.db.transaction(async (manager) => ({
      token: principal.joining ? await exchangeToken(manager, principal) : undefined,
      node: await record(manager, nodeId, input, certificate),
    }));
    // Whoever still holds the former token's connection is cut off; the new connection opens only after this.
    if (token) this.events.publish('nodeRefused', { nodeId, exceptTokenId: token.id });
    this.events.publish('nodeChanged', { nodeId, kind: 'UPDATED' });
    const { metricsIntervalSeconds, trafficIntervalSeconds } = await this.settings.read();
    return {
      payload: {
        nodeId,
        nodeName: node.name,
        agentPort: node.agent_port,
        nodeToken: token?.text ?? null,
        certificate,
        metricsIntervalSeconds,
        trafficIntervalSeconds,
      },
      principal: { kind: ViewerKind.AGENT, nodeId, tokenId: token?.id ?? principal.tokenId, joining: false },
    };
  }

  private async certify(nodeId: string, csr: string): Promise<string> {
    try {
      return await this.authority.issueNode(nodeId, csr, this.clock.now());
    } catch {
      throw badInput([{ path: 'csr', message: 'must be a PKCS #10 request with a P-256 key, PEM' }]);
    }
  }
}

function validate(input: RegisterAgentInput): void {
  const problems: FieldProblem[] = (['agentVersion', 'xrayVersion', 'hostname', 'configRevision'] as const)
    .filter((field) => (input[field]?.length ?? 0) > LONGEST_TEXT)
    .map((path) => ({ path, message: `must be at most ${LONGEST_TEXT} characters` }));
  if (input.csr.length > LONGEST_CSR)
    problems.push({ path: 'csr', message: `must be at most ${LONGEST_CSR} characters` });
  if (problems.length > 0) throw badInput(problems);
}

async function exchangeToken(
  manager: EntityManager,
  { nodeId, tokenId }: AgentPrincipal,
): Promise<{ id: string; text: string }> {
  const [, spent] = await manager.query<[unknown[], number]>(
    `UPDATE node_tokens SET used_at = now(), last_used_at = now()
     WHERE id = $1 AND kind = 'JOIN' AND used_at IS NULL AND revoked_at IS NULL AND expires_at > now()`,
    [tokenId],
  );
  if (spent === 0) throw new AppError('UNAUTHENTICATED', 'The join token is not valid any more: ask for a new one');
  await manager.query(
    `UPDATE node_tokens SET revoked_at = now() WHERE node_id = $1 AND kind = 'NODE' AND revoked_at IS NULL`,
    [nodeId],
  );
  const id = newTokenId(TOKEN_ID_LENGTH);
  const secret = newSecret();
  await manager.query(
    `INSERT INTO node_tokens (id, node_id, kind, secret_hash, last_used_at) VALUES ($1, $2, 'NODE', $3, now())`,
    [id, nodeId, hashSecret(secret)],
  );
  return { id, text: `vpn1.${id}.${secret}` };
}

async function record(
  manager: EntityManager,
  nodeId: string,
  input: RegisterAgentInput,
  certificate: string,
): Promise<{ name: string; agent_port: number }> {
  const expiresAt = new X509Certificate(certificate).validTo;
  await manager.query(
    `UPDATE node_status SET agent_version = $2, hostname = $3, agent_started_at = $4, xray_version = $5,
       config_revision = $6, certificate_expires_at = $7, join_problem = NULL,
       tls_verified_at = coalesce(tls_verified_at, now()), registered_at = coalesce(registered_at, now())
     WHERE node_id = $1`,
    [
      nodeId,
      input.agentVersion,
      input.hostname,
      input.startedAt,
      input.xrayVersion ?? null,
      input.configRevision ?? null,
      new Date(expiresAt),
    ],
  );
  const [node] = await manager.query<
    {
      name: string;
      agent_port: number;
    }[]
  >('SELECT name, agent_port FROM nodes WHERE id = $1', [nodeId]);
  if (!node) throw new AppError('UNAUTHENTICATED', 'The node was deleted');
  return node;
}
