import type { ProxyTemplate } from '../../../graphql/gen/graphql';
import { useTranslation } from '../../../i18n';
import { cn } from '../../../ui/cn';
import { PROTOCOLS, TEMPLATES, type TemplateFacts } from '../templates';
import { Badge, protocolName, traitNames } from '../trait-badges';

interface TemplateCardsProps {
  chosen: ProxyTemplate | undefined;
  onChoose: (template: ProxyTemplate) => void;
}

export function TemplateCards({ chosen, onChoose }: TemplateCardsProps) {
  return (
    <div className="space-y-5">
      {PROTOCOLS.map((protocol) => (
        <section key={protocol} aria-label={protocolName(protocol)}>
          <h3 dir="ltr" className="mb-2 text-xs font-medium text-fg3 rtl:text-right">
            {protocolName(protocol)}
          </h3>
          <div className="grid gap-2.5 sm:grid-cols-2 xl:grid-cols-3">
            {TEMPLATES.filter((facts) => facts.protocol === protocol).map((facts) => (
              <TemplateCard
                key={facts.template}
                facts={facts}
                chosen={chosen === facts.template}
                onChoose={() => onChoose(facts.template)}
              />
            ))}
          </div>
        </section>
      ))}
    </div>
  );
}

function TemplateCard({ facts, chosen, onChoose }: { facts: TemplateFacts; chosen: boolean; onChoose: () => void }) {
  const { t } = useTranslation();
  const { template, transport, security, vision, recommended } = facts;
  const names = traitNames({ transport, security, vision: vision ?? false, method: methodOf(template) });
  return (
    <button
      type="button"
      data-template={template}
      aria-pressed={chosen}
      onClick={onChoose}
      className={cn(
        'flex min-w-0 flex-col rounded-lg border border-line bg-panel p-3 text-start shadow-lift transition-colors hover:border-line-strong hover:bg-hover',
        chosen && 'border-accent bg-accent-soft/50 hover:border-accent hover:bg-accent-soft/50',
      )}
    >
      <span className="flex w-full flex-wrap items-center gap-1.5">
        <bdi dir="ltr" className="text-sm font-semibold">
          {names.join(' + ') || 'WebSocket'}
        </bdi>
        {recommended && (
          <Badge className="ms-auto border-transparent bg-ok-soft text-ok">{t('proxies.recommended')}</Badge>
        )}
        {security === 'none' && (
          <Badge className="ms-auto border-transparent bg-warn-soft text-warn">{t('proxies.plain')}</Badge>
        )}
      </span>
      <span className="mt-1 text-xs leading-4.5 text-fg3">{t(`proxies.templates.${template}`)}</span>
    </button>
  );
}

const methodOf = (template: ProxyTemplate) =>
  template.startsWith('SHADOWSOCKS') ? `2022-blake3-aes-${template.endsWith('128') ? '128' : '256'}-gcm` : undefined;
