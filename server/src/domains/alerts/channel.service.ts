import { randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { AppError, badInput, notFound, violatedConstraint, type FieldProblem } from '../../platform/errors.js';
import type { SecretBox } from '../../platform/secret-box.js';
import { isUuid } from '../nodes/index.js';
import {
  NotificationChannelKind as Kind,
  NotificationEvent,
  NotificationLanguage,
  type NotificationChannel,
  type NotificationChannelInput,
  type NotificationChannelPayload,
  type NotificationDelivery,
} from './alert.types.js';
import {
  CHANNEL_COLUMNS,
  DELIVERY_COLUMNS,
  toChannel,
  toDelivery,
  toSealed,
  type ChannelRow,
  type DeliveryRow,
} from './channel.rows.js';
import { secretLabel, targetLabel, type Attempted, type Courier } from './courier.js';
import { newWebhookKey } from './kinds/webhook.js';
import type { Notice } from './message.js';
import { abortable, ForbiddenTarget, hostOf, type Outbound } from './outbound.js';
import { giveUpWaiting, logAttempt } from './outbox.js';
import { badField, isSameMailServer, parseMailer, secretProblem, showTarget, targetProblem } from './target.js';

const NAME = /^[\p{L}\p{N}][\p{L}\p{N}._ -]{0,62}[\p{L}\p{N}]$|^[\p{L}\p{N}]$/u;
/** Every message goes to each of them. */
const MOST_CHANNELS = 50;
const RESOLVE_MS = 3_000;
const NOTHING = Buffer.alloc(0);
const DISABLED = 'The channel was disabled';

interface ChannelParts {
  db: DataSource;
  box: SecretBox;
  outbound: Outbound;
  courier: Courier;
}

/** Where messages go. Targets and secrets are stored sealed; what is answered has neither. */
export class ChannelService {
  constructor(private readonly parts: ChannelParts) {}

  async list(): Promise<NotificationChannel[]> {
    const rows = await this.parts.db.query<ChannelRow[]>(
      `SELECT ${CHANNEL_COLUMNS} FROM alert_channels c ORDER BY c.name`,
    );
    return rows.map(toChannel);
  }

  async create(input: NotificationChannelInput): Promise<NotificationChannelPayload> {
    const { db, box } = this.parts;
    const made = input.kind === Kind.WEBHOOK && input.secret == null ? newWebhookKey() : null;
    const secret = made ?? input.secret ?? undefined;
    await this.assertValid(input, { target: input.target, secret, isNewTarget: true });
    const id = randomUUID();
    await db.transaction(async (manager) => {
      await assertRoom(manager);
      await manager
        .query(
          `INSERT INTO alert_channels (id, name, kind, events, enabled, language, target, shown_target, secret)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
          [
            id,
            input.name,
            input.kind,
            [...new Set(input.events)],
            input.enabled ?? true,
            input.language ?? NotificationLanguage.EN,
            box.seal(input.target, targetLabel(id)),
            showTarget(input.kind, input.target),
            secret === undefined ? null : box.seal(secret, secretLabel(id)),
          ],
        )
        .catch(onDuplicate);
    });
    return { channel: toChannel(await this.row(db, id)), secret: made };
  }

  async update(id: string, input: NotificationChannelInput): Promise<NotificationChannelPayload> {
    const { db, box } = this.parts;
    const before = await this.row(db, id);
    const next = this.merge(before, input);
    await this.assertValid(input, next, before);
    await db.transaction(async (manager) => {
      const stored = await this.row(manager, id, 'FOR UPDATE');
      if (!isSealedAlike(stored, before)) {
        throw new AppError('CONFLICT', 'The channel has been changed by somebody else meanwhile');
      }
      const enabled = input.enabled ?? stored.enabled;
      if (enabled !== stored.enabled) await giveUpWaiting(manager, id, DISABLED);
      await manager
        .query(
          `UPDATE alert_channels SET name = $2, events = $3, enabled = $4, language = $5, target = $6, shown_target = $7,
             secret = $8, disabled_reason = CASE WHEN $4 THEN NULL ELSE disabled_reason END,
             paused_until = CASE WHEN $9 THEN NULL ELSE paused_until END, updated_at = now() WHERE id = $1`,
          [
            id,
            input.name,
            [...new Set(input.events)],
            enabled,
            input.language ?? stored.language,
            next.isNewTarget ? box.seal(next.target, targetLabel(id)) : stored.target,
            showTarget(stored.kind, next.target),
            next.secret === undefined ? null : box.seal(next.secret, secretLabel(id)),
            next.isNewTarget,
          ],
        )
        .catch(onDuplicate);
    });
    return { channel: toChannel(await this.row(db, id)), secret: next.made };
  }

  /** What waits for it is never sent. */
  async delete(id: string): Promise<void> {
    const [, deleted] = isUuid(id)
      ? await this.parts.db.query<[unknown[], number]>('DELETE FROM alert_channels WHERE id = $1', [id])
      : [[], 0];
    if (deleted === 0) throw notFound('The channel');
  }

  /** Sends at once, whether the channel is enabled or not, and writes down how it went; it is not tried again. */
  async test(id: string): Promise<NotificationDelivery> {
    const { db, courier } = this.parts;
    const channel = await this.row(db, id);
    const notice: Notice = {
      id: randomUUID(),
      event: channel.events[0] ?? NotificationEvent.NODE_UNHEALTHY,
      form: 'TEST',
      nodeId: null,
      facts: {},
      covers: 0,
      raisedAt: new Date(),
    };
    const attempted = await courier.deliver(toSealed(channel), notice);
    return db.transaction((manager) => storeTest(manager, id, notice, attempted));
  }

  private async row(db: Pick<EntityManager, 'query'>, id: string, lock: 'FOR UPDATE' | '' = ''): Promise<ChannelRow> {
    const [row] = isUuid(id)
      ? await db.query<ChannelRow[]>(`SELECT ${CHANNEL_COLUMNS} FROM alert_channels c WHERE c.id = $1 ${lock}`, [id])
      : [];
    if (!row) throw notFound('The channel');
    return row;
  }

  /** What the channel is going to have: a target that is sent back as it was shown stays, and so does an absent secret. */
  private merge(before: ChannelRow, { target, secret }: NotificationChannelInput) {
    const { box } = this.parts;
    const storedTarget = box.open(before.target, targetLabel(before.id));
    const storedSecret = before.secret ? box.open(before.secret, secretLabel(before.id)) : undefined;
    const made = before.kind === Kind.WEBHOOK && secret === null ? newWebhookKey() : null;
    const isNewTarget = target !== before.shown_target && target !== storedTarget;
    return {
      target: isNewTarget ? target : storedTarget,
      secret: made ?? (secret === undefined ? storedSecret : (secret ?? undefined)),
      made,
      isNewTarget,
      storedTarget,
      /** A password goes along to another server only by the will of somebody who knows it. */
      isCarriedAlong: secret === undefined && storedSecret !== undefined,
    };
  }

  private async assertValid(
    { name, kind, events }: NotificationChannelInput,
    next: {
      target: string;
      secret: string | undefined;
      isNewTarget: boolean;
      storedTarget?: string;
      isCarriedAlong?: boolean;
    },
    before?: ChannelRow,
  ): Promise<void> {
    if (before && before.kind !== kind)
      throw badInput([{ path: 'kind', message: 'cannot be changed: make another channel' }]);
    const { target, secret, isNewTarget, storedTarget, isCarriedAlong } = next;
    const ofTarget = targetProblem(kind, target) ?? (isNewTarget ? await this.placeProblem(kind, target) : undefined);
    const problems: FieldProblem[] = [
      ...badField('name', NAME.test(name) ? undefined : 'must be 1 to 64 letters, digits, spaces and . _ -'),
      ...badField('events', events.length > 0 ? undefined : 'must be one or more'),
      ...badField('target', ofTarget),
      ...badField('secret', secretProblem(kind, secret)),
    ];
    if (problems.length === 0 && kind === Kind.EMAIL) {
      const isElsewhere = storedTarget !== undefined && isCarriedAlong && !isSameMailServer(storedTarget, target);
      if (isElsewhere)
        problems.push({ path: 'secret', message: 'must be given again: the mail server is another one' });
      else if (secret !== undefined && parseMailer(target).user === undefined) {
        problems.push({ path: 'secret', message: 'needs a user name in the target' });
      }
    }
    if (problems.length > 0) throw badInput(problems);
  }

  /** Judged anew at each connection. A name that does not resolve now may later. */
  private async placeProblem(kind: Kind, target: string): Promise<string | undefined> {
    if (kind === Kind.TELEGRAM) return undefined;
    const url = new URL(target);
    if (url.protocol === 'http:' && !this.parts.outbound.privateTargets) return 'must be an https URL';
    try {
      const addresses = this.parts.outbound.addresses(hostOf(url), url.protocol !== 'http:');
      await abortable(AbortSignal.timeout(RESOLVE_MS), addresses);
      return undefined;
    } catch (error) {
      return error instanceof ForbiddenTarget ? error.message : undefined;
    }
  }
}

const isSealedAlike = (one: ChannelRow, other: ChannelRow): boolean =>
  one.target.equals(other.target) && Buffer.compare(one.secret ?? NOTHING, other.secret ?? NOTHING) === 0;

async function assertRoom(manager: EntityManager): Promise<void> {
  await manager.query('SELECT pg_advisory_xact_lock($1)', [CHANNELS_LOCK]);
  const [row] = await manager.query<{ count: number }[]>('SELECT count(*)::int AS count FROM alert_channels');
  if (row!.count >= MOST_CHANNELS) throw new AppError('CONFLICT', `There are ${MOST_CHANNELS} channels already`);
}

/** Any number: all panels of a cluster have to use the same. */
const CHANNELS_LOCK = 6_845_214;

async function storeTest(
  manager: EntityManager,
  channelId: string,
  { id, event, raisedAt }: Notice,
  attempted: Attempted,
): Promise<NotificationDelivery> {
  const { ok, at, error = null, answer = null } = attempted;
  const [row] = await manager.query<DeliveryRow[]>(
    `INSERT INTO alert_deliveries AS d (id, channel_id, dedupe_key, event, form, facts, raised_at, state, due_at, attempts,
       last_attempt_at, error, answer)
     SELECT $1, c.id, $3, $4, 'TEST', '{}', $5, $6, $5, 1, $7, $8, $9 FROM alert_channels c WHERE c.id = $2 FOR KEY SHARE
     RETURNING ${DELIVERY_COLUMNS}`,
    [id, channelId, `test:${id}`, event, raisedAt, ok ? 'DELIVERED' : 'FAILED', at, error, answer],
  );
  if (!row) throw notFound('The channel');
  await logAttempt(manager, id, 1, attempted);
  return toDelivery(row);
}

function onDuplicate(error: unknown): never {
  if (violatedConstraint(error) !== 'alert_channels_name_key') throw error;
  throw new AppError('CONFLICT', 'A channel of this name exists', {
    fields: [{ path: 'name', message: 'is the name of another channel' }],
  });
}
