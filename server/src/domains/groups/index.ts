export { GroupResolver, NodeGroupsResolver } from './group.resolver.js';
export {
  assertExist,
  groupLoader,
  GroupService,
  groupsOfLoader,
  groupStatsLoader,
  type PlacementCheck,
  unknownIds,
} from './group.service.js';
export { NodeGroup } from './group.types.js';
