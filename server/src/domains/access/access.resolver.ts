import { Arg, Authorized, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { Context } from '../../context.js';
import { AppError } from '../../platform/errors.js';
import { LoginInput, SessionPayload, Viewer } from './access.types.js';
import { ViewerKind, type AdminPrincipal } from './principal.js';
import type { OpenSession, SessionService } from './session.service.js';

export const REFRESH_COOKIE = 'vpanel_refresh';

const viewerOf = ({ id, name, role, scopes }: AdminPrincipal): Viewer => ({
  id,
  name,
  role,
  kind: ViewerKind.ADMIN,
  scopes: [...scopes],
});

function cookiesOf({ cookies }: Context): NonNullable<Context['cookies']> {
  if (!cookies) throw new AppError('BAD_USER_INPUT', 'Sessions begin and end over HTTP, not over a WebSocket');
  return cookies;
}

function toPayload(session: OpenSession, context: Context): SessionPayload {
  const { refresh, accessToken, expiresAt, principal } = session;
  if (refresh) cookiesOf(context).set(REFRESH_COOKIE, refresh.token, refresh.expiresAt);
  return { accessToken, expiresAt, viewer: viewerOf(principal) };
}

@Resolver()
export class SessionResolver {
  constructor(private readonly sessions: SessionService) {}

  @Mutation(() => SessionPayload, {
    description: 'Signs an administrator in. UNAUTHENTICATED when name or password is wrong.',
  })
  async login(@Arg('input', () => LoginInput) input: LoginInput, @Ctx() context: Context): Promise<SessionPayload> {
    cookiesOf(context);
    return toPayload(await this.sessions.login(input.username, input.password, context.remoteAddress), context);
  }

  @Mutation(() => SessionPayload, {
    description: 'A new access token for the session in the cookie, which is renewed too.',
  })
  async refreshSession(@Ctx() context: Context): Promise<SessionPayload> {
    return toPayload(await this.sessions.refresh(cookiesOf(context).get(REFRESH_COOKIE)), context);
  }

  @Authorized('SIGNED_IN')
  @Mutation(() => Boolean, { description: 'Ends the session; its sockets are closed.' })
  async logout(@Ctx() context: Context): Promise<boolean> {
    if (context.principal?.kind !== ViewerKind.ADMIN)
      throw new AppError('FORBIDDEN', 'Only administrators have sessions');
    await this.sessions.logout(context.principal.sessionId);
    context.cookies?.clear(REFRESH_COOKIE);
    return true;
  }
}

@Resolver()
export class ViewerResolver {
  @Authorized('SIGNED_IN')
  @Query(() => Viewer, { description: 'The caller.' })
  async viewer(@Ctx() { principal, loaders }: Context): Promise<Viewer> {
    if (!principal) throw new AppError('UNAUTHENTICATED', 'Sign in first');
    if (principal.kind === ViewerKind.ADMIN) return viewerOf(principal);
    const node = await loaders.node.load(principal.nodeId);
    return { id: principal.nodeId, name: node?.name ?? '', role: null, kind: ViewerKind.AGENT, scopes: [] };
  }
}
