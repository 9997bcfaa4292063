import { exportJWK, generateKeyPair, importJWK, jwtVerify, SignJWT, type CryptoKey, type JWK } from 'jose';
import type { Clock } from '../../platform/clock.js';
import type { SecretStore } from '../../platform/secret-store.js';
import { AdminRole } from './principal.js';

export const ACCESS_TOKEN_SECONDS = 600;
const ALGORITHM = 'EdDSA';
const CLAIMS = { issuer: 'vpanel', audience: 'vpanel-api' } as const;
const TYPE = 'at+jwt';
const KEY_NAME = 'access-token-key';

export interface AccessClaims {
  adminId: string;
  name: string;
  role: AdminRole;
  sessionId: string;
}

/** Access tokens of administrators: JWTs signed by Ed25519, valid for ten minutes, the same on every panel of a cluster. */
export class AccessTokens {
  private constructor(
    private readonly privateKey: CryptoKey,
    private readonly publicKey: CryptoKey,
    private readonly clock: Clock,
  ) {}

  static async load(secrets: SecretStore, clock: Clock): Promise<AccessTokens> {
    const stored = await secrets.getOrCreate(KEY_NAME, async () => {
      const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
      return JSON.stringify(await exportJWK(privateKey));
    });
    const { d, ...publicPart } = JSON.parse(stored) as JWK;
    const privateKey = (await importJWK({ ...publicPart, ...(d !== undefined && { d }) }, ALGORITHM)) as CryptoKey;
    const publicKey = (await importJWK(publicPart, ALGORITHM)) as CryptoKey;
    return new AccessTokens(privateKey, publicKey, clock);
  }

  async issue({ adminId, name, role, sessionId }: AccessClaims): Promise<{ accessToken: string; expiresAt: Date }> {
    const issuedAt = Math.floor(this.clock.now().getTime() / 1_000);
    const expires = issuedAt + ACCESS_TOKEN_SECONDS;
    const accessToken = await new SignJWT({ name, role, sid: sessionId })
      .setProtectedHeader({ alg: ALGORITHM, typ: TYPE })
      .setSubject(adminId)
      .setIssuer(CLAIMS.issuer)
      .setAudience(CLAIMS.audience)
      .setIssuedAt(issuedAt)
      .setExpirationTime(expires)
      .sign(this.privateKey);
    return { accessToken, expiresAt: new Date(expires * 1_000) };
  }

  /** undefined for anything that is not a valid token of ours. */
  async verify(token: string): Promise<AccessClaims | undefined> {
    try {
      const { payload } = await jwtVerify(token, this.publicKey, {
        ...CLAIMS,
        algorithms: [ALGORITHM],
        typ: TYPE,
        clockTolerance: 5,
        currentDate: this.clock.now(),
      });
      const { sub, name, role, sid } = payload as Record<string, unknown>;
      if (typeof sub !== 'string' || typeof name !== 'string' || typeof sid !== 'string') return undefined;
      if (!Object.values(AdminRole).includes(role as AdminRole)) return undefined;
      return { adminId: sub, name, role: role as AdminRole, sessionId: sid };
    } catch {
      return undefined;
    }
  }
}
