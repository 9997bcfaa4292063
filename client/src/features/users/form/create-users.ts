import type { Client } from 'urql';
import { graphql } from '../../../graphql/gen';
import type { CreateUserInput } from '../../../graphql/gen/graphql';

const CreateUser = graphql(`
  mutation CreateUser($input: CreateUserInput!) {
    createUser(input: $input) {
      user {
        id
        username
        subscriptionUrl
      }
    }
  }
`);

const CreateUsers = graphql(`
  mutation CreateUsers($input: [CreateUserInput!]!) {
    createUsers(input: $input) {
      users {
        id
        username
        subscriptionUrl
      }
    }
  }
`);

const ValidateUsers = graphql(`
  mutation ValidateUsers($input: [CreateUserInput!]!) {
    validateUsers(input: $input) {
      problems {
        row
        field
        message
      }
    }
  }
`);

export interface CreatedUser {
  id: string;
  username: string;
  subscriptionUrl: string;
}

export interface Finding {
  row: number;
  field: string;
  message: string;
}

export async function createOne(client: Client, input: CreateUserInput): Promise<CreatedUser[]> {
  const { data, error } = await client.mutation(CreateUser, { input }).toPromise();
  if (!data) throw error ?? new Error('The panel answered nothing');
  return [data.createUser.user];
}

/** All or none. */
export async function createSeveral(client: Client, input: CreateUserInput[]): Promise<CreatedUser[]> {
  const { data, error } = await client.mutation(CreateUsers, { input }).toPromise();
  if (!data) throw error ?? new Error('The panel answered nothing');
  return data.createUsers.users;
}

/** What createSeveral would say. */
export async function findingsOf(client: Client, input: CreateUserInput[]): Promise<Finding[]> {
  const { data, error } = await client.mutation(ValidateUsers, { input }).toPromise();
  if (!data) throw error ?? new Error('The panel answered nothing');
  return data.validateUsers.problems;
}
