import { Command as Cmdk, defaultFilter } from 'cmdk';
import { Languages, LogOut, Monitor, Moon, Search as SearchIcon, Server, Sun } from 'lucide-react';
import { Dialog as Primitive } from 'radix-ui';
import { type ComponentType, type ReactNode, useCallback, useDeferredValue, useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { logout } from '../graphql/session';
import { chooseLanguage, type Language, LANGUAGES, useTranslation } from '../i18n';
import { type Search, type SearchResult, useRegistry } from '../plugin';
import { chooseTheme } from '../ui/theme';
import { useFocusReturn } from '../ui/use-focus-return';

const FOUND = 'found: ';

/** The same while more is typed: cmdk remembers by it what is selected. */
const valueOf = ({ id, label }: SearchResult) => `${FOUND}${label} ${id}`;

/** What the panel has found, by its address perhaps, the palette's own filter must not drop. */
const rank = (value: string, search: string, keywords?: string[]) =>
  value.startsWith(FOUND) ? 1 : defaultFilter(value, search, keywords);

interface PaletteProps {
  open: boolean;
  onClose: () => void;
}

export default function CommandPalette({ open, onClose }: PaletteProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { navItems, commands, searches } = useRegistry();
  const [text, setText] = useState('');
  const typed = useDeferredValue(text.trim());
  const ran = useRef(false);
  const choice = useChoice(searches);
  const returnFocus = useFocusReturn(open);

  const run = (action: () => unknown) => {
    ran.current = true;
    setText('');
    onClose();
    action();
  };
  const goTo = (to: string) => run(() => navigate(to));

  return (
    <Primitive.Root open={open} onOpenChange={onClose}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 animate-fade bg-scrim" />
        <Primitive.Content
          aria-describedby={undefined}
          onOpenAutoFocus={() => (ran.current = false)}
          // What was chosen decides where the focus goes; only Escape gives it back.
          onCloseAutoFocus={(event) => (ran.current ? event.preventDefault() : returnFocus(event))}
          className="fixed inset-x-3 top-[10dvh] z-50 mx-auto max-w-xl animate-enter overflow-hidden rounded-xl border border-line-strong bg-raised shadow-float outline-none"
        >
          <Primitive.Title className="sr-only">{t('palette.title')}</Primitive.Title>
          <Cmdk
            label={t('palette.title')}
            loop
            filter={rank}
            value={choice.value}
            onValueChange={choice.setValue}
            onKeyDown={(event) => event.key.startsWith('Arrow') && choice.hold()}
          >
            <div className="flex items-center gap-2.5 border-b border-line px-4">
              <SearchIcon className="size-4 shrink-0 text-fg3" aria-hidden />
              <Cmdk.Input
                value={text}
                onValueChange={(next) => {
                  choice.release();
                  setText(next);
                }}
                placeholder={t('palette.placeholder')}
                className="h-12 w-full bg-transparent text-base outline-none placeholder:text-fg3"
              />
            </div>
            <Cmdk.List
              label={t('palette.title')}
              onPointerMove={choice.hold}
              className="thin-scroll max-h-[min(60dvh,420px)] overflow-y-auto p-1.5 pb-2"
            >
              <Cmdk.Empty className="px-3 py-8 text-center text-sm text-fg3">{t('palette.empty')}</Cmdk.Empty>
              {typed &&
                searches.map((search) => (
                  <SearchGroup key={search.id} search={search} text={typed} onPick={goTo} onFirst={choice.tellFirst} />
                ))}
              <Group heading={t('palette.pages')}>
                {navItems.map((item) => (
                  <Entry key={item.to} icon={item.icon} label={item.label()} onSelect={() => goTo(item.to)} />
                ))}
              </Group>
              <Group heading={t('palette.actions')}>
                {commands.map((command) => (
                  <Entry
                    key={command.id}
                    icon={command.icon}
                    label={command.label()}
                    onSelect={() => run(() => command.run({ navigate: (to) => void navigate(to) }))}
                  />
                ))}
                <Entry
                  icon={Sun}
                  label={`${t('shell.theme')}: ${t('shell.themeLight')}`}
                  onSelect={() => run(() => chooseTheme('light'))}
                />
                <Entry
                  icon={Moon}
                  label={`${t('shell.theme')}: ${t('shell.themeDark')}`}
                  onSelect={() => run(() => chooseTheme('dark'))}
                />
                <Entry
                  icon={Monitor}
                  label={`${t('shell.theme')}: ${t('shell.themeAuto')}`}
                  onSelect={() => run(() => chooseTheme('auto'))}
                />
                {Object.entries(LANGUAGES).map(([language, { name }]) => (
                  <Entry
                    key={language}
                    icon={Languages}
                    label={`${t('shell.language')}: ${name}`}
                    onSelect={() => run(() => chooseLanguage(language as Language))}
                  />
                ))}
                <Entry icon={LogOut} label={t('shell.signOut')} onSelect={() => run(logout)} />
              </Group>
            </Cmdk.List>
          </Cmdk>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/** The first that is found is the chosen one, also when it arrives late, until somebody moves the choice. */
function useChoice(searches: readonly Search[]) {
  const [value, setValue] = useState('');
  const held = useRef(false);
  const firsts = useRef(new Map<Search, string>());
  const tellFirst = useCallback(
    (search: Search, first: string | undefined) => {
      if (first === undefined) firsts.current.delete(search);
      else firsts.current.set(search, first);
      const best = searches.map((each) => firsts.current.get(each)).find((each) => each !== undefined);
      if (best !== undefined && !held.current) setValue(best);
    },
    [searches],
  );
  return { value, setValue, tellFirst, hold: () => (held.current = true), release: () => (held.current = false) };
}

const Group = ({ heading, children }: { heading: string; children: ReactNode }) => (
  <Cmdk.Group
    heading={heading}
    className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-2xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-fg3"
  >
    {children}
  </Cmdk.Group>
);

interface EntryProps {
  icon: ComponentType<{ className?: string }>;
  label: string;
  /** Sets entries with one label apart. */
  id?: string;
  detail?: string | undefined;
  onSelect: () => void;
}

const Entry = ({ icon: Icon, label, id, detail, onSelect }: EntryProps) => (
  <Cmdk.Item
    value={id ?? label}
    onSelect={onSelect}
    className="flex h-9 items-center gap-2.5 rounded-md px-2.5 text-sm text-fg2 data-[selected=true]:bg-lit data-[selected=true]:text-fg pointer-coarse:h-11"
  >
    <Icon className="size-4 shrink-0 text-fg3" />
    <bdi className="truncate">{label}</bdi>
    {detail && (
      <span className="ms-auto truncate ps-3 font-mono text-2xs text-fg3">
        <bdi>{detail}</bdi>
      </span>
    )}
  </Cmdk.Item>
);

interface SearchGroupProps {
  search: Search;
  text: string;
  onPick: (to: string) => void;
  onFirst: (search: Search, value: string | undefined) => void;
}

function SearchGroup({ search, text, onPick, onFirst }: SearchGroupProps) {
  const { useResults } = search;
  const { results } = useResults(text);
  const first = results[0] && valueOf(results[0]);
  useEffect(() => {
    onFirst(search, first);
    return () => onFirst(search, undefined);
  }, [search, text, first, onFirst]);
  if (results.length === 0) return null;
  return (
    <Group heading={search.heading()}>
      {results.map((result) => (
        <Entry
          key={result.id}
          icon={search.icon ?? Server}
          label={result.label}
          id={valueOf(result)}
          detail={result.detail}
          onSelect={() => onPick(result.to)}
        />
      ))}
    </Group>
  );
}
