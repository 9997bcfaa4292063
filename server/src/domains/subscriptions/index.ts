export { chooseFormat } from './format.js';
export { chooseLanguage } from './page.texts.js';
export { render } from './render.js';
export { SubscriptionService } from './subscription.service.js';
