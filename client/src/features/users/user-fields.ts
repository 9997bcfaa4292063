import { graphql } from '../../graphql/gen';

/** What a row of the list and the user's own page show. */
export const UserFields = graphql(`
  fragment UserFields on User {
    id
    username
    status
    note
    dataLimit
    dataUsed
    expiresAt
    createdAt
    updatedAt
    subscriptionFetchedAt
    subscriptionClient
    subscriptionUrl
    groups {
      id
      name
    }
    pendingNodes {
      id
      name
    }
  }
`);
