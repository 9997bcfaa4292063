import { useTranslation } from '../../../i18n';
import { Slot, useRegistry } from '../../../plugin';

/** The cards that the plugins add, side by side. */
export function KpiStrip() {
  const { t } = useTranslation();
  const { dashboardCards } = useRegistry();
  return (
    <section
      aria-label={t('kpi.label')}
      tabIndex={0}
      className="thin-scroll mx-4 flex shrink-0 overflow-x-auto rounded-lg border border-line bg-panel shadow-lift md:mx-6"
    >
      {dashboardCards.map(({ id, pluginId, title, component: Card }) => (
        <div
          key={`${pluginId}/${id}`}
          className="@container min-h-21 min-w-34 flex-1 not-first:border-s not-first:border-line"
        >
          <Slot name={title()}>
            <Card />
          </Slot>
        </div>
      ))}
    </section>
  );
}
