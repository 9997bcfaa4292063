export { CredentialStore, userDigest } from './credentials.js';
export { pendingNodesOfUserLoader } from './user.loaders.js';
export { ClusterUsersResolver, NodeUsersResolver, UserResolver } from './user.resolver.js';
export { UserService } from './user.service.js';
export { User, UserStatus } from './user.types.js';
