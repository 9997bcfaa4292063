import react from '@vitejs/plugin-react';
import tailwind from '@tailwindcss/vite';
import { defineConfig } from 'vitest/config';

const panel = process.env['VPANEL_DEV_PANEL'] ?? 'http://127.0.0.1:8080';

const chunk = (name: string, packages: string, priority: number) => ({
  name,
  priority,
  test: new RegExp(`node_modules[\\\\/](?:${packages})[\\\\/]`),
});

export default defineConfig({
  plugins: [react(), tailwind()],
  server: { host: '127.0.0.1', port: 5173, proxy: { '/graphql': { target: panel, ws: true } } },
  build: {
    target: 'es2023',
    outDir: 'dist',
    assetsInlineLimit: 0, // the CSP allows no data: URLs for fonts or scripts
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            chunk('react', 'react|react-dom|scheduler', 9),
            chunk('graphql', 'urql|@urql|@0no-co|wonka|graphql|graphql-ws', 8),
            chunk('router', 'react-router', 7),
          ],
        },
      },
    },
  },
  test: { include: ['src/**/*.test.{ts,tsx}'], environment: 'node', restoreMocks: true },
});
