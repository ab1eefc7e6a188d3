FROM python:3.12-slim

WORKDIR /srv/optviz
COPY requirements.txt requirements-library.txt requirements-app.txt ./
RUN pip install --no-cache-dir -r requirements.txt

COPY app.py ./
COPY .streamlit .streamlit
COPY catalogues catalogues
COPY surfaces surfaces
COPY optviz optviz

# Compiled programs are kept, so that a restart is warm; the folder is filled while the image is built.
ENV JAX_COMPILATION_CACHE_DIR=/srv/cache \
    JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS=0 \
    JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES=-1
RUN useradd --system --create-home optviz \
    && mkdir /srv/cache \
    && python -m optviz.api.warmup \
    && chown -R optviz /srv/cache
USER optviz

EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8501/_stcore/health', timeout=4)"]
CMD ["uvicorn", "app:app", "--host", "0.0.0.0", "--port", "8501", "--no-access-log"]
