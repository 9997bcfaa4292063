export { REFRESH_COOKIE, SessionResolver, ViewerResolver } from './access.resolver.js';
export { AccessTokens } from './access-tokens.js';
export { Admin, AdminSession } from './admin.entity.js';
export { ensureFirstAdmin, FIRST_ADMIN } from './first-admin.js';
export {
  AdminRole,
  ApiScope,
  isPermitted,
  scopesOf,
  ViewerKind,
  type AdminPrincipal,
  type AgentPrincipal,
  type Permission,
  type Principal,
} from './principal.js';
export { SessionService } from './session.service.js';
