import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { repairLanguageTag, startI18n } from './i18n';
import { App } from './shell/app';
import './styles.css';

repairLanguageTag();
await startI18n();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
