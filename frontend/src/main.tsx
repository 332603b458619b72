import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router/dom';
import { Providers } from './app/Providers.tsx';
import './app/splash.css';
import { makeRouter } from './app/router.tsx';
import { start } from './app/start.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id root.');

// Not a top-level await: code that is fetched meanwhile, such as German texts, waits for this module itself.
void start().then(() =>
  createRoot(root).render(
    <Providers>
      <RouterProvider router={makeRouter()} />
    </Providers>,
  ),
);
