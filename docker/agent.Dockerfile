# The agent with its Xray.
#   docker build -f docker/agent.Dockerfile -t vpanel-agent .
FROM node:24-bookworm-slim AS build
WORKDIR /src
# Certificates for the download of Xray, which is verified by its digest besides.
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/*
COPY package.json package-lock.json tsconfig.json ./
COPY server/package.json server/
COPY agent/package.json agent/
COPY client/package.json client/
COPY e2e/package.json e2e/
COPY bench/package.json bench/
RUN npm ci --no-audit --no-fund
COPY scripts scripts
RUN cp "$(node scripts/xray.mjs)" /usr/local/bin/xray
COPY agent agent
RUN node scripts/build.mjs agent

FROM node:24-bookworm-slim
COPY --from=build /usr/local/bin/xray /usr/local/bin/xray
# Xray alone may listen on ports below 1024; the agent, which starts it, has no privilege at all.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libcap2-bin \
    && rm -rf /var/lib/apt/lists/* \
    && setcap cap_net_bind_service=+ep /usr/local/bin/xray \
    && groupadd --system --gid 10002 vpanel-agent \
    && useradd --system --uid 10002 --gid vpanel-agent --home-dir /var/lib/vpanel-agent --shell /usr/sbin/nologin vpanel-agent \
    && install -d -o vpanel-agent -g vpanel-agent -m 0700 /var/lib/vpanel-agent
COPY LICENSE /opt/vpanel-agent/
COPY --from=build /src/agent/dist/vpanel-agent.cjs /opt/vpanel-agent/vpanel-agent.cjs
ENV NODE_ENV=production \
    VPANEL_AGENT_DATA_DIR=/var/lib/vpanel-agent \
    XRAY_BIN=/usr/local/bin/xray
USER vpanel-agent
VOLUME /var/lib/vpanel-agent
# The local API answers the panel only, so this looks whether the agent has joined and listens there. Xray is not asked
# for: an administrator may have stopped it, and the panel knows more.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["node", "-e", "const fs = require('fs'); const sockets = ['/proc/net/tcp', '/proc/net/tcp6'].filter((file) => fs.existsSync(file)).flatMap((file) => fs.readFileSync(file, 'utf8').split('\\n').slice(1)); const listens = (socket) => { const fields = socket.trim().split(/\\s+/); return fields[3] === '0A' && Number(fields[7]) === process.getuid(); }; process.exit(sockets.some(listens) ? 0 : 1);"]
# The limit is a guard against leaks: the agent needs a fraction of it.
ENTRYPOINT ["node", "--max-old-space-size=64", "/opt/vpanel-agent/vpanel-agent.cjs"]
