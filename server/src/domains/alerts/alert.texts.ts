import { NotificationEvent, NotificationLanguage } from './alert.types.js';

/** `{who}` is the node, user or address concerned, `{count}` a number, `{title}` the title of another message. */
export interface Texts {
  /** For Intl and for the `lang` of HTML. */
  locale: string;
  rightToLeft: boolean;
  titles: Record<NotificationEvent, string>;
  flapping: string;
  flappingNote: string;
  settled: string;
  settledNote: string;
  test: string;
  testNote: string;
  node: string;
  user: string;
  address: string;
  reason: string;
  since: string;
  last: string;
  open: string;
}

const en: Texts = {
  locale: 'en-GB',
  rightToLeft: false,
  titles: {
    NODE_UNHEALTHY: 'Node {who} is unhealthy',
    NODE_RECOVERED: 'Node {who} is healthy again',
    AGENT_DISCONNECTED: 'The agent of node {who} is disconnected',
    FAILOVER_STARTED: 'The users of node {who} are being moved to other nodes',
    FAILOVER_FINISHED: 'The users of node {who} have been moved to other nodes',
    FAILOVER_SUSPENDED: 'Automatic failover is suspended',
    FAILBACK_FINISHED: 'The users of node {who} are back on it',
    SYNC_FAILED: 'Node {who} has refused its configuration',
    NODE_OVER_CAPACITY: 'Node {who} is over its capacity',
    IP_BLOCKED: 'The address {who} is blocked',
    TOKEN_REVOKED: 'The token of {who} has been revoked',
    USER_LIMITED: 'User {who} has used up the data limit',
    USER_EXPIRED: 'User {who} has expired',
  },
  flapping: '{who} is flapping',
  flappingNote: 'Messages within 15 minutes: {count}. More are held back until it has been quiet for 15 minutes.',
  settled: '{who} is quiet again. {title}',
  settledNote: 'Messages held back meanwhile: {count}.',
  test: 'Test of the channel {who}',
  testNote: 'Nothing has happened. This is how messages of this channel arrive.',
  node: 'Node',
  user: 'User',
  address: 'Address',
  reason: 'Reason',
  since: 'Since',
  last: 'Last',
  open: 'Open in V Panel',
};

const zh: Texts = {
  locale: 'zh-CN',
  rightToLeft: false,
  titles: {
    NODE_UNHEALTHY: '节点 {who} 不健康',
    NODE_RECOVERED: '节点 {who} 已恢复健康',
    AGENT_DISCONNECTED: '节点 {who} 的代理程序已断开连接',
    FAILOVER_STARTED: '正在将节点 {who} 的用户迁移到其他节点',
    FAILOVER_FINISHED: '节点 {who} 的用户已迁移到其他节点',
    FAILOVER_SUSPENDED: '自动故障转移已暂停',
    FAILBACK_FINISHED: '节点 {who} 的用户已迁回',
    SYNC_FAILED: '节点 {who} 拒绝了其配置',
    NODE_OVER_CAPACITY: '节点 {who} 超出容量',
    IP_BLOCKED: '地址 {who} 已被封禁',
    TOKEN_REVOKED: '{who} 的令牌已被吊销',
    USER_LIMITED: '用户 {who} 已用完流量限额',
    USER_EXPIRED: '用户 {who} 已到期',
  },
  flapping: '{who} 状态反复变化',
  flappingNote: '15 分钟内的消息数：{count}。在安静 15 分钟之前，后续消息将暂不发送。',
  settled: '{who} 已平静下来。{title}',
  settledNote: '其间暂未发送的消息数：{count}。',
  test: '渠道 {who} 的测试',
  testNote: '没有发生任何事。此渠道的消息就是这样送达的。',
  node: '节点',
  user: '用户',
  address: '地址',
  reason: '原因',
  since: '开始时间',
  last: '最近一条',
  open: '在 V Panel 中打开',
};

const ru: Texts = {
  locale: 'ru-RU',
  rightToLeft: false,
  titles: {
    NODE_UNHEALTHY: 'Узел {who} неисправен',
    NODE_RECOVERED: 'Узел {who} снова исправен',
    AGENT_DISCONNECTED: 'Агент узла {who} отключился',
    FAILOVER_STARTED: 'Пользователи узла {who} переводятся на другие узлы',
    FAILOVER_FINISHED: 'Пользователи узла {who} переведены на другие узлы',
    FAILOVER_SUSPENDED: 'Автоматическое переключение приостановлено',
    FAILBACK_FINISHED: 'Пользователи узла {who} возвращены на него',
    SYNC_FAILED: 'Узел {who} отверг свою конфигурацию',
    NODE_OVER_CAPACITY: 'Узел {who} перегружен',
    IP_BLOCKED: 'Адрес {who} заблокирован',
    TOKEN_REVOKED: 'Токен {who} отозван',
    USER_LIMITED: 'Пользователь {who} исчерпал лимит трафика',
    USER_EXPIRED: 'Срок действия пользователя {who} истёк',
  },
  flapping: 'Состояние {who} всё время меняется',
  flappingNote: 'Сообщений за 15 минут: {count}. Следующие задерживаются, пока не пройдёт 15 минут без изменений.',
  settled: '{who}: изменения прекратились. {title}',
  settledNote: 'Сообщений задержано за это время: {count}.',
  test: 'Проверка канала {who}',
  testNote: 'Ничего не случилось. Так приходят сообщения этого канала.',
  node: 'Узел',
  user: 'Пользователь',
  address: 'Адрес',
  reason: 'Причина',
  since: 'С',
  last: 'Последнее',
  open: 'Открыть в V Panel',
};

const fa: Texts = {
  locale: 'fa-IR',
  rightToLeft: true,
  titles: {
    NODE_UNHEALTHY: 'گره {who} ناسالم است',
    NODE_RECOVERED: 'گره {who} دوباره سالم است',
    AGENT_DISCONNECTED: 'ارتباط عامل گره {who} قطع شده است',
    FAILOVER_STARTED: 'کاربران گره {who} در حال انتقال به گره‌های دیگر هستند',
    FAILOVER_FINISHED: 'کاربران گره {who} به گره‌های دیگر منتقل شدند',
    FAILOVER_SUSPENDED: 'جابه‌جایی خودکار متوقف شده است',
    FAILBACK_FINISHED: 'کاربران گره {who} به آن بازگشتند',
    SYNC_FAILED: 'گره {who} پیکربندی خود را نپذیرفت',
    NODE_OVER_CAPACITY: 'گره {who} از ظرفیت خود گذشته است',
    IP_BLOCKED: 'نشانی {who} مسدود شد',
    TOKEN_REVOKED: 'توکن {who} باطل شد',
    USER_LIMITED: 'کاربر {who} سقف حجم خود را مصرف کرده است',
    USER_EXPIRED: 'اعتبار کاربر {who} به پایان رسید',
  },
  flapping: 'وضعیت {who} پیوسته تغییر می‌کند',
  flappingNote: 'تعداد پیام‌ها در ۱۵ دقیقه: {count}. پیام‌های بعدی تا ۱۵ دقیقه آرامش نگه داشته می‌شوند.',
  settled: '{who} دوباره آرام است. {title}',
  settledNote: 'تعداد پیام‌هایی که در این مدت نگه داشته شدند: {count}.',
  test: 'آزمایش کانال {who}',
  testNote: 'اتفاقی نیفتاده است. پیام‌های این کانال این‌گونه می‌رسند.',
  node: 'گره',
  user: 'کاربر',
  address: 'نشانی',
  reason: 'دلیل',
  since: 'از',
  last: 'آخرین',
  open: 'باز کردن در V Panel',
};

export const TEXTS: Record<NotificationLanguage, Texts> = { EN: en, ZH: zh, RU: ru, FA: fa };

/** Puts values in the places; what is in a value is never a place itself. */
export const fill = (text: string, values: Record<string, string>): string =>
  text.replaceAll(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place);
