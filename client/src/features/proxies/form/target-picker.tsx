import { Boxes, Search, Server, X } from 'lucide-react';
import { useId, useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../../graphql/gen';
import { useTranslation } from '../../../i18n';
import { Button } from '../../../ui/button';
import { Checkbox } from '../../../ui/checkbox';
import { cn } from '../../../ui/cn';
import { controlClasses } from '../../../ui/field';
import { useDebounced } from '../../../ui/use-debounced';
import type { TargetRef, Targets } from '../draft';
import type { Problem } from '../problems';
import { useServing } from '../serving';
import { Problems } from './proxy-field';

const TargetChoices = graphql(`
  query TargetChoices($search: String!) {
    nodeGroups(first: 50, search: $search) {
      totalCount
      nodes {
        id
        name
        stats {
          totalNodes
        }
      }
    }
    nodes(first: 50, filter: { search: $search }) {
      totalCount
      nodes {
        id
        name
        address
      }
    }
  }
`);

interface TargetPickerProps {
  targets: Targets;
  onChange: (targets: Targets) => void;
  problems: readonly Problem[];
}

/** Everywhere, or groups and nodes that are looked for by name. */
export function TargetPicker({ targets, onChange, problems }: TargetPickerProps) {
  const { t } = useTranslation();
  const name = useId();
  const serving = useServing(targets);
  const toggle = (kind: 'groups' | 'nodes', ref: TargetRef) => {
    const others = targets[kind].filter(({ id }) => id !== ref.id);
    const list = others.length < targets[kind].length ? others : [...others, ref];
    onChange({ ...targets, everywhere: false, [kind]: list });
  };
  return (
    <fieldset className="min-w-0">
      <legend className="sr-only">{t('proxies.columns.targets')}</legend>
      <div className="grid gap-2 sm:grid-cols-2">
        {([true, false] as const).map((everywhere) => (
          <div
            key={String(everywhere)}
            className={cn(
              'relative flex items-start gap-2.5 rounded-lg border border-line p-3 transition-colors hover:border-line-strong has-focus-visible:outline-2 has-focus-visible:outline-accent',
              targets.everywhere === everywhere && 'border-accent bg-accent-soft/50 hover:border-accent',
            )}
          >
            <input
              type="radio"
              id={`${name}-${String(everywhere)}`}
              name={name}
              aria-describedby={`${name}-${String(everywhere)}-hint`}
              checked={targets.everywhere === everywhere}
              onChange={() => onChange({ ...targets, everywhere })}
              className="relative z-10 mt-0.5 size-4 shrink-0 accent-accent outline-none"
            />
            <div className="min-w-0">
              <label
                htmlFor={`${name}-${String(everywhere)}`}
                className="block text-sm font-medium after:absolute after:inset-0 after:cursor-pointer"
              >
                {t(everywhere ? 'proxies.everywhere' : 'proxies.form.chosen')}
              </label>
              <p id={`${name}-${String(everywhere)}-hint`} className="text-2xs leading-4 text-fg3">
                {t(everywhere ? 'proxies.form.everywhereHint' : 'proxies.form.chosenHint')}
              </p>
            </div>
          </div>
        ))}
      </div>
      {!targets.everywhere && <Choices targets={targets} onToggle={toggle} />}
      {serving && serving.size > 0 && (
        <p role="status" className="num mt-2 text-xs text-fg3">
          {t('proxies.form.serves', { count: serving.size })}
        </p>
      )}
      <Problems problems={problems} />
    </fieldset>
  );
}

interface ChoicesProps {
  targets: Targets;
  onToggle: (kind: 'groups' | 'nodes', ref: TargetRef) => void;
}

function Choices({ targets, onToggle }: ChoicesProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const search = useDebounced(text.trim(), 150);
  const [{ data, fetching }] = useQuery({
    query: TargetChoices,
    variables: { search },
    requestPolicy: 'cache-and-network',
  });
  const chosen = [
    ...targets.groups.map((ref) => ({ kind: 'groups' as const, ref })),
    ...targets.nodes.map((ref) => ({ kind: 'nodes' as const, ref })),
  ];
  const groups = data?.nodeGroups.nodes ?? [];
  const nodes = data?.nodes.nodes ?? [];
  const more = data ? data.nodeGroups.totalCount + data.nodes.totalCount - groups.length - nodes.length : 0;
  return (
    <div className="mt-3">
      {chosen.length > 0 && (
        <ul className="mb-2 flex flex-wrap gap-1.5" aria-label={t('proxies.form.chosen')}>
          {chosen.map(({ kind, ref }) => (
            <li
              key={ref.id}
              className="flex h-7 max-w-full items-center gap-1.5 rounded-md border border-line-strong bg-raised ps-2 pe-0.5 text-xs"
            >
              {kind === 'groups' ? (
                <Boxes className="size-3 text-fg3" aria-hidden />
              ) : (
                <Server className="size-3 text-fg3" aria-hidden />
              )}
              <bdi className="truncate">{ref.name}</bdi>
              <Button
                variant="ghost"
                className="size-6 p-0 pointer-coarse:size-6"
                aria-label={t('common.remove', { name: ref.name })}
                onClick={() => onToggle(kind, ref)}
              >
                <X className="size-3" aria-hidden />
              </Button>
            </li>
          ))}
        </ul>
      )}
      <div className="overflow-hidden rounded-lg border border-line">
        <div className="relative border-b border-line">
          <Search className="absolute start-3 top-2.5 size-3.5 text-fg3 pointer-coarse:top-3.5" aria-hidden />
          <input
            type="search"
            value={text}
            onChange={(event) => setText(event.target.value)}
            placeholder={t('proxies.form.findTargets')}
            aria-label={t('proxies.form.findTargets')}
            className={cn(controlClasses, 'rounded-none border-0 ps-9 focus-visible:-outline-offset-2')}
          />
        </div>
        <div
          role="group"
          tabIndex={0}
          aria-label={t('proxies.form.chosen')}
          aria-busy={fetching}
          className="thin-scroll max-h-72 min-h-24 overflow-y-auto p-1"
        >
          {groups.length > 0 && <Heading>{t('proxies.form.groups')}</Heading>}
          {groups.map((group) => (
            <Choice
              key={group.id}
              checked={targets.groups.some(({ id }) => id === group.id)}
              icon={<Boxes className="size-3.5 text-fg3" aria-hidden />}
              name={group.name}
              detail={t('nodes.count', { count: group.stats.totalNodes })}
              onToggle={() => onToggle('groups', { id: group.id, name: group.name })}
            />
          ))}
          {nodes.length > 0 && <Heading>{t('nodes.title')}</Heading>}
          {nodes.map((node) => (
            <Choice
              key={node.id}
              checked={targets.nodes.some(({ id }) => id === node.id)}
              icon={<Server className="size-3.5 text-fg3" aria-hidden />}
              name={node.name}
              detail={<bdi dir="ltr">{node.address}</bdi>}
              onToggle={() => onToggle('nodes', { id: node.id, name: node.name })}
            />
          ))}
          {more > 0 && (
            <p className="px-2 py-1.5 text-2xs text-fg3">{t('proxies.form.moreTargets', { count: more })}</p>
          )}
          {data && groups.length + nodes.length === 0 && (
            <p className="px-2 py-6 text-center text-xs text-fg3">{t('palette.empty')}</p>
          )}
        </div>
      </div>
    </div>
  );
}

const Heading = ({ children }: { children: React.ReactNode }) => (
  <p className="px-2 pt-2 pb-1 text-2xs font-medium text-fg3">{children}</p>
);

interface ChoiceProps {
  checked: boolean;
  icon: React.ReactNode;
  name: string;
  detail: React.ReactNode;
  onToggle: () => void;
}

function Choice({ checked, icon, name, detail, onToggle }: ChoiceProps) {
  const id = useId();
  return (
    <div className="flex h-8 items-center gap-2.5 rounded-md px-2 hover:bg-hover pointer-coarse:h-11">
      <Checkbox id={id} checked={checked} onCheckedChange={onToggle} />
      <label htmlFor={id} className="flex min-w-0 flex-1 cursor-pointer items-center gap-2 text-sm">
        {icon}
        <bdi className="truncate">{name}</bdi>
        <span className="num ms-auto shrink-0 text-2xs text-fg3">{detail}</span>
      </label>
    </div>
  );
}
