"""The door that granian opens: pages and the API."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from doorstep.config.supervise import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "doorstep.config.settings")
if "DOORSTEP_SUPERVISED" in os.environ:
    # granian's workers would serve on as orphans when it alone is killed, and keep the port from its successor.
    die_with_parent()
application = get_wsgi_application()
# Every door is opened before anybody knocks: else the first to come all wait for each other's imports, seconds long.
_ = get_resolver().url_patterns
