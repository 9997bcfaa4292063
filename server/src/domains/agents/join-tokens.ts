import type { EntityManager } from 'typeorm';
import { hashSecret, newSecret, newTokenId } from '../../platform/token-secret.js';
import type { IssuedToken, JoinTokenIssuer } from '../nodes/index.js';

export const JOIN_TOKEN_MINUTES = 30;
const ID_LENGTH = 10;

export interface PanelAddress {
  /** What nodes dial, https://host:port. */
  agentUrl: string;
  /** SHA-256 over the CA's public key, base64url. */
  pin: string;
  /** SHA-256 over the text of /ca.pem, hexadecimal: what the printed line compares with sha256sum. */
  caFileHash: string;
}

/** Issues the tokens by which nodes join; the format is described in docs/agent-protocol.md. */
export class JoinTokens implements JoinTokenIssuer {
  constructor(private readonly panel: PanelAddress) {}

  async issueJoinToken(nodeId: string, manager: EntityManager): Promise<IssuedToken> {
    await manager.query(
      `UPDATE node_tokens SET revoked_at = now()
       WHERE node_id = $1 AND kind = 'JOIN' AND used_at IS NULL AND revoked_at IS NULL`,
      [nodeId],
    );
    const id = newTokenId(ID_LENGTH);
    const secret = newSecret();
    await manager.query(
      `INSERT INTO node_tokens (id, node_id, kind, secret_hash, expires_at)
       VALUES ($1, $2, 'JOIN', $3, now() + $4 * interval '1 minute')`,
      [id, nodeId, hashSecret(secret), JOIN_TOKEN_MINUTES],
    );
    await manager.query('UPDATE node_status SET join_problem = NULL WHERE node_id = $1', [nodeId]);
    const url = Buffer.from(this.panel.agentUrl).toString('base64url');
    const joinToken = `vpj1.${id}.${secret}.${this.panel.pin}.${url}`;
    return { joinToken, installCommand: this.installCommand(joinToken) };
  }

  async revokeAll(nodeId: string, manager: EntityManager): Promise<void> {
    await manager.query('UPDATE node_tokens SET revoked_at = now() WHERE node_id = $1 AND revoked_at IS NULL', [
      nodeId,
    ]);
  }

  /** Needs curl, sha256sum and sh. Nothing that came over the network is trusted, let alone run, before the CA's hash fits. */
  private installCommand(joinToken: string): string {
    const { agentUrl, caFileHash } = this.panel;
    return (
      `ca=$(mktemp) && curl -fsSk ${agentUrl}/ca.pem -o "$ca" && echo "${caFileHash}  $ca" | sha256sum -c --status && ` +
      `curl -fsS --cacert "$ca" ${agentUrl}/install.sh | sudo sh -s -- --join ${joinToken}`
    );
  }
}
