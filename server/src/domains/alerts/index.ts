export { NotificationChannelResolver, NotificationDeliveryResolver } from './alert.resolver.js';
export { NotificationEvent } from './alert.types.js';
export { Alerts, type Alert } from './alerts.js';
export { ChannelService } from './channel.service.js';
export { Courier } from './courier.js';
export { attemptsLoader, deliveriesLoader, lastDeliveryLoader } from './delivery.log.js';
export { Outbound } from './outbound.js';
export { Outbox } from './outbox.js';
export { AlertSender } from './sender.js';
