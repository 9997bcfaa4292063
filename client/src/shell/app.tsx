import { Direction } from 'radix-ui';
import { RouterProvider } from 'react-router/dom';
import { LANGUAGES, useLanguage } from '../i18n';
import { RegistryProvider } from '../plugin';
import { Toaster } from '../ui/toaster';
import { TooltipProvider } from '../ui/tooltip';
import { useTranslation } from '../i18n';
import { registry } from './plugins';
import { createRouter } from './router';
import { SessionGate } from './session-gate';

const router = createRouter(registry);

export function App() {
  const { t } = useTranslation();
  const { direction } = LANGUAGES[useLanguage()];
  return (
    <Direction.Provider dir={direction}>
      <TooltipProvider>
        <RegistryProvider value={registry}>
          <SessionGate>
            <RouterProvider router={router} />
          </SessionGate>
          <Toaster label={t('shell.main')} rtl={direction === 'rtl'} />
        </RegistryProvider>
      </TooltipProvider>
    </Direction.Provider>
  );
}
