"""Static files under names that carry their hash, so that a browser may keep them for good."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """WhiteNoise's hashed and compressed files, with the imports between our own modules hashed too."""

    support_js_module_import_aggregation = True
