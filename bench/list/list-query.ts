/** What the dashboard's list of nodes shows. */
export const LIST_QUERY = `query NodeList($after: String, $orderBy: NodeOrder) {
  nodes(first: 50, after: $after, orderBy: $orderBy) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      id name address status weight load loadTrend
      tags { key value }
      location { latitude longitude city countryCode }
      issues { kind severity message since }
      agent { connected version hostname connectedAt lastSeenAt remoteAddress }
      xray { state version startedAt }
      token { createdAt lastUsedAt revokedAt rotationPending }
      metrics { at cpu memory disk loadAverage uplinkRate downlinkRate connections onlineUsers }
    }
  }
}`;

export interface ListVariables {
  after?: string;
  orderBy?: { field: string; direction?: 'ASC' | 'DESC' };
}

export interface ListPage {
  nodes: { totalCount: number; pageInfo: { hasNextPage: boolean; endCursor: string | null }; nodes: object[] };
}
