# Confab as an image: `docker build -t confab .`, then see "Running it for good" in README.md.
FROM python:3.13-slim AS build
WORKDIR /build
RUN python -m venv /opt/confab
COPY requirements/build.txt requirements/run.txt requirements/
RUN pip install --no-cache-dir --no-deps --require-hashes -r requirements/build.txt \
    && /opt/confab/bin/pip install --no-cache-dir --no-deps --require-hashes -r requirements/run.txt
COPY pyproject.toml README.md LICENSE manifest.yml ./
COPY migrations migrations
COPY bot bot
RUN pip wheel --no-deps --no-build-isolation --no-index --wheel-dir /build/wheel . \
    && /opt/confab/bin/pip install --no-deps --no-index /build/wheel/*.whl

FROM python:3.13-slim
# A fixed number, so that a volume keeps its owner from image to image.
RUN useradd --uid 10001 --create-home --home-dir /var/lib/confab confab
COPY --from=build /opt/confab /opt/confab
ENV PATH=/opt/confab/bin:$PATH PYTHONUNBUFFERED=1
USER confab
# DATABASE_URL's default, a SQLite file in the working directory, lands on the volume.
WORKDIR /var/lib/confab
VOLUME /var/lib/confab
STOPSIGNAL SIGTERM
ENTRYPOINT ["confab"]
CMD ["run"]
