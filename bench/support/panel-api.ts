import { graphqlRequest } from './graphql-request.js';

/** An access token lives for 10 minutes; this is when it is replaced. */
const TOKEN_LIFE_MS = 8 * 60_000;

const LOGIN = `mutation Login($input: LoginInput!) { login(input: $input) { accessToken } }`;

/** The public API of a panel, called as its administrator. */
export class PanelApi {
  private token: Promise<string> | undefined;
  private tokenUntilMs = 0;

  constructor(
    readonly url: string,
    private readonly password: string,
  ) {}

  accessToken(): Promise<string> {
    if (!this.token || performance.now() > this.tokenUntilMs) {
      this.tokenUntilMs = performance.now() + TOKEN_LIFE_MS;
      this.token = this.login();
    }
    return this.token;
  }

  async gql<Data>(query: string, variables: object = {}): Promise<Data> {
    return graphqlRequest<Data>(this.url, query, variables, await this.accessToken());
  }

  private async login(): Promise<string> {
    const input = { username: 'admin', password: this.password };
    const { login } = await graphqlRequest<{ login: { accessToken: string } }>(this.url, LOGIN, { input });
    return login.accessToken;
  }
}
