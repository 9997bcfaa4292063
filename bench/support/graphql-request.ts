interface Answer<Data> {
  data?: Data | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}

/** One operation over HTTP; throws what the panel says is wrong. */
export async function graphqlRequest<Data>(
  url: string,
  query: string,
  variables: object = {},
  accessToken?: string,
): Promise<Data> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(accessToken !== undefined && { authorization: `Bearer ${accessToken}` }),
    },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(60_000),
  });
  const { data, errors } = (await response.json()) as Answer<Data>;
  if (errors?.length || !data) {
    const messages = errors?.map(({ message, extensions }) => `${extensions?.code ?? 'error'}: ${message}`) ?? [];
    throw new Error(`${url} answered ${response.status}: ${messages.join('; ')}`);
  }
  return data;
}
