import { useFormat, useTranslation } from '../../../i18n';
import { Amount } from '../../../ui/amount';
import type { Series } from './metrics-history';

const MOST_ROWS = 120;

/** The charts in words and digits, newest first. */
export function MetricsTable({ series }: { series: Series }) {
  const { t } = useTranslation();
  const { dateTime, percent, number, decimal, bitRate } = useFormat();
  const points = series.points
    .filter((point) => point !== null)
    .slice(-MOST_ROWS)
    .toReversed();
  const heads = ['time', 'cpu', 'memory', 'disk', 'download', 'upload', 'connections', 'onlineUsers', 'load'] as const;
  return (
    <div
      role="region"
      aria-label={t('overview.asTable')}
      tabIndex={0}
      className="thin-scroll max-h-[36rem] overflow-auto rounded-lg border border-line bg-panel shadow-lift"
    >
      <table className="num w-full text-xs">
        <thead className="sticky top-0 bg-panel text-2xs text-fg3">
          <tr>
            {heads.map((head) => (
              <th
                key={head}
                scope="col"
                className="border-b border-line px-3 py-2 text-start font-medium whitespace-nowrap"
              >
                {t(`overview.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="[&_td]:border-b [&_td]:border-line [&_td]:px-3 [&_td]:py-1.5 [&_td]:whitespace-nowrap">
          {points.map((point) => (
            <tr key={point.at}>
              <td className="text-fg2">{dateTime(point.at)}</td>
              <td>{percent(point.cpu)}</td>
              <td>{percent(point.memory)}</td>
              <td>{percent(point.disk)}</td>
              <td>
                <Amount {...bitRate(point.downlinkRate)} />
              </td>
              <td>
                <Amount {...bitRate(point.uplinkRate)} />
              </td>
              <td>{number(point.connections)}</td>
              <td>{number(point.onlineUsers)}</td>
              <td>{decimal(point.loadAverage)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {points.length === 0 && <p className="p-8 text-center text-fg3">{t('overview.noData')}</p>}
    </div>
  );
}
