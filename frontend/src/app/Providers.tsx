import createCache from '@emotion/cache';
import { CacheProvider } from '@emotion/react';
import { HostContext, type HostServices } from '@questline/ui-sdk/host';
import { type ReactNode, useMemo } from 'react';
import { I18nextProvider } from 'react-i18next';
import { Provider } from 'react-redux';
import { useGetSiteQuery } from '../api/index.ts';
import { QuestlineThemeProvider } from '../design/QuestlineThemeProvider.tsx';
import { celebrate, notify } from './feedback/notices.ts';
import { i18n } from './i18n/index.ts';
import { live } from './live/live.ts';
import { registry } from './plugins/plugins.ts';
import { store } from './store.ts';

const nonce = document.querySelector<HTMLMetaElement>('meta[name=csp-nonce]')?.content;
const emotionCache = createCache({ key: 'ql', prepend: true, ...(nonce === undefined ? {} : { nonce }) });

function HostProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const { data: site } = useGetSiteQuery();
  const services = useMemo<HostServices>(
    () => ({ site, live, plugins: registry, notify, celebrate }),
    [site],
  );
  return <HostContext value={services}>{children}</HostContext>;
}

/** Everything the pages find around them: state, texts, look, and the host's services. */
export function Providers({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <Provider store={store}>
      <I18nextProvider i18n={i18n}>
        <CacheProvider value={emotionCache}>
          <QuestlineThemeProvider>
            <HostProvider>{children}</HostProvider>
          </QuestlineThemeProvider>
        </CacheProvider>
      </I18nextProvider>
    </Provider>
  );
}
