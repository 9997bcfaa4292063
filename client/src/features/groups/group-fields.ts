import { graphql } from '../../graphql/gen';

export const GroupFields = graphql(`
  fragment GroupFields on NodeGroup {
    id
    name
    description
    region
    createdAt
    stats {
      totalNodes
      healthyNodes
      totalUsers
      capacity
      connections
      uplinkRate
      downlinkRate
    }
  }
`);
