"""Sends a file with tuspy as it is.

    python send.py ENDPOINT TOKEN PHOTO FILE

Everything is left at its default but what no default can know. A default uploader tries once; whoever uses it makes
another one, which asks the server where to go on.
"""

import sys
import time

import requests
from tusclient import client, exceptions

ENDPOINT, TOKEN, PHOTO, FILE = sys.argv[1:]
FAULTS = (exceptions.TusCommunicationError, exceptions.TusUploadFailed, requests.RequestException)

phone = client.TusClient(ENDPOINT, headers={"Authorization": f"Bearer {TOKEN}"})
url = None
for _ in range(200):
    try:
        uploader = phone.uploader(FILE, url=url, metadata={"id": PHOTO, "filename": "photo.jpg"})
        if url is None:
            uploader.set_url(uploader.create_url())
            url = uploader.url
            uploader.offset = uploader.get_offset()
        uploader.upload()
        if uploader.get_offset() == uploader.get_file_size():
            print(url)
            sys.exit(0)
    except FAULTS as fault:
        print(fault, file=sys.stderr)
        time.sleep(0.05)
sys.exit(1)
