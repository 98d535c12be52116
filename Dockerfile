# Two images from one file: --target pages is the proxy with the built pages, the last stage is every Python process.

FROM node:24-slim AS built-pages
WORKDIR /src/web
COPY web/package.json web/package-lock.json web/.npmrc* ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY web/ ./
RUN npm run build


FROM nginx:stable AS pages
COPY deploy/proxy/ /etc/nginx/
COPY --from=built-pages /src/web/dist/ /usr/share/nginx/html/
USER 101:101
RUN nginx -t
EXPOSE 8080
ENTRYPOINT []
CMD ["nginx", "-g", "daemon off;"]


FROM python:3.13-slim-bookworm AS packages
COPY requirements.lock /tmp/
RUN python -m venv /opt/venv \
 && /opt/venv/bin/pip install --no-cache-dir --require-hashes -r /tmp/requirements.lock \
 && /opt/venv/bin/pip uninstall --yes pip


FROM python:3.13-slim-bookworm AS app
RUN useradd --uid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin app
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /srv
COPY --from=packages /opt/venv /opt/venv
COPY deploy/ready /usr/local/bin/
COPY deploy/gunicorn.py deploy/
COPY migrations/ migrations/
COPY shared/ shared/
COPY services/ services/
RUN python -m compileall -q shared services migrations \
 && install -d -o 10001 -g 10001 -m 700 /photos
USER 10001:10001
EXPOSE 8000
CMD ["python", "-c", "raise SystemExit('say which process: docker-compose.yml lists them')"]
