# Sursur in a container: the release archive, unpacked; run without rights, data in one volume, nothing else written.
#   docker build --tag sursur .
#   docker run --rm --read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges \
#     --publish 127.0.0.1:8080:8080 --volume sursur-data:/data \
#     --env SURSUR_ALLOW_PLAIN_HTTP=yes --env SURSUR_START_TOKEN="$(openssl rand -hex 16)" sursur
# A container listens on all its addresses. So it starts only with an account or SURSUR_START_TOKEN (24 characters or more), and with
# TLS, a trusted proxy, or SURSUR_ALLOW_PLAIN_HTTP, which is right only where the port is published to this machine alone, as above.
# The network is needed to build the image, not to run it.

FROM node:24-slim AS build
# There is no git in here to ask for the time of the commit: --build-arg SOURCE_DATE_EPOCH="$(git log -1 --format=%ct)"
ARG SOURCE_DATE_EPOCH=0
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
# What the compiler and the tests need stays behind in this stage.
RUN npm run release \
 && mkdir /app \
 && tar --extract --gzip --file release/sursur-*.tar.gz --directory /app --strip-components=1 \
 && cd /app && sha256sum --check --quiet SHA256SUMS

FROM node:24-slim
ENV NODE_ENV=production \
    SURSUR_DATA=/data \
    SURSUR_HOST=0.0.0.0 \
    SURSUR_PORT=8080
WORKDIR /app
# The program belongs to root and the user below may only read it.
COPY --from=build /app /app
RUN install --directory --owner=node --group=node --mode=0700 /data
USER node
VOLUME /data
EXPOSE 8080
# It answers as soon as it accepts a connection; no page is asked for, because a page may need TLS or somebody signed in.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "require('node:net').connect(8080, '127.0.0.1').on('connect', () => process.exit(0)).on('error', () => process.exit(1))"]
# Exec form: the program itself receives the signal to stop and closes the database in good order.
ENTRYPOINT ["node", "bin/sursur.js"]
CMD ["start"]
