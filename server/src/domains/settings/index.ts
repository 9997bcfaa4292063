export { Settings } from './settings.js';
export { SettingsResolver } from './settings.resolver.js';
export { SettingsService } from './settings.service.js';
export { PanelResolver, type PanelInfo } from './panel.resolver.js';
