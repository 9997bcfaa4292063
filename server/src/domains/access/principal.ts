import { registerEnumType } from 'type-graphql';

export enum AdminRole {
  OWNER = 'OWNER',
  OPERATOR = 'OPERATOR',
  VIEWER = 'VIEWER',
}
registerEnumType(AdminRole, {
  name: 'AdminRole',
  description: 'OWNER may do everything, OPERATOR everything but security, VIEWER only look.',
});

export enum ViewerKind {
  ADMIN = 'ADMIN',
  API_TOKEN = 'API_TOKEN',
  AGENT = 'AGENT',
}
registerEnumType(ViewerKind, { name: 'ViewerKind', description: 'What kind of caller it is.' });

export enum ApiScope {
  NODES_READ = 'NODES_READ',
  NODES_WRITE = 'NODES_WRITE',
  USERS_READ = 'USERS_READ',
  USERS_WRITE = 'USERS_WRITE',
  PROXIES_READ = 'PROXIES_READ',
  PROXIES_WRITE = 'PROXIES_WRITE',
  TRAFFIC_READ = 'TRAFFIC_READ',
  EVENTS_READ = 'EVENTS_READ',
  SECURITY_READ = 'SECURITY_READ',
  SECURITY_WRITE = 'SECURITY_WRITE',
  SETTINGS_WRITE = 'SETTINGS_WRITE',
}
registerEnumType(ApiScope, { name: 'ApiScope', description: 'What a caller may do.' });

const EVERY_SCOPE = Object.values(ApiScope);

const ROLE_SCOPES: Record<AdminRole, readonly ApiScope[]> = {
  [AdminRole.OWNER]: EVERY_SCOPE,
  [AdminRole.OPERATOR]: EVERY_SCOPE.filter((scope) => scope !== ApiScope.SECURITY_WRITE),
  [AdminRole.VIEWER]: EVERY_SCOPE.filter((scope) => scope.endsWith('_READ')),
};

export const scopesOf = (role: AdminRole): readonly ApiScope[] => ROLE_SCOPES[role];

export interface AdminPrincipal {
  kind: ViewerKind.ADMIN;
  id: string;
  name: string;
  role: AdminRole;
  sessionId: string;
  scopes: readonly ApiScope[];
}

/** A node's agent. With a join token it may only register; then the same connection goes on as the node. */
export interface AgentPrincipal {
  kind: ViewerKind.AGENT;
  nodeId: string;
  tokenId: string;
  joining: boolean;
}

/** Who calls. */
export type Principal = AdminPrincipal | AgentPrincipal;

/** What a field may demand of its caller: a scope, a node's agent, or at least a presented join token. */
export type Permission = ApiScope | 'SIGNED_IN' | 'AGENT' | 'JOINING_AGENT';

/** The one place where it is decided who may do what. Nobody may do anything that is not granted here. */
export function isPermitted(principal: Principal | undefined, permission: Permission): boolean {
  if (!principal) return false;
  if (permission === 'SIGNED_IN') return true;
  if (permission === 'JOINING_AGENT') return principal.kind === ViewerKind.AGENT;
  if (permission === 'AGENT') return principal.kind === ViewerKind.AGENT && !principal.joining;
  return principal.kind === ViewerKind.ADMIN && principal.scopes.includes(permission);
}
