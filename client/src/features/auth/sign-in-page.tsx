import { ChevronDown, Eye, EyeOff, Languages, Monitor } from 'lucide-react';
import { type KeyboardEvent, type SubmitEvent, useEffect, useRef, useState } from 'react';
import { type Failure, toFailure } from '../../graphql/errors';
import { useFailureText } from '../../graphql/failure-notice';
import { login, useSession } from '../../graphql/session';
import { LANGUAGES, useLanguage, useTranslation } from '../../i18n';
import { Button } from '../../ui/button';
import { Field, Input } from '../../ui/field';
import { formText } from '../../ui/form-text';
import { Logo } from '../../ui/logo';
import { Menu } from '../../ui/menu';
import { Notice } from '../../ui/notice';
import { LanguageChoices, ThemeChoices } from '../../ui/preferences';

export default function SignInPage() {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${t('auth.title')} · V Panel`;
  }, [t]);
  return (
    <div className="flex min-h-full flex-col bg-[radial-gradient(60rem_30rem_at_50%_-10rem,var(--accent-soft),transparent)]">
      <header className="flex justify-end gap-1 p-3">
        <LanguageMenu />
        <ThemeMenu />
      </header>
      <main className="grid flex-1 place-items-center px-4 pb-24">
        <div className="w-full max-w-84">
          <div className="mb-6 flex flex-col items-center text-center">
            <Logo className="mb-4 size-11 rounded-xl shadow-float" />
            <h1 className="text-xl font-semibold tracking-tight" dir="ltr">
              V Panel
            </h1>
            <p className="mt-0.5 text-sm text-fg3">{t('auth.subtitle')}</p>
          </div>
          <SignInForm />
        </div>
      </main>
    </div>
  );
}

function SignInForm() {
  const { t } = useTranslation();
  const session = useSession();
  const text = useFailureText();
  const [failure, setFailure] = useState<Failure>();
  const [busy, setBusy] = useState(false);
  const [capsLock, setCapsLock] = useState(false);
  const [visible, setVisible] = useState(false);
  const password = useRef<HTMLInputElement>(null);

  async function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setFailure(undefined);
    try {
      await login(formText(form, 'username').trim(), formText(form, 'password'));
    } catch (error) {
      setFailure(toFailure(error));
      setBusy(false);
      password.current?.select();
    }
  }

  const watchCapsLock = (event: KeyboardEvent) => setCapsLock(event.getModifierState?.('CapsLock') ?? false);
  const wrong = failure?.code === 'UNAUTHENTICATED' || failure?.code === 'BAD_USER_INPUT';
  const expired = session.state === 'signed-out' && session.expired;
  return (
    <form
      onSubmit={(event) => void submit(event)}
      className="space-y-4 rounded-xl border border-line bg-panel p-5 shadow-float"
      aria-label={t('auth.title')}
    >
      {expired && !failure && <Notice tone="waiting">{t('auth.expired')}</Notice>}
      {failure && (
        <Notice tone="bad" role="alert">
          {wrong ? t('auth.wrong') : text(failure)}
          {failure.requestId && <bdi className="block font-mono text-2xs">{failure.requestId}</bdi>}
        </Notice>
      )}
      <Field label={t('auth.username')}>
        <Input
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          required
          dir="ltr"
          className="h-9"
        />
      </Field>
      <Field label={t('auth.password')} hint={capsLock && <span className="text-warn">{t('auth.capsLock')}</span>}>
        <PasswordInput ref={password} visible={visible} onKey={watchCapsLock} onToggle={() => setVisible(!visible)} />
      </Field>
      <Button type="submit" variant="primary" size="lg" className="w-full" busy={busy}>
        {busy ? t('auth.submitting') : t('auth.submit')}
      </Button>
    </form>
  );
}

interface PasswordInputProps {
  ref: React.Ref<HTMLInputElement>;
  visible: boolean;
  onKey: (event: KeyboardEvent) => void;
  onToggle: () => void;
}

function PasswordInput({ ref, visible, onKey, onToggle }: PasswordInputProps) {
  const { t } = useTranslation();
  const Icon = visible ? EyeOff : Eye;
  return (
    <div className="relative" dir="ltr">
      <Input
        ref={ref}
        name="password"
        type={visible ? 'text' : 'password'}
        autoComplete="current-password"
        required
        onKeyUp={onKey}
        onKeyDown={onKey}
        className="h-9 pe-10"
      />
      <Button
        variant="ghost"
        size="icon"
        className="absolute end-1 top-1 pointer-coarse:top-0.5"
        aria-label={t(visible ? 'auth.hidePassword' : 'auth.showPassword')}
        aria-pressed={visible}
        onClick={onToggle}
      >
        <Icon className="size-4" aria-hidden />
      </Button>
    </div>
  );
}

function LanguageMenu() {
  const { t } = useTranslation();
  const { name } = LANGUAGES[useLanguage()];
  return (
    <Menu
      trigger={
        <Button variant="ghost" aria-label={`${t('shell.language')}: ${name}`}>
          <Languages className="size-3.5" aria-hidden />
          {name}
          <ChevronDown className="size-3 text-fg3" aria-hidden />
        </Button>
      }
    >
      <LanguageChoices />
    </Menu>
  );
}

function ThemeMenu() {
  const { t } = useTranslation();
  return (
    <Menu
      trigger={
        <Button variant="ghost" size="icon" aria-label={t('shell.theme')}>
          <Monitor className="size-3.5" aria-hidden />
        </Button>
      }
    >
      <ThemeChoices />
    </Menu>
  );
}
