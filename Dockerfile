# Where the same image is wanted each time: --build-arg BASE=python:3.12-slim@sha256:...
# docker build -t video-automation . && docker run -p 8000:8080 -v video-data:/data video-automation
ARG BASE=python:3.12-slim
FROM ${BASE}

RUN apt-get update \
    && apt-get install --yes --no-install-recommends tini \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 1000 pipeline \
    && install --directory --owner=pipeline /data

WORKDIR /app
COPY requirements-build.txt requirements.txt ./
RUN pip install --no-cache-dir --require-hashes -r requirements-build.txt \
    && pip install --no-cache-dir --no-build-isolation --use-pep517 --require-hashes -r requirements.txt
COPY . .
RUN pip install --no-cache-dir --no-build-isolation --no-deps -e .

USER pipeline
ENV HOST=0.0.0.0 PORT=8080 DATA_FOLDER=/data XDG_CACHE_HOME=/data/cache PYTHONUNBUFFERED=1
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import os, urllib.request as r; r.build_opener(r.ProxyHandler({})).open('http://127.0.0.1:' + os.environ['PORT'] + '/health', timeout=4)"]

# tini passes TERM on to the supervisor alone, never to the whole group, and reaps what is left over.
ENTRYPOINT ["tini", "--"]
CMD ["python", "start_services.py"]
