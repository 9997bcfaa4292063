import type { SubscriptionStatus } from './endpoint.js';

interface Texts {
  status: Record<SubscriptionStatus, string>;
  /** Why nothing works, for each status in which nothing does. */
  why: Record<Exclude<SubscriptionStatus, 'ACTIVE'>, string>;
  usedOf: (total: string) => string;
  used: string;
  left: (amount: string) => string;
  unlimited: string;
  upload: string;
  download: string;
  expires: string;
  expired: string;
  never: string;
  add: string;
  addHint: string;
  link: string;
  copy: string;
  copied: string;
  copyServer: (name: string) => string;
  scan: string;
  scanHint: string;
  servers: string;
  serversHint: string;
  noServers: string;
  files: string;
  filesHint: string;
  links: string;
}

export const TEXTS = {
  en: {
    status: { ACTIVE: 'Active', LIMITED: 'Limit reached', EXPIRED: 'Expired', DISABLED: 'Disabled' },
    why: {
      LIMITED: 'All data is used up. Ask for more to connect again.',
      EXPIRED: 'This subscription has ended. Renew it to connect again.',
      DISABLED: 'This subscription is switched off. Ask whoever gave it to you.',
    },
    usedOf: (total) => `of ${total} used`,
    used: 'used',
    left: (amount) => `${amount} left`,
    unlimited: 'no limit',
    upload: 'Sent',
    download: 'Received',
    expires: 'Valid until',
    expired: 'Ended on',
    never: 'Without end',
    add: 'Add to an app',
    addHint: 'Tap your app, or copy the link into it.',
    link: 'Subscription link',
    copy: 'Copy',
    copied: 'Copied',
    copyServer: (name) => `Copy the link of ${name}`,
    scan: 'Scan with another device',
    scanHint: 'The code is your link: show it to nobody else.',
    servers: 'Servers',
    serversHint: 'The app changes to the next one by itself when one fails.',
    noServers: 'There is no server for you right now.',
    files: 'Download as a file',
    filesHint: 'For apps that cannot open the link.',
    links: 'Share links',
  },
  zh: {
    status: { ACTIVE: '正常', LIMITED: '流量已用完', EXPIRED: '已过期', DISABLED: '已停用' },
    why: {
      LIMITED: '流量已全部用完，增加流量后即可重新连接。',
      EXPIRED: '订阅已到期，续期后即可重新连接。',
      DISABLED: '订阅已停用，请联系为您提供订阅的人。',
    },
    usedOf: (total) => `已用，共 ${total}`,
    used: '已用',
    left: (amount) => `剩余 ${amount}`,
    unlimited: '不限流量',
    upload: '上传',
    download: '下载',
    expires: '有效期至',
    expired: '到期于',
    never: '长期有效',
    add: '添加到应用',
    addHint: '点按您使用的应用，或将链接复制到应用中。',
    link: '订阅链接',
    copy: '复制',
    copied: '已复制',
    copyServer: (name) => `复制 ${name} 的链接`,
    scan: '用其他设备扫码',
    scanHint: '二维码就是您的链接，请勿给他人看。',
    servers: '服务器',
    serversHint: '当前服务器失效时，应用会自动切换到下一个。',
    noServers: '目前没有可用的服务器。',
    files: '下载配置文件',
    filesHint: '用于无法打开链接的应用。',
    links: '分享链接',
  },
  ru: {
    status: { ACTIVE: 'Активна', LIMITED: 'Лимит исчерпан', EXPIRED: 'Истекла', DISABLED: 'Отключена' },
    why: {
      LIMITED: 'Весь трафик израсходован. Увеличьте лимит, чтобы снова подключиться.',
      EXPIRED: 'Срок подписки закончился. Продлите её, чтобы снова подключиться.',
      DISABLED: 'Подписка отключена. Обратитесь к тому, кто её выдал.',
    },
    usedOf: (total) => `из ${total} израсходовано`,
    used: 'израсходовано',
    left: (amount) => `осталось ${amount}`,
    unlimited: 'без лимита',
    upload: 'Отправлено',
    download: 'Получено',
    expires: 'Действует до',
    expired: 'Закончилась',
    never: 'Бессрочно',
    add: 'Добавить в приложение',
    addHint: 'Нажмите на своё приложение или скопируйте в него ссылку.',
    link: 'Ссылка подписки',
    copy: 'Копировать',
    copied: 'Скопировано',
    copyServer: (name) => `Скопировать ссылку сервера ${name}`,
    scan: 'Сканируйте другим устройством',
    scanHint: 'Этот код — ваша ссылка: никому его не показывайте.',
    servers: 'Серверы',
    serversHint: 'При сбое приложение само перейдёт на следующий сервер.',
    noServers: 'Сейчас для вас нет серверов.',
    files: 'Скачать файлом',
    filesHint: 'Для приложений, которые не открывают ссылку.',
    links: 'Ссылки',
  },
  fa: {
    status: { ACTIVE: 'فعال', LIMITED: 'حجم تمام شده', EXPIRED: 'منقضی', DISABLED: 'غیرفعال' },
    why: {
      LIMITED: 'همهٔ حجم مصرف شده است. برای اتصال دوباره حجم بیشتری بگیرید.',
      EXPIRED: 'زمان این اشتراک به پایان رسیده است. برای اتصال دوباره آن را تمدید کنید.',
      DISABLED: 'این اشتراک غیرفعال شده است. با کسی که آن را به شما داده تماس بگیرید.',
    },
    usedOf: (total) => `از ${total} مصرف شده`,
    used: 'مصرف شده',
    left: (amount) => `${amount} مانده`,
    unlimited: 'نامحدود',
    upload: 'ارسال',
    download: 'دریافت',
    expires: 'معتبر تا',
    expired: 'پایان‌یافته در',
    never: 'بدون پایان',
    add: 'افزودن به برنامه',
    addHint: 'روی برنامهٔ خود بزنید یا پیوند را در آن کپی کنید.',
    link: 'پیوند اشتراک',
    copy: 'کپی',
    copied: 'کپی شد',
    copyServer: (name) => `کپی پیوند ${name}`,
    scan: 'با دستگاه دیگری اسکن کنید',
    scanHint: 'این کد همان پیوند شماست؛ آن را به کسی نشان ندهید.',
    servers: 'سرورها',
    serversHint: 'اگر سروری از کار بیفتد، برنامه خودش سراغ بعدی می‌رود.',
    noServers: 'در حال حاضر سروری برای شما نیست.',
    files: 'دریافت فایل',
    filesHint: 'برای برنامه‌هایی که پیوند را باز نمی‌کنند.',
    links: 'پیوندها',
  },
} satisfies Record<string, Texts>;

export type Language = keyof typeof TEXTS;
export const LANGUAGES = Object.keys(TEXTS) as Language[];

export const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', zh: 'zh-CN', ru: 'ru-RU', fa: 'fa-IR' };

const LONGEST_HEADER = 1_024;

/** The best language of an Accept-Language header (RFC 9110, 12.5.4); English when none of them is here. */
export function chooseLanguage(acceptLanguage: string | undefined): Language {
  const wishes = (acceptLanguage ?? '')
    .slice(0, LONGEST_HEADER)
    .split(',')
    .map((wish) => {
      const [tag = '', ...parameters] = wish.split(';').map((part) => part.trim().toLowerCase());
      const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1';
      return { language: tag.split('-')[0] ?? '', quality: Number(quality) || 0 };
    })
    .filter(({ quality }) => quality > 0)
    .toSorted((a, b) => b.quality - a.quality);
  const best = wishes.find(({ language }) => isLanguage(language))?.language ?? 'en';
  return isLanguage(best) ? best : 'en';
}

const isLanguage = (text: string): text is Language => Object.hasOwn(TEXTS, text);
