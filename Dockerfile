# Debian's own Python, in both stages: `make image-test` replays this file without an engine.
FROM debian:bookworm-slim AS build
RUN apt-get update \
    && apt-get install --yes --no-install-recommends binutils python3 python3-venv \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /srv/optviz
COPY deploy/requirements.lock ./
# What is taken away is never imported here: symbols, tests, figures built in Python, maps of the
# world, Arrow over networks. Only what is imported below is compiled to bytecode.
RUN python3 -m venv /srv/venv \
    && /srv/venv/bin/pip install --no-cache-dir --no-compile --disable-pip-version-check --require-hashes -r requirements.lock \
    && /srv/venv/bin/pip uninstall --yes --disable-pip-version-check pip setuptools \
    && cd /srv/venv/lib/python3*/site-packages \
    && strip --strip-unneeded jaxlib/libjax_common.so \
    && rm -rf plotly/graph_objs plotly/validators plotly/labextension pydeck pyarrow/include \
    && rm -f pyarrow/libarrow_flight* pyarrow/libarrow_python_flight* pyarrow/libarrow_substrait* \
    && find . -type d -name tests -prune -exec rm -rf {} +
COPY app.py ./
COPY .streamlit .streamlit
COPY catalogues catalogues
COPY surfaces surfaces
COPY optviz optviz
# What a visitor's first race needs is compiled here, for any processor of the last ten years.
ENV JAX_COMPILATION_CACHE_DIR=/srv/cache \
    JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS=0 \
    JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES=-1 \
    XLA_FLAGS=--xla_cpu_max_isa=AVX2
RUN mkdir /srv/cache && /srv/venv/bin/python -m optviz.api.warmup \
    && /srv/venv/bin/python -c "import app; app.make_ready()" \
    && /srv/venv/bin/python -m compileall -q app.py optviz surfaces catalogues

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install --yes --no-install-recommends python3 \
    && rm -rf /var/lib/apt/lists/*
COPY --from=build /srv /srv
WORKDIR /srv/optviz
# Nothing is written but into /tmp: the root may be read-only, and the user any number.
ENV HOME=/tmp \
    PATH=/srv/venv/bin:/usr/bin:/bin \
    PYTHONDONTWRITEBYTECODE=1 \
    JAX_COMPILATION_CACHE_DIR=/srv/cache \
    JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS=0 \
    JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES=-1 \
    XLA_FLAGS=--xla_cpu_max_isa=AVX2
USER 10001:0
EXPOSE 8501
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["python", "-m", "optviz.healthy"]
CMD ["uvicorn", "app:app", "--host", "0.0.0.0", "--port", "8501", "--log-level", "warning", "--no-access-log", "--timeout-graceful-shutdown", "3"]
