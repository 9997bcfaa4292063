import type { DataSource } from 'typeorm';
import type { Clock } from '../../platform/clock.js';
import { AppError } from '../../platform/errors.js';
import type { EventBus } from '../../platform/events/bus.js';
import type { Logger } from '../../platform/log.js';
import { hashSecret, newSecret, secretMatches } from '../../platform/token-secret.js';
import type { AccessTokens } from './access-tokens.js';
import { Admin, AdminSession } from './admin.entity.js';
import { PasswordChecker } from './passwords.js';
import { scopesOf, ViewerKind, type AdminPrincipal } from './principal.js';

const DAY_MS = 86_400_000;
const SESSION_DAYS = 7;
/** Two tabs that refresh at once present the same token; the later one is still taken within this time. */
const ROTATION_GRACE_MS = 10_000;
const RECENT_MS = 1_000;
const MOST_RECENT = 1_000;

export interface OpenSession {
  accessToken: string;
  expiresAt: Date;
  principal: AdminPrincipal;
  /** undefined when the caller keeps the refresh token that it has. */
  refresh: { token: string; expiresAt: Date } | undefined;
}

const refused = (): AppError => new AppError('UNAUTHENTICATED', 'The user name or the password is wrong');
const sessionOver = (): AppError => new AppError('UNAUTHENTICATED', 'The session is over, sign in again');

/** Sign-in, rotating refresh tokens, sign-out. A refresh token is `<session id>.<secret>`. */
export class SessionService {
  private readonly passwords = new PasswordChecker();
  private readonly recent = new Map<string, { principal: AdminPrincipal; untilMs: number }>();

  constructor(
    private readonly db: DataSource,
    private readonly tokens: AccessTokens,
    private readonly events: EventBus,
    private readonly clock: Clock,
    private readonly log: Logger,
  ) {
    events.on('sessionEnded', ({ sessionId }) => {
      for (const [token, { principal }] of this.recent)
        if (principal.sessionId === sessionId) this.recent.delete(token);
    });
  }

  /** One answer for an unknown name and for a wrong password, after the same work. */
  async login(username: string, password: string, remoteAddress: string): Promise<OpenSession> {
    const admin = await this.db.getRepository(Admin).findOneBy({ username });
    const fits = await this.passwords.matches(admin?.passwordHash, password);
    this.log.info({ remoteAddress, outcome: fits ? 'SUCCEEDED' : 'BAD_CREDENTIALS' }, 'an administrator signs in');
    if (!fits || !admin) throw refused();
    const secret = newSecret();
    const expiresAt = new Date(this.clock.now().getTime() + SESSION_DAYS * DAY_MS);
    const sessions = this.db.getRepository(AdminSession);
    const tokenHash = hashSecret(secret);
    const session = await sessions.save(sessions.create({ adminId: admin.id, tokenHash, expiresAt, remoteAddress }));
    return this.open(admin, session.id, { token: `${session.id}.${secret}`, expiresAt });
  }

  /** Exchanges a refresh token. One that was exchanged before ends the session: somebody else has it too. */
  async refresh(token: string | undefined): Promise<OpenSession> {
    const [id = '', secret = ''] = (token ?? '').split('.');
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) throw sessionOver();
    const now = this.clock.now();
    const result = await this.db.transaction(async (manager) => {
      const sessions = manager.getRepository(AdminSession);
      const session = await sessions.findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
      if (!session || session.revokedAt || session.expiresAt <= now) return undefined;
      const admin = await manager.getRepository(Admin).findOneByOrFail({ id: session.adminId });
      if (secretMatches(secret, session.tokenHash)) {
        const next = newSecret();
        const expiresAt = new Date(now.getTime() + SESSION_DAYS * DAY_MS);
        const previousTokenHash = session.tokenHash;
        await sessions.update(id, { tokenHash: hashSecret(next), previousTokenHash, rotatedAt: now, expiresAt });
        return { admin, refresh: { token: `${id}.${next}`, expiresAt } };
      }
      if (!secretMatches(secret, session.previousTokenHash)) return undefined;
      if (now.getTime() - session.rotatedAt.getTime() <= ROTATION_GRACE_MS) return { admin, refresh: undefined };
      await sessions.update(id, { revokedAt: now });
      return 'REUSED' as const;
    });
    if (result === 'REUSED') {
      this.log.warn({ sessionId: id }, 'a refresh token was used twice, its session is ended');
      this.events.publish('sessionEnded', { sessionId: id });
    }
    if (!result || result === 'REUSED') throw sessionOver();
    return this.open(result.admin, id, result.refresh);
  }

  async logout(sessionId: string): Promise<void> {
    await this.db.getRepository(AdminSession).update(sessionId, { revokedAt: this.clock.now() });
    this.events.publish('sessionEnded', { sessionId });
  }

  /**
   * The caller behind an access token; undefined when it is none, or its session was ended. The answer is kept for a
   * second at most, and not beyond the end of its session, so that a page with ten requests is checked once.
   */
  async authenticate(accessToken: string): Promise<AdminPrincipal | undefined> {
    const nowMs = this.clock.now().getTime();
    const known = this.recent.get(accessToken);
    if (known && known.untilMs > nowMs) return known.principal;
    this.recent.delete(accessToken);
    const principal = await this.check(accessToken);
    if (principal) {
      if (this.recent.size >= MOST_RECENT) this.recent.clear();
      this.recent.set(accessToken, { principal, untilMs: nowMs + RECENT_MS });
    }
    return principal;
  }

  private async check(accessToken: string): Promise<AdminPrincipal | undefined> {
    const claims = await this.tokens.verify(accessToken);
    if (!claims || !(await this.isAlive(claims.sessionId))) return undefined;
    const { adminId: id, name, role, sessionId } = claims;
    return { kind: ViewerKind.ADMIN, id, name, role, sessionId, scopes: scopesOf(role) };
  }

  async isAlive(sessionId: string): Promise<boolean> {
    const rows = await this.db.query<unknown[]>(
      'SELECT 1 FROM admin_sessions WHERE id = $1 AND revoked_at IS NULL AND expires_at > $2',
      [sessionId, this.clock.now()],
    );
    return rows.length > 0;
  }

  /** Sessions that ended long ago. */
  async removeOld(): Promise<void> {
    await this.db.query(
      `DELETE FROM admin_sessions WHERE coalesce(revoked_at, expires_at) < now() - interval '30 days'`,
    );
  }

  private async open(admin: Admin, sessionId: string, refresh: OpenSession['refresh']): Promise<OpenSession> {
    const { id, username: name, role } = admin;
    const principal: AdminPrincipal = { kind: ViewerKind.ADMIN, id, name, role, sessionId, scopes: scopesOf(role) };
    return { ...(await this.tokens.issue({ adminId: id, name, role, sessionId })), principal, refresh };
  }
}
